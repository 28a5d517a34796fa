"""Switches: how the flags stand, kept in this process for a moment, and asked before every flagged tool."""

from __future__ import annotations

import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from storage import flags, restrictions
from storage.bus import EVERYTHING
from tools import faults, moments
from tools.flags import EVERYBODY, Restricted, Setting

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable, Mapping

    from storage.bus import Bus
    from storage.engine import Database
    from storage.flags import FlagRow
    from tools.contract import AnyTool, Viewer
    from tools.ports import Clock

FRESH: Final = 5.0
"""Seconds after which they are read again, also where no hint was heard."""


class Switches:
    """The flags of one database."""

    def __init__(self, database: Database, clock: Clock, fresh: float = FRESH) -> None:
        self._clock = clock
        self._fresh = fresh
        self._database = database
        self._held: Mapping[str, Setting] = {}
        self._until = 0.0
        self._age = 0

    async def admit(self, tool: AnyTool, viewer: Viewer) -> None:
        """Refuse what is switched off, not open to whoever asks, or reaches others when they may not."""
        if tool.flag is None:
            return
        settings = await self._settings()
        refused = settings.get(tool.flag.name, EVERYBODY).refusal(tool.flag, viewer)
        if refused is not None:
            raise refused
        if tool.flag.outward and viewer.id is not None:
            await self._unrestricted(viewer.id)

    async def closed(self, tools: Iterable[AnyTool], viewer: Viewer) -> frozenset[str]:
        """Which of these tools are not to be listed for somebody.

        A database that does not answer closes nothing: a list is no promise, and calling one refuses anyway.
        """
        flagged = [(each.name, each.flag) for each in tools if each.flag is not None]
        if not flagged:
            return frozenset()
        try:
            settings = await self._settings()
        except faults.DATABASE_ERRORS:
            settings = self._held
        told = ((name, settings.get(flag.name, EVERYBODY).refusal(flag, viewer)) for name, flag in flagged)
        return frozenset(name for name, refused in told if refused is not None)

    def heard(self, topic: str) -> None:
        """Read them again where a hint says that one was set."""
        if topic in (flags.TOPIC, EVERYTHING):
            self._age += 1
            self._until = 0.0

    @asynccontextmanager
    async def listening(self, bus: Bus) -> AsyncGenerator[None]:
        """Hear what other processes set, for the length of the block."""
        with bus.listen(self.heard):
            yield

    async def _unrestricted(self, person_id: int) -> None:
        async with self._database.reading(primary=True) as db:
            until = await restrictions.until(db, person_id)
        if until is not None and until > self._clock.now():
            raise Restricted(
                f"You may not reach others here until {moments.said(until, 'en')}, India time, because of "
                "what was reported.",
                details={"until": until.isoformat()},
            )

    async def _settings(self) -> Mapping[str, Setting]:
        if self._until < time.monotonic():
            age = self._age
            async with self._database.reading(primary=True) as db:
                found = {name: setting(row) for name, row in (await flags.current(db)).items()}
            self._held = found
            # What was being read while one was set may be how they were before.
            if age == self._age:
                self._until = time.monotonic() + self._fresh
            return found
        return self._held


def setting(row: FlagRow | None) -> Setting:
    """How a flag stands; one that was never set is on for everybody."""
    if row is None:
        return EVERYBODY
    return Setting(row.on, None if row.roles is None else frozenset(row.roles), row.percent)
