"""The schedule: one process of all leads, and puts jobs into the queue when they are due, in India time."""

from __future__ import annotations

import asyncio
import importlib
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import asyncpg

from servers.adapters.timetable import ZONE, IndiaTimetable, trigger
from servers.jobs import clocked
from servers.logs import fallen
from storage import queue, schedules
from storage.drivers import CONNECT_SECONDS
from tools.faults import DATABASE_ERRORS

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from datetime import datetime

    from servers.runtime import Runtime
    from tools.contract import AnyTool

    Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

log = logging.getLogger(__name__)

LEAD_SECONDS: Final = 2.0
"""How often a process that does not lead tries to, and one that does makes sure that it still can."""

LOST_SECONDS: Final = 6
"""Once the leader has been silent for so long, PostgreSQL ends its session, and with it its lock.

That is for a leader that hangs or cannot be reached. Where it is killed, its lock goes at once.
"""

LOOK_SECONDS: Final = 30.0
"""How often the leader looks for what is due by itself, beside APScheduler's timers: they know nothing of an
outage, of what was resumed, or of a machine that slept."""

_PATIENCE: Final = """
select set_config(name, $1, false) from pg_settings where name = 'idle_session_timeout'"""


async def put_due(runtime: Runtime, tool: AnyTool) -> int | None:
    """Put a job into the queue if it was due since its clock was looked at, once however often it was.

    Its id, or None. Of several processes that do so at once, one puts it in.
    """
    now = runtime.ports.clock.now()
    async with runtime.database.writing("background") as db:
        row = await schedules.held(db, tool.name)
        if row is None or not _due(tool, row, now):
            return None
        await schedules.looked(db, tool.name, now)
        assert tool.work is not None
        return await queue.put(
            db, tool.name, b"{}", priority=tool.work.priority, key=f"{tool.name} by the clock"
        )


async def put_all_due(runtime: Runtime) -> list[int]:
    """Put every job into the queue that is due; their ids. A job that is new begins its clock."""
    every, now = {tool.name: tool for tool in clocked(runtime)}, runtime.ports.clock.now()
    async with runtime.database.reading(primary=True) as db:
        rows = {row.name: row for row in await schedules.every(db)}
    if new := set(every) - set(rows):
        async with runtime.database.writing("background") as db:
            await schedules.ensure(db, new, now)
    due = [tool for name, tool in every.items() if name in rows and _due(tool, rows[name], now)]
    put = [await put_due(runtime, tool) for tool in due]
    return [each for each in put if each is not None]


def _due(tool: AnyTool, row: schedules.ScheduleRow, now: datetime) -> bool:
    return row.paused_at is None and IndiaTimetable().following(_cron(tool), row.looked_at) <= now


def _cron(tool: AnyTool) -> str:
    assert tool.work is not None
    assert tool.work.cron is not None
    return tool.work.cron


@asynccontextmanager
async def leading(runtime: Runtime) -> AsyncGenerator[None]:
    """Lead the schedule in the background, as soon as nobody else does, while the block lasts."""
    task = asyncio.create_task(_lead(runtime), name="schedule")
    task.add_done_callback(fallen("this process leads the schedule no more"))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _lead(runtime: Runtime) -> None:
    while True:
        try:
            await _lead_once(runtime)
        except DATABASE_ERRORS as error:
            log.warning("the schedule waits: %s", str(error) or type(error).__name__)
        await asyncio.sleep(LEAD_SECONDS)


async def _lead_once(runtime: Runtime) -> None:
    """Wait until nobody leads, and lead for as long as the connection that holds the lock lives."""
    connection = await asyncpg.connect(
        runtime.direct_url, timeout=CONNECT_SECONDS, command_timeout=LEAD_SECONDS
    )
    try:
        await connection.fetchval(_PATIENCE, str(LOST_SECONDS * 1_000))
        await _until_free(connection)
        log.info("this process leads the schedule")
        async with _scheduled(runtime):
            await _while_held(runtime, connection)
    finally:
        await connection.close(timeout=2)


async def _until_free(connection: Connection) -> None:
    """Take the lock as soon as nobody has it. Waiting for it in PostgreSQL would keep it from cleaning up."""
    while True:
        if await connection.fetchval("select pg_try_advisory_lock($1)", schedules.LEAD):
            return
        await asyncio.sleep(LEAD_SECONDS)


async def _while_held(runtime: Runtime, connection: Connection) -> None:
    """Look for what is due now and then; raises once the lock is lost with its connection."""
    loop = asyncio.get_running_loop()
    look_at = loop.time()
    while True:
        await connection.fetchval("select 1")
        if loop.time() >= look_at:
            look_at = loop.time() + LOOK_SECONDS
            await put_all_due(runtime)
        await asyncio.sleep(LEAD_SECONDS)


@asynccontextmanager
async def _scheduled(runtime: Runtime) -> AsyncGenerator[None]:
    library: Any = importlib.import_module("apscheduler.schedulers.asyncio")
    scheduler = library.AsyncIOScheduler(
        timezone=ZONE, job_defaults={"coalesce": True, "misfire_grace_time": None}
    )
    begun: set[asyncio.Task[None]] = set()

    async def fired(tool: AnyTool) -> None:
        # Begun apart from it, since APScheduler logs a trace of whatever it has to break off at a stop.
        task = asyncio.create_task(_fired(runtime, tool), name=f"due: {tool.name}")
        begun.add(task)
        task.add_done_callback(begun.discard)
        task.add_done_callback(fallen(f"{tool.name} was not put into the queue by its timer"))

    for tool in clocked(runtime):
        scheduler.add_job(fired, trigger(_cron(tool)), (tool,), id=tool.name)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.pause()
        # Timers that have just gone off get their turn, which takes no longer.
        await asyncio.sleep(0)
        scheduler.shutdown(wait=False)
        for task in begun:
            task.cancel()
        await asyncio.gather(*begun, return_exceptions=True)


async def _fired(runtime: Runtime, tool: AnyTool) -> None:
    """What a timer does. Where it cannot, the leader's next look makes up for it."""
    try:
        await put_due(runtime, tool)
    except DATABASE_ERRORS as error:
        log.warning("%s waits: %s", tool.name, str(error) or type(error).__name__)
