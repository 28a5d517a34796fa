"""The one road from any surface to a tool: admit, validate, open the transaction, run, commit, publish."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from storage.engine import Database, Lane
from tools import faults
from tools.catalog import Catalog
from tools.contract import GUEST, AnyTool, Audience, Call, Model, Surface, Viewer
from tools.host import SILENT, Host
from tools.ports import Event, Ports
from tools.refusals import AuthProviderUnreachable, Forbidden, InsufficientScope, SignInRequired, TooMany
from tools.validation import validate

log = logging.getLogger(__name__)

_RANK: dict[Audience, int] = {"guest": 0, "member": 1, "staff": 2, "admin": 3}


@dataclass(frozen=True, slots=True)
class Caller:
    """Where a call comes from and on whose behalf."""

    surface: Surface
    viewer: Viewer = GUEST
    host: Host = SILENT
    lane: Lane = "request"
    client: str = ""
    """What a guest's calls are counted by: the client's address, or empty where there is none."""


class Dispatcher:
    """Runs tools of one catalog against one database."""

    def __init__(self, catalog: Catalog, database: Database, ports: Ports) -> None:
        self.catalog = catalog
        self._database = database
        self._ports = ports

    async def run(self, tool: AnyTool, given: Mapping[str, Any] | bytes, caller: Caller) -> Model:
        """The tool's answer. Raises a `Refused` for every considered no; anything else is a defect."""
        admit(tool, caller.viewer)
        ask = validate(tool, given)
        if tool.per_minute is not None:
            await self.limit(tool.name, tool.per_minute, caller)
        try:
            return await (self._read(tool, ask, caller) if tool.reads else self._write(tool, ask, caller))
        except faults.DATABASE_ERRORS as error:
            refused = faults.refusal(error, tool.refuses)
            if refused is None:
                raise
            log.warning("tool %s: %s after %s", tool.name, refused.code, type(error).__name__)
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
        async with self._database.reading() as db:
            return await tool.run(self._call(db, caller), ask)

    async def _write(self, tool: AnyTool, ask: Model, caller: Caller) -> Model:
        told: list[Event] = []
        async with self._database.writing(caller.lane) as db:
            call = self._call(db, caller)
            answer = await tool.run(call, ask)
            told = call.told
        if told:
            await self._ports.publisher.publish(told)
        return answer

    def _call(self, db: Any, caller: Caller) -> Call:
        return Call(
            viewer=caller.viewer,
            db=db,
            ports=self._ports,
            catalog=self.catalog,
            surface=caller.surface,
            host=caller.host,
        )


def admit(tool: AnyTool, viewer: Viewer) -> None:
    """Refuse whoever may not call this tool: its audience, then its scope."""
    if tool.audience == "guest":
        return
    if viewer.id is None:
        raise AuthProviderUnreachable if viewer.unchecked else SignInRequired
    if _RANK[viewer.role] < _RANK[tool.audience]:
        raise Forbidden
    missing = [scope for scope in tool.scopes if scope not in viewer.scopes]
    if missing:
        lacks = " and ".join(repr(scope) for scope in missing)
        raise InsufficientScope(
            f"This connection lacks the permission {lacks}.", details={"scope": " ".join(tool.scopes)}
        )
