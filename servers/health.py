"""Health: whether the process lives, whether it can answer, and what goes worse than it should."""

import asyncio
import logging
import time
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from servers.runtime import Runtime
from servers.warming import Warming
from storage import revisions, schedules, status
from storage.bus import LocalBus
from tools.faults import DATABASE_ERRORS

log = logging.getLogger(__name__)

PATIENCE = 2.0
LATE_SECONDS = 60.0
"""How long a job may be due before the queue counts as late."""

BEGINNING = 60.0
"""Seconds after a start in which nobody misses what takes that long to begin."""

FRESH = 2.0
"""How long what was found out is told again, whoever asks."""


class Fault(NamedTuple):
    """A part that does less than it should, and what that means, while everything else goes on."""

    part: str
    why: str


@dataclass(slots=True)
class Health:
    """Answers probes. The migration state is looked up until it is in order, and then remembered."""

    runtime: Runtime
    warming: Warming
    migrated: bool = False
    began: float = field(default_factory=time.monotonic)
    found: list[Fault] = field(default_factory=list[Fault])
    found_at: float = float("-inf")

    def routes(self) -> list[Route]:
        """`/health/live`, `/health/ready`, and `/health`, which is the latter."""
        return [
            Route("/health/live", self.live),
            Route("/health/ready", self.ready),
            Route("/health", self.ready),
        ]

    async def live(self, _request: Request) -> JSONResponse:
        """200 while the process can answer at all."""
        return JSONResponse({"status": "ok"}, headers=_UNKEPT)

    async def ready(self, _request: Request) -> JSONResponse:
        """200 when searches can be answered, 503 otherwise, and what each part says.

        What is `degraded` does less than it should while searches and writes go on, so it is no 503.
        """
        database = await self._database()
        ready = database == "ok" and self.migrated and not self.runtime.stopping.is_set()
        faults = await self._faults() if ready else []
        state: dict[str, Any] = {
            "status": ("degraded" if faults else "ok") if ready else "unavailable",
            "database": database,
            "migrations": "ok" if self.migrated else "pending",
            "embedder": self.runtime.ports.embedder.model,
            "tools": len(self.runtime.catalog),
            "degraded": {fault.part: fault.why for fault in faults},
        }
        return JSONResponse(state, 200 if ready else 503, headers=_UNKEPT if ready else _LATER)

    async def _database(self) -> str:
        try:
            async with asyncio.timeout(PATIENCE), self.runtime.database.reading() as db:
                await db.execute(text("select 1"))
                if not self.migrated:
                    reached = await revisions.reached(self.runtime.direct_url)
                    self.migrated = reached == revisions.newest()
        except DATABASE_ERRORS as error:
            log.warning("the database does not answer: %s", type(error).__name__)
            return "unavailable"
        return "ok"

    async def _faults(self) -> list[Fault]:
        now = time.monotonic()
        if now >= self.found_at + FRESH:
            self.found_at = now
            self.found = [*self._of_the_process(now), *await self._of_the_work(now)]
        return self.found

    def _of_the_process(self, now: float) -> list[Fault]:
        """What this process knows by itself."""
        runtime, faults = self.runtime, list[Fault]()
        if runtime.shared.link is not None and not runtime.shared.link.answers:
            faults.append(Fault("redis", "It does not answer: requests are counted by each process."))
        hints, beginning = runtime.ports.bus, now < self.began + BEGINNING
        if not (isinstance(hints, LocalBus) or hints.carries or beginning):
            faults.append(Fault("hints", "None are heard of other processes: streams look by themselves."))
        if self.warming.embedder == "failed":
            faults.append(Fault("embedder", "It does not work: searches go by words."))
        for channel, breaker in runtime.sending.breakers.items():
            if breaker.open:
                faults.append(Fault(channel, "The provider does not answer: messages wait."))
        return faults

    async def _of_the_work(self, now: float) -> list[Fault]:
        """What the database knows of the work behind requests."""
        if self.runtime.settings.serverless:
            return []
        try:
            async with asyncio.timeout(PATIENCE), self.runtime.database.reading(primary=True) as db:
                work = await status.work(db)
                led = await schedules.led(db)
        except DATABASE_ERRORS as error:
            return [Fault("queue", f"It could not be looked at: {type(error).__name__}.")]
        faults: list[Fault] = []
        if work.late > LATE_SECONDS:
            faults.append(Fault("queue", f"A job is due since {work.late:.0f} s."))
        if not led and now >= self.began + BEGINNING:
            faults.append(Fault("schedule", "No process leads it: what is due by the clock waits."))
        if work.vectors == "failed":
            faults.append(Fault("vectors", "They could not be made: the newest listings are found by words."))
        elif work.vectors is not None:
            left = "" if work.vectors_left is None else f" {work.vectors_left:,} to go:"
            faults.append(Fault("vectors", f"They are being made,{left} the rest is found by words."))
        return faults


_UNKEPT = {"cache-control": "no-store"}
_LATER = {**_UNKEPT, "retry-after": "5"}
