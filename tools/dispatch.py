"""The one road from any surface to a tool: admit, validate, open the transaction, run, commit, publish."""

import logging
from collections.abc import Mapping
from typing import Any

from storage.engine import Database
from tools import faults
from tools.callers import Caller, admit
from tools.catalog import Catalog
from tools.consent import Preview
from tools.contract import AnyTool, Model
from tools.keys import AnswerGone
from tools.ports import Ports
from tools.refusals import Refused, TooMany
from tools.switches import Switches
from tools.validation import validate
from tools.writing import Writes

__all__ = ["Caller", "Dispatcher", "admit"]

log = logging.getLogger(__name__)


class Dispatcher:
    """Runs tools of one catalog against one database."""

    def __init__(self, catalog: Catalog, database: Database, ports: Ports) -> None:
        self.catalog = catalog
        self.database = database
        self._ports = ports
        self.switches = Switches(database, ports.clock)
        self._writes = Writes(catalog, database, ports, self.switches)

    async def run(self, tool: AnyTool, given: Mapping[str, Any] | bytes, caller: Caller) -> Model:
        """The tool's answer. Raises a `Refused` for every considered no; anything else is a defect."""
        try:
            ask = await self._admitted(tool, given, caller)
            run = self._read if tool.reads else self._writes.run
            return await run(tool, ask, caller)
        except faults.DATABASE_ERRORS as error:
            refused = _refused(tool, error)
            if refused is None:
                raise
            raise refused from error

    async def limit(self, what: str, per_minute: int, caller: Caller) -> None:
        """Count one more of `what` for a caller, and refuse with `TooMany` past `per_minute`.

        A person counts over all surfaces and sign-ins, a guest by address; without one nothing is counted.
        """
        who = caller.client if caller.viewer.id is None else f"person {caller.viewer.id}"
        wait = await self._ports.limiter.take(f"{what} {who}", per_minute) if who else 0
        if wait:
            raise TooMany(retry_after=wait, details={"retry_after": wait})

    async def _read(self, tool: AnyTool, ask: Model, caller: Caller) -> Model:
        try:
            return await self._read_once(tool, ask, caller)
        except faults.DATABASE_ERRORS as error:
            if faults.waited(error) or not faults.gone(error):
                raise
        # A pooled connection may have died with a restarted server; a read can simply be asked again.
        return await self._read_once(tool, ask, caller)

    async def _read_once(self, tool: AnyTool, ask: Model, caller: Caller) -> Model:
        async with self.database.reading(primary=tool.fresh) as db:
            return await tool.run(self._writes.call(db, caller), ask)

    async def propose(self, tool: AnyTool, given: Mapping[str, Any] | bytes, caller: Caller) -> Preview:
        """What a write would do, as something that waits for its person; nothing is changed.

        A plain write waits for approval in chat; one that needs consent for whoever may give it.
        """
        try:
            ask = await self._admitted(tool, given, caller)
            answer = await self._writes.propose(tool, ask, caller, tool.consent or "chat")
        except faults.DATABASE_ERRORS as error:
            refused = _refused(tool, error)
            if refused is None:
                raise
            raise refused from error
        if not isinstance(answer, Preview):
            raise AnswerGone
        return answer

    async def _admitted(self, tool: AnyTool, given: Mapping[str, Any] | bytes, caller: Caller) -> Model:
        admit(tool, caller.viewer)
        await self.switches.admit(tool, caller.viewer)
        ask = validate(tool, given)
        if tool.per_minute is not None:
            await self.limit(tool.name, tool.per_minute, caller)
        return ask


def _refused(tool: AnyTool, error: Exception) -> Refused | None:
    refused = faults.refusal(error, tool.refuses)
    if refused is not None:
        log.warning("tool %s: %s after %s", tool.name, refused.code, type(error).__name__)
    return refused
