"""The schedule: each job once when it is due, whoever leads, and as admins want it."""

import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from servers import schedule
from servers.adapters.timetable import IndiaTimetable, trigger
from servers.jobs import clocked
from servers.runtime import Runtime, running
from storage import schedules
from tests.account.conftest import Clock
from tests.conftest import ROOT
from tests.servers.applications import settings
from tools.catalog import Catalog

NOON = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
"""Noon in India."""

JOB = "forget_old_answers"
"""Due at 25 minutes past every hour."""


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture
async def runtime(database_url: str, tmp_path: Path, clock: Clock) -> AsyncGenerator[Runtime]:
    """A system whose clock a test sets, and whose jobs began theirs at noon."""
    async with running(settings(database_url, tmp_path)) as started:
        at_noon = replace(started, ports=replace(started.ports, clock=clock))
        await schedule.put_all_due(at_noon)
        yield at_noon


async def queued(runtime: Runtime, name: str = JOB) -> int:
    async with runtime.database.reading(primary=True) as db:
        connection = await schedules.driver(db)
        return await connection.fetchval("select count(*) from jobs where name = $1", name)


async def until(true: Callable[[], Awaitable[bool]], seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        while not await true():
            await asyncio.sleep(0.05)


async def leader(runtime: Runtime) -> int | None:
    """The connection that leads."""
    async with runtime.database.reading(primary=True) as db:
        return await (await schedules.driver(db)).fetchval(
            "select pid from pg_locks where locktype = 'advisory' and objid = $1 and database = "
            "(select oid from pg_database where datname = current_database())",
            schedules.LEAD,
        )


def test_times_are_indias_and_days_are_named(catalog: Catalog) -> None:
    following = IndiaTimetable().following
    assert following("15 3 * * *", NOON) == datetime(2026, 11, 22, 21, 45, tzinfo=UTC)
    assert following("30 12 * * mon", NOON) == datetime(2026, 11, 23, 7, tzinfo=UTC)
    with pytest.raises(ValueError, match="need names"):
        trigger("0 9 * * 1")
    for tool in catalog:
        if tool.work is not None and tool.work.cron is not None:
            assert following(tool.work.cron, NOON) > NOON
            assert not [name for name, field in tool.takes.model_fields.items() if field.is_required()]


def test_the_documents_say_what_is_due_when(catalog: Catalog) -> None:
    told = (ROOT / "docs" / "work.md").read_text()
    works = {tool.name: tool.work.cron for tool in catalog if tool.work is not None and tool.work.cron}
    assert {name for name, cron in works.items() if f"| `{name}` | `{cron}` |" not in told} == set()


@pytest.mark.requirement("S13")
async def test_what_is_due_is_put_once_however_many_look_and_however_often_it_was(
    runtime: Runtime, clock: Clock
) -> None:
    assert await schedule.put_all_due(runtime) == []
    clock.pass_(timedelta(hours=5))
    put = await asyncio.gather(*(schedule.put_all_due(runtime) for _ in range(4)))
    assert await queued(runtime) == 1
    each = [id_ for ids in put for id_ in ids]
    assert len(each) == len(set(each)) >= 5
    assert await schedule.put_all_due(runtime) == []


async def test_a_job_that_is_new_waits_for_its_first_time(runtime: Runtime, clock: Clock) -> None:
    clock.pass_(timedelta(days=2))
    async with runtime.database.writing() as db:
        await (await schedules.driver(db)).execute("delete from schedules where name = $1", JOB)
    await schedule.put_all_due(runtime)
    assert await queued(runtime) == 0
    clock.pass_(timedelta(hours=1))
    await schedule.put_all_due(runtime)
    assert await queued(runtime) == 1


async def test_a_paused_job_is_not_put_and_resumed_it_makes_up_for_nothing(
    runtime: Runtime, clock: Clock
) -> None:
    async with runtime.database.writing() as db:
        assert await schedules.pause(db, JOB, clock.now())
        assert not await schedules.pause(db, JOB, clock.now())
    clock.pass_(timedelta(hours=3))
    await schedule.put_all_due(runtime)
    async with runtime.database.writing() as db:
        assert await schedules.resume(db, JOB, clock.now())
    await schedule.put_all_due(runtime)
    assert await queued(runtime) == 0
    clock.pass_(timedelta(hours=1))
    await schedule.put_all_due(runtime)
    assert await queued(runtime) == 1


async def test_a_leader_that_loses_its_connection_stops_and_another_leads(runtime: Runtime) -> None:
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(schedule.leading(runtime))
        await until(lambda: led(runtime))
        first = await leader(runtime)
        await stack.enter_async_context(schedule.leading(runtime))
        async with runtime.database.reading(primary=True) as db:
            await (await schedules.driver(db)).fetchval("select pg_terminate_backend($1)", first)

        async def another() -> bool:
            return await leader(runtime) not in (None, first)

        await until(another)


async def test_a_timer_that_a_stop_meets_in_its_work_is_broken_off_without_a_trace(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def at_once(_cron: str) -> None:
        """Without a trigger APScheduler does a job at once."""

    monkeypatch.setattr(schedule, "trigger", at_once)
    async with runtime.database.writing() as db:
        connection = await schedules.driver(db)
        await connection.execute("lock table schedules")

        async def waiting() -> bool:
            # The leader's own look, and two timers.
            return await connection.fetchval("select count(*) from pg_locks where not granted") >= 3

        async with schedule.leading(runtime):
            await until(waiting)
    assert [each.getMessage() for each in caplog.records if each.levelname == "ERROR"] == []


async def led(runtime: Runtime) -> bool:
    async with runtime.database.reading(primary=True) as db:
        return await schedules.led(db)


PROCESS = """
import asyncio, sys
from pathlib import Path
from servers import schedule
from servers.runtime import running
from tests.servers.applications import settings

async def lead():
    async with running(settings(sys.argv[1], Path(sys.argv[2]))) as runtime, schedule.leading(runtime):
        await asyncio.Event().wait()

asyncio.run(lead())
"""


@contextmanager
def process(url: str, home: Path) -> Generator["subprocess.Popen[bytes]"]:
    started = subprocess.Popen([sys.executable, "-c", PROCESS, url, str(home)], cwd=ROOT)
    try:
        yield started
    finally:
        started.kill()
        started.wait()


async def test_another_process_leads_within_ten_seconds_of_a_leaders_death(
    runtime: Runtime, database_url: str, tmp_path: Path, clock: Clock
) -> None:
    with process(database_url, tmp_path) as other:
        await until(lambda: led(runtime), 60)
        first = await leader(runtime)
        clock.pass_(timedelta(hours=2))
        async with schedule.leading(runtime):
            other.send_signal(signal.SIGKILL)
            died = time.monotonic()

            async def another() -> bool:
                return await leader(runtime) not in (None, first)

            await until(another)
            assert time.monotonic() - died < 10

            async def put() -> bool:
                return await queued(runtime) == 1

            await until(put)


async def test_nothing_is_scheduled_that_this_process_leaves_to_others(
    runtime: Runtime, database_url: str, tmp_path: Path
) -> None:
    making = replace(runtime, settings=settings(database_url, tmp_path, vectors=True))
    there, here = ({tool.name for tool in clocked(each)} for each in (making, runtime))
    assert there - here == {"embed_listings"}
