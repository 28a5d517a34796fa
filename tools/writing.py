"""Writes: done once for a key, recorded with what they did, and waiting for a person where that is needed.

The effect, its record, its kept answer and the decision of its ticket are one transaction.
"""

from __future__ import annotations

import logging
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from storage import activities, events, tickets
from storage.bus import person
from tools import faults, keys
from tools.asking import CONFIRM, agreed, question
from tools.callers import Caller, admit
from tools.consent import ConsentNeeded, Kind, NoSuchTicket, Preview, TicketUsed, TicketVoid
from tools.contract import AnyTool, Call, Model
from tools.host import Declined, Dismissed, NeedsInput
from tools.recording import recorded
from tools.tickets import again, foresee, propose, redeem
from tools.validation import validate

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

    from sqlalchemy.ext.asyncio import AsyncSession

    from storage.engine import Database
    from tools.catalog import Catalog
    from tools.ports import Ports
    from tools.switches import Switches

log = logging.getLogger(__name__)


class Writes:
    """Runs the writes of one catalog against one database."""

    def __init__(self, catalog: Catalog, database: Database, ports: Ports, switches: Switches) -> None:
        self._catalog = catalog
        self._switches = switches
        self._database = database
        self._ports = ports
        self._in_flight = keys.InFlight()

    async def run(self, tool: AnyTool, ask: Model, caller: Caller) -> Model:
        """The tool's answer; for one that needs consent, a `Preview` of what a person must confirm."""
        if tool.consent is None or not tool.surfaces:
            return await self._commit(tool, ask, caller)
        if tool.consent == "host" and "elicitation" in caller.host.capabilities:
            return await self._through_host(tool, ask, caller)
        return await self.propose(tool, ask, caller, tool.consent)

    async def propose(self, tool: AnyTool, ask: Model, caller: Caller, kind: Kind) -> Model:
        """Change nothing: a `Preview` of what the call would do and where a person confirms it.

        For a key that was redeemed meanwhile it is what the tool answered.
        """
        async with self._in_flight.alone(tool, caller), self._database.writing(caller.lane) as db:
            call = self.call(db, caller)
            kept = await keys.earlier(db, tool, ask, caller)
            if kept is not None:
                return await again(call, kept) if isinstance(kept, Preview) else kept
            async with self._database.reading(primary=True) as reading:
                foreseen = await foresee(self.call(reading, caller), tool, ask)
            answer = await propose(call, tool, ask, foreseen, kind)
            await keys.keep(db, tool, answer, caller)
        return answer

    def call(self, db: AsyncSession, caller: Caller) -> Call:
        """The call of a tool."""
        return Call(
            viewer=caller.viewer,
            db=db,
            ports=self._ports,
            catalog=self._catalog,
            surface=caller.surface,
            host=caller.host,
            turn=caller.turn,
            key=caller.key,
            client=caller.client,
            decides=caller.decides,
            within=self._within,
            opens=partial(self._database.writing, "request" if caller.lane == "background" else "background"),
        )

    async def _commit(self, tool: AnyTool, ask: Model, caller: Caller) -> Model:
        if tool.work is not None and tool.work.steps:
            return await self._in_steps(tool, ask, caller)
        try:
            async with AsyncExitStack() as stack:
                await stack.enter_async_context(self._in_flight.alone(tool, caller))
                brought = await self._ahead(tool, ask, caller)
                snapshot = await self._snapshot(tool, ask, caller)
                db = await stack.enter_async_context(self._database.writing(caller.lane, snapshot=snapshot))
                kept = await keys.earlier(db, tool, ask, caller)
                if kept is not None:
                    return kept
                call = replace(self.call(db, caller), brought=brought)
                answer = await self._done(call, tool, ask)
                await keys.keep(db, tool, answer, caller)
                await _keep_told(call)
        except TicketVoid as void:
            await self._void(UUID(void.details["ticket"]))
            raise
        await self._hint(call)
        return answer

    async def _in_steps(self, tool: AnyTool, ask: Model, caller: Caller) -> Model:
        """Run a job that holds no transaction: every one that it opens is committed by itself."""
        async with self._in_flight.alone(tool, caller), self._unbound(caller) as call:
            return await tool.run(call, ask)

    async def _ahead(self, tool: AnyTool, ask: Model, caller: Caller) -> Any:
        """What a write does before its transaction, unless its key has an answer already."""
        if tool.ahead is None:
            return None
        async with self._unbound(caller) as call:
            if caller.key is not None:
                async with call.apart() as db:
                    if await keys.answered(db, tool, caller):
                        return None
            return await tool.ahead(call, ask)

    @asynccontextmanager
    async def _unbound(self, caller: Caller) -> AsyncGenerator[Call]:
        """A call that holds no transaction but those that it opens."""
        async with self._database.writing(caller.lane) as unused:
            call = self.call(unused, caller)
            # It holds no other connection, so those of its own pool are enough.
            call.opens = partial(self._database.writing, caller.lane)
            yield call

    async def _snapshot(self, tool: AnyTool, ask: Model, caller: Caller) -> bool:
        if tool.snapshot is None:
            return False
        async with self._database.reading(primary=True) as db:
            return await tool.snapshot(self.call(db, caller), ask)

    async def _done(
        self, call: Call, tool: AnyTool, ask: Model, *, ticket: UUID | None = None, undoes: int | None = None
    ) -> Model:
        """Run a write and leave its record."""
        answer = await tool.run(call, ask)
        done = recorded(call, tool, ask, answer, ticket=ticket, undoes=undoes)
        if done is not None:
            await activities.record(call.db, done)
        return answer

    async def _within(
        self,
        call: Call,
        name: str,
        given: Mapping[str, Any] | bytes,
        *,
        ticket: UUID | None = None,
        turn: str | None = None,
        key: str | None = None,
        undoes: int | None = None,
    ) -> Model:
        tool = self._catalog[name]
        admit(tool, call.viewer)
        await self._switches.admit(tool, call.viewer)
        ask = validate(tool, given)
        assert tool.ahead is None, "what waits for somebody outside is not done within a transaction"
        if tool.consent is not None and ticket is None:
            raise ConsentNeeded
        fresh: dict[str, Any] = {"changes": [], "whose": None, "back": None, "delegated": False}
        inner = replace(call, **fresh, decides=False, turn=turn, key=key)
        try:
            if tool.reads:
                return await tool.run(inner, ask)
            return await self._done(inner, tool, ask, ticket=ticket, undoes=undoes)
        except faults.DATABASE_ERRORS as error:
            refused = faults.refusal(error, tool.refuses)
            if refused is None:
                raise
            raise refused from error

    async def _through_host(self, tool: AnyTool, ask: Model, caller: Caller) -> Model:
        """Ask the host's user, and do it when they say yes."""
        host = caller.host
        if host.state is None:
            preview = await self.propose(tool, ask, caller, "host")
            if not isinstance(preview, Preview):
                return preview
            raise NeedsInput({CONFIRM: question(preview)}, state=preview.ticket)
        ticket = UUID(host.state)
        try:
            yes = agreed(host)
        except Dismissed as dismissed:
            url = f"{self._ports.url}/confirm/{ticket}"
            raise Dismissed(f"{dismissed.message} The person can still decide here: {url}") from dismissed
        if not yes:
            await self._decline(ticket, caller)
            raise Declined
        return await self._redeemed(tool, ask, caller, ticket)

    async def _decline(self, ticket: UUID, caller: Caller) -> None:
        """Decline what the host's user said no to, as the person would on our page."""
        declining = self._catalog["decline_action"]
        with suppress(NoSuchTicket, TicketUsed):
            await self._commit(declining, declining.takes(ticket=ticket), replace(caller, key=None))

    async def _redeemed(self, tool: AnyTool, ask: Model, caller: Caller, ticket: UUID) -> Model:
        try:
            async with (
                self._in_flight.alone(tool, caller),
                self._database.writing(caller.lane, snapshot=True) as db,
            ):
                kept = await keys.earlier(db, tool, ask, caller)
                if kept is not None and not isinstance(kept, Preview):
                    return kept
                call = self.call(db, caller)
                row = await redeem(call, ticket, host=True, expecting=(tool, ask))
                answer = tool.gives.model_validate(row.answer)
                await keys.keep(db, tool, answer, caller)
                await _keep_told(call)
        except TicketVoid as void:
            await self._void(UUID(void.details["ticket"]))
            raise
        await self._hint(call)
        return answer

    async def _hint(self, call: Call) -> None:
        """Wake whoever listens for what was told and hinted at, now that it is committed."""
        for topic in call.hints:
            # This process at once, also where no bus carries anything.
            self._switches.heard(topic)
        topics = call.hints | {person(event.whom) for event in call.told}
        if topics:
            await self._ports.bus.publish(topics)

    async def _void(self, ticket: UUID) -> None:
        async with self._database.writing() as db:
            await tickets.decide(db, ticket, "void")


async def _keep_told(call: Call) -> None:
    """Keep what a call tells people: the last thing that its transaction does."""
    if call.told:
        await events.add(call.db, [(event.whom, event.name, event.about) for event in call.told])
