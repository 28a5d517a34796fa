"""The schedule: one process of all leads, and puts jobs into the queue when they are due, in India time."""

from __future__ import annotations

import asyncio
import importlib
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

import asyncpg

from servers.jobs import clocked
from storage import queue, schedules
from tools.faults import DATABASE_ERRORS

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from datetime import datetime

    from servers.runtime import Runtime
    from tools.contract import AnyTool

log = logging.getLogger(__name__)

ZONE: Final = "Asia/Kolkata"
_LOCK: Final = 360_360_362
LEAD_SECONDS: Final = 5.0
"""How often a process that does not lead tries to, and one that does makes sure that it still can."""


async def put_due(runtime: Runtime, tool: AnyTool) -> int | None:
    """Put a job into the queue if it was due since its clock was looked at, once however often it was.

    Its id, or None. Of several processes that do so at once, one puts it in.
    """
    now = runtime.ports.clock.now()
    async with runtime.database.writing("background") as db:
        row = await schedules.held(db, tool.name)
        if row is None or row.paused_at is not None or not _due(tool, row.looked_at, now):
            return None
        await schedules.looked(db, tool.name, now)
        assert tool.work is not None
        return await queue.put(
            db, tool.name, b"{}", priority=tool.work.priority, key=f"{tool.name} by the clock"
        )


async def put_all_due(runtime: Runtime) -> list[int]:
    """Put every job into the queue that is due; their ids."""
    every = clocked(runtime.catalog)
    async with runtime.database.writing("background") as db:
        await schedules.ensure(db, [tool.name for tool in every], runtime.ports.clock.now())
    put = [await put_due(runtime, tool) for tool in every]
    return [each for each in put if each is not None]


def _due(tool: AnyTool, looked_at: datetime, now: datetime) -> bool:
    following = _trigger(tool).get_next_fire_time(looked_at, looked_at)
    return following is not None and following <= now


def _trigger(tool: AnyTool) -> Any:
    cron: Any = importlib.import_module("apscheduler.triggers.cron")
    assert tool.work is not None
    assert tool.work.cron is not None
    return cron.CronTrigger.from_crontab(tool.work.cron, timezone=ZONE)


@asynccontextmanager
async def leading(runtime: Runtime) -> AsyncGenerator[None]:
    """Lead the schedule in the background, as soon as nobody else does, while the block lasts."""
    task = asyncio.create_task(_lead(runtime), name="schedule")
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
    """Lead while the connection that holds the lock lives; return at once where somebody else leads."""
    connection = await asyncpg.connect(runtime.direct_url)
    try:
        if not await connection.fetchval("select pg_try_advisory_lock($1)", _LOCK):
            return
        log.info("this process leads the schedule")
        async with _scheduled(runtime):
            while True:
                await connection.fetchval("select 1", timeout=LEAD_SECONDS)
                await asyncio.sleep(LEAD_SECONDS)
    finally:
        await connection.close(timeout=2)


@asynccontextmanager
async def _scheduled(runtime: Runtime) -> AsyncGenerator[None]:
    library: Any = importlib.import_module("apscheduler.schedulers.asyncio")
    await put_all_due(runtime)
    scheduler = library.AsyncIOScheduler(
        timezone=ZONE, job_defaults={"coalesce": True, "misfire_grace_time": None}
    )
    for tool in clocked(runtime.catalog):
        scheduler.add_job(put_due, _trigger(tool), (runtime, tool), id=tool.name)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)
