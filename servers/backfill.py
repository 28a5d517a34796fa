"""Vectors: the job that gives every property its vector, one process at a time, resumable at any point."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import TypeAlias

import asyncpg

from servers.jobs import rounds
from servers.runtime import Runtime
from tools.faults import DATABASE_ERRORS
from tools.refusals import Refused

log = logging.getLogger(__name__)

JOB = "embed_listings"
CHANNEL = "ghar_listings"
BATCH = 32
RETRY_SECONDS = 10.0
LOOK_SECONDS = 600.0
"""How long without news until the runner looks by itself."""

_LOCK = 360_360_361

Report = Callable[[int, int], None]
"""Told how many vectors this run has made, and how many are still missing."""

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


async def fill(runtime: Runtime, report: Report) -> int:
    """Make vectors until none is missing; how many were made. Safe to stop at any point and to repeat."""
    made = 0
    async for done in rounds(runtime.dispatcher, JOB, {"limit": BATCH}):
        made += done.done
        report(made, done.remaining)
    return made


async def announce(url: str) -> None:
    """Tell running servers that properties have changed."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(f"notify {CHANNEL}")
    finally:
        await connection.close()


def log_progress(made: int, remaining: int) -> None:
    """Write a line now and then."""
    if remaining and made % (BATCH * 10) == 0:
        log.info("vectors: %d made, %d to go", made, remaining)


@asynccontextmanager
async def following(runtime: Runtime, report: Report = log_progress) -> AsyncGenerator[None]:
    """Make missing vectors in the background, now and whenever properties change, while the block lasts."""
    task = asyncio.create_task(_follow(runtime, report), name="vectors")
    task.add_done_callback(_ended)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _ended(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (defect := task.exception()) is not None:
        log.error("vectors are no longer made", exc_info=defect)


async def _follow(runtime: Runtime, report: Report) -> None:
    while True:
        try:
            async with _listening(runtime.direct_url) as (connection, news):
                await _keep_up(runtime, connection, news, report)
        except (*DATABASE_ERRORS, Refused) as error:
            log.warning("vectors wait: %s", error or type(error).__name__)
        await asyncio.sleep(RETRY_SECONDS)


@asynccontextmanager
async def _listening(url: str) -> AsyncGenerator[tuple[Connection, asyncio.Event]]:
    """A connection, and an event that is set whenever properties change or the connection is lost."""
    connection = await asyncpg.connect(url)
    news = asyncio.Event()

    def told(*_about: object) -> None:
        news.set()

    try:
        await connection.add_listener(CHANNEL, told)
        connection.add_termination_listener(told)
        yield connection, news
    finally:
        await connection.close(timeout=2)


async def _keep_up(runtime: Runtime, connection: Connection, news: asyncio.Event, report: Report) -> None:
    while not connection.is_closed():
        news.clear()
        # Of several processes one does the work; the lock goes with the connection if the process dies.
        if await connection.fetchval("select pg_try_advisory_lock($1)", _LOCK):
            made = await fill(runtime, report)
            await connection.execute("select pg_advisory_unlock($1)", _LOCK)
            if made:
                log.info("every property has its vector: %d made", made)
        try:
            await asyncio.wait_for(news.wait(), LOOK_SECONDS)
        except TimeoutError:
            continue
