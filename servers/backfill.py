"""Vectors: which model's are wanted here, and making those that are missing here and now."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from servers.jobs import rounds
from servers.logs import fallen
from storage import vectors
from tools.discovery.vectors import embed_listings, follow
from tools.faults import DATABASE_ERRORS

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from servers.runtime import Runtime

    Report = Callable[[int, int], None]
    """Told how many vectors this run has made, and how many are still missing."""

log = logging.getLogger(__name__)

BATCH: Final = 32
RETRY_SECONDS: Final = 10.0


async def want(runtime: Runtime) -> bool:
    """Have the vectors of this process's model made from now on, where it was another; whether it was.

    Of processes with different settings the one that started last decides.
    """
    model = runtime.ports.embedder.model
    if not runtime.settings.vectors or embed_listings.name not in runtime.catalog.tools:
        return False
    async with runtime.database.reading(primary=True) as db:
        known = await vectors.models(db)
    if known.wanted == model:
        return False
    async with runtime.database.writing("background") as db:
        await vectors.want(db, model, runtime.ports.clock.now())
        await follow(db)
    if known.active not in (None, model):
        log.info("vectors of %s are made; until all are, searches go on with %s", model, known.active)
    return True


@asynccontextmanager
async def wanting(runtime: Runtime) -> AsyncGenerator[None]:
    """`want` in the background, as soon as the database can be asked."""
    task = asyncio.create_task(_want(runtime), name="wants vectors")
    task.add_done_callback(fallen("vectors of another model are not asked for"))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _want(runtime: Runtime) -> None:
    while True:
        try:
            await want(runtime)
        except DATABASE_ERRORS as error:
            log.warning("vectors wait: %s", str(error) or type(error).__name__)
            await asyncio.sleep(RETRY_SECONDS)
        else:
            return


async def fill(runtime: Runtime, report: Report) -> int:
    """Make vectors until none is missing; how many were made. Safe to stop at any point and to repeat."""
    made = 0
    async for done in rounds(runtime.dispatcher, embed_listings.name, {"limit": BATCH}):
        made += done.done
        report(made, done.remaining)
    return made
