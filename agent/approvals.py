"""Approvals: a run that wants to change something stops, and goes on with what its person decided.

What waits is a ticket, like anything that waits for a person; here is only which run waits for it. Who may
decide, and that it is done once and as it was shown, is decided where tickets are redeemed.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from pydantic_ai.tools import DeferredToolResults, ToolApproved, ToolDenied
from pydantic_core import to_json

from agent import denials
from agent.turns import Paused, Turn
from storage import runs, tickets
from tools import faults, keys
from tools.consent import NoSuchTicket, NotConfirmable, TicketExpired, TicketUsed
from tools.dispatch import Caller
from tools.refusals import Conflict, Invalid, Refused, SignInRequired
from tools.tickets import sees
from tools.trust.waiting import decline_action

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping, Sequence

    from pydantic_ai import DeferredToolRequests
    from pydantic_ai.messages import ModelMessage
    from sqlalchemy.ext.asyncio import AsyncSession

    from agent.asked import Decision
    from agent.turns import Shown
    from storage.runs import RunRow
    from storage.tickets import TicketRow
    from tools.dispatch import Dispatcher

log = logging.getLogger(__name__)


class AnswerUnderWay(Conflict):
    """This is being answered already. Wait for that answer."""


class StillUndecided(Invalid):
    """Several things wait here. Approve or deny each of them, then the answer goes on."""


class Approvals:
    """Keeps runs that wait, and takes them up again."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher

    async def stop(
        self, turn: Turn, messages: list[ModelMessage], requests: DeferredToolRequests, caller: Caller
    ) -> None:
        """Keep a run that waits, and say in its requests what each is about."""
        async with self._writing() as db:
            for call, shown in requests.metadata.items():
                requests.metadata[call] = await _described(db, shown, caller)
            await _keep(db, Paused(turn.id, turn.message, messages, requests.metadata), caller)

    async def ended(self, turn: Turn) -> None:
        """Forget a run that has ended. What cannot be forgotten now expires soon."""
        try:
            async with self._writing() as db:
                await runs.drop(db, turn.id)
        except Refused as refused:
            log.warning("a run that has ended is still kept: %s", refused.code)

    async def release(self, turn: Turn) -> None:
        """Let a run be taken up again whose answer broke off."""
        try:
            async with self._writing() as db:
                await runs.release(db, turn.id)
        except Refused as refused:
            log.warning("a run that broke off is free in %s: %s", runs.LEASE, refused.code)

    async def decided(self, decisions: Sequence[Decision], prompt: str | None, caller: Caller) -> Turn:
        """The turn that goes on with these decisions, or what waits after arguments were changed.

        From here on it is this caller's, until it is ended, kept again or released.
        """
        said = _by_ticket(decisions)
        paused, rows = await self._taken(said, caller)
        turn = Turn(prompt, paused.messages, paused.id, paused.message)
        caller = replace(caller, turn=str(paused.id))
        taken = False
        try:
            edited = {ticket: each.edited for ticket, each in said.items() if each.edited is not None}
            if edited:
                paused = await self._changed(paused, rows, edited, caller)
                taken = True
                return replace(turn, waits=paused.requests())
            denied = {ticket: each.reason for ticket, each in said.items() if not each.approved}
            for ticket, reason in denied.items():
                rows[ticket] = await self._denied(ticket, reason, caller)
            taken = True
            return replace(turn, results=_results(paused, rows, denied))
        finally:
            if not taken:
                await asyncio.shield(self.release(turn))

    async def _taken(
        self, said: Mapping[UUID, Decision], caller: Caller
    ) -> tuple[Paused, dict[UUID, TicketRow]]:
        """The run that waits for this, taken, and all of its tickets."""
        async with self._writing() as db:
            row = await _held(db, next(iter(said)), caller)
            paused = Paused.decoded(row.id, row.state)
            rows = {each: await _ticket(db, each, caller) for each in paused.tickets}
            _check(said, rows, paused, caller)
            if not await runs.claim(db, row.id):
                raise AnswerUnderWay(retry_after=2)
        return paused, rows

    async def _denied(self, ticket: UUID, reason: str | None, caller: Caller) -> TicketRow:
        try:
            await self._dispatcher.run(decline_action, {"ticket": ticket, "reason": reason}, caller)
        except (TicketUsed, TicketExpired) as refused:
            log.info("what was denied does not wait any more: %s", refused.code)
        async with self._writing() as db:
            return await _ticket(db, ticket, caller)

    async def _changed(
        self,
        paused: Paused,
        rows: Mapping[UUID, TicketRow],
        edited: Mapping[UUID, dict[str, Any]],
        caller: Caller,
    ) -> Paused:
        """The run as if the model had called with other arguments; tickets of the old ones are void."""
        previews = {
            ticket: await self._proposed(rows[ticket], arguments, caller)
            for ticket, arguments in edited.items()
        }
        async with self._writing() as db:
            for ticket, preview in previews.items():
                if not await tickets.decide(db, ticket, "void"):
                    raise TicketUsed
                paused = paused.with_edited(
                    paused.tickets[ticket], await _described(db, {"preview": preview}, caller)
                )
            await _keep(db, paused, caller)
        return paused

    async def _proposed(self, row: TicketRow, arguments: dict[str, Any], caller: Caller) -> dict[str, Any]:
        given = to_json(arguments)
        key = keys.of_turn(caller.turn or "", f"{row.id}:{given.decode()}")
        tool = self._dispatcher.catalog[row.tool]
        preview = await self._dispatcher.propose(tool, given, replace(caller, key=key))
        return preview.model_dump(mode="json")

    @asynccontextmanager
    async def _writing(self) -> AsyncGenerator[AsyncSession]:
        try:
            async with self._dispatcher.database.writing() as db:
                yield db
        except faults.DATABASE_ERRORS as error:
            refused = faults.refusal(error, {})
            if refused is None:
                raise
            raise refused from error


def _by_ticket(decisions: Sequence[Decision]) -> dict[UUID, Decision]:
    try:
        return {UUID(each.id): each for each in decisions}
    except ValueError as error:
        raise NoSuchTicket from error


async def _held(db: AsyncSession, ticket: UUID, caller: Caller) -> RunRow:
    """The run of the caller that waits for a ticket; the refusal says what became of the ticket."""
    if caller.viewer.id is None:
        raise SignInRequired
    row = await runs.held(db, ticket, caller.viewer.id)
    if row is not None and sees(caller.viewer, row.session_id):
        return row
    found = await _ticket(db, ticket, caller)
    if found.decided_at is not None:
        raise TicketUsed
    raise TicketExpired if found.expires_at <= datetime.now(UTC) else NoSuchTicket


async def _ticket(db: AsyncSession, ticket: UUID, caller: Caller) -> TicketRow:
    found = caller.viewer.id and await tickets.get(db, ticket, caller.viewer.id)
    if not found or not sees(caller.viewer, found.session_id):
        raise NoSuchTicket
    return found


def _check(
    said: Mapping[UUID, Decision], rows: Mapping[UUID, TicketRow], paused: Paused, caller: Caller
) -> None:
    """Refuse what is not of this run, what leaves something open, and what only the person can approve."""
    if not set(said) <= set(rows):
        raise NoSuchTicket
    edits = any(each.edited is not None for each in said.values())
    if not edits and any(_waits(row) for ticket, row in rows.items() if ticket not in said):
        raise StillUndecided
    for ticket, each in said.items():
        if each.approved and not edits and _waits(rows[ticket]) and not _may(rows[ticket], caller):
            url = paused.waiting[paused.tickets[ticket]]["preview"]["confirm_url"]
            raise NotConfirmable(f"Only the person can confirm this, on our own page: {url}")


def _waits(row: TicketRow) -> bool:
    return row.decided_at is None


def _may(row: TicketRow, caller: Caller) -> bool:
    return row.kind != "page" or caller.viewer.own


def _results(
    paused: Paused, rows: Mapping[UUID, TicketRow], denied: Mapping[UUID, str | None]
) -> DeferredToolResults:
    """What each call that waited is answered with: a no, or whatever becomes of its ticket."""
    results = DeferredToolResults()
    for ticket, call in paused.tickets.items():
        row = rows[ticket]
        if row.outcome == "declined" or (ticket in denied and row.outcome != "done"):
            results.approvals[call] = ToolDenied(denials.told(row.reason or denied.get(ticket)))
        else:
            results.approvals[call] = ToolApproved()
            results.metadata[call] = {"ticket": str(ticket)}
    return results


async def _described(db: AsyncSession, shown: Shown, caller: Caller) -> Shown:
    row = await _ticket(db, UUID(shown["preview"]["ticket"]), caller)
    told = row.preview
    hindi = {"what": told["what"][1], "whom": told["whom"] and told["whom"][1]}
    return {**shown, "hindi": hindi, "approvable": _may(row, caller)}


async def _keep(db: AsyncSession, paused: Paused, caller: Caller) -> None:
    rows = [await _ticket(db, each, caller) for each in paused.tickets]
    await runs.keep(
        db,
        id=paused.id,
        person_id=rows[0].person_id,
        session_id=caller.viewer.session,
        tickets=list(paused.tickets),
        state=paused.encoded(),
        expires_at=max(row.expires_at for row in rows),
    )
