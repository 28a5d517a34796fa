"""Health: whether the process lives, and whether it can answer."""

import asyncio
import logging
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from servers.runtime import Runtime
from storage import revisions
from tools.faults import DATABASE_ERRORS

log = logging.getLogger(__name__)

PATIENCE = 2.0


@dataclass(slots=True)
class Health:
    """Answers probes. The migration state is looked up until it is in order, and then remembered."""

    runtime: Runtime
    migrated: bool = False

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
        """200 when searches can be answered, 503 otherwise, and what each part says."""
        database = await self._database()
        ready = database == "ok" and self.migrated
        state: dict[str, Any] = {
            "status": "ok" if ready else "unavailable",
            "database": database,
            "migrations": "ok" if self.migrated else "pending",
            "embedder": self.runtime.ports.embedder.model,
            "tools": len(self.runtime.catalog),
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


_UNKEPT = {"cache-control": "no-store"}
_LATER = {**_UNKEPT, "retry-after": "5"}
