"""When sessions were last used, noted beside the requests that use them."""

import asyncio
import logging

from storage import standing
from storage.engine import Database
from tools.faults import DATABASE_ERRORS

log = logging.getLogger(__name__)


class LastUse:
    """Gathers the sessions in use and notes them together, one statement at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: set[int] = set()
        self._noting: asyncio.Task[None] | None = None

    def note(self, session_id: int) -> None:
        """Have it noted soon that this session is in use."""
        self._waiting.add(session_id)
        if self._noting is None or self._noting.done():
            self._noting = asyncio.create_task(self._note(), name="notes the use of sessions")

    async def close(self) -> None:
        """Wait until everything is noted."""
        if self._noting is not None:
            await self._noting

    async def _note(self) -> None:
        while self._waiting:
            ids, self._waiting = self._waiting, set()
            try:
                async with self._database.writing("background") as db:
                    await standing.used(db, sorted(ids))
            except DATABASE_ERRORS as error:
                # The next request of each session asks for it again.
                log.warning("the use of %d sessions was not noted: %s", len(ids), type(error).__name__)
                return
