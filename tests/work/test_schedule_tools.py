"""The schedule as admins see it, and `ghar run-due`."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from servers.adapters.timetable import IndiaTimetable
from servers.commands.due import run_due
from servers.runtime import Runtime, running
from storage import queue
from storage.engine import Database
from tests.account.conftest import Clock, Join, Somebody
from tests.account.conftest import clock as clock
from tests.account.conftest import join as join
from tests.servers.applications import settings
from tools.catalog import Catalog
from tools.dispatch import Dispatcher
from tools.platform.schedule import NotScheduled
from tools.ports import Ports

JOB = "forget_old_answers"
NOON = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)


@pytest.fixture
def dispatcher(catalog: Catalog, database: Database, ports: Ports, clock: Clock) -> Dispatcher:
    clock.shown = NOON
    return Dispatcher(catalog, database, replace(ports, clock=clock, timetable=IndiaTimetable()))


@pytest.fixture
async def meera(join: Join) -> Somebody:
    return await join("meera@example.com", "admin")


async def listed(admin: Somebody) -> Any:
    answer = await admin.call("list_schedule")
    (found,) = [each for each in answer.jobs if each.name == JOB]
    return found


@pytest.mark.requirement("S13")
async def test_an_admin_sees_when_a_job_is_due_and_how_it_went(meera: Somebody, database: Database) -> None:
    before = await listed(meera)
    assert before.next_due.isoformat() == "2026-11-22T06:55:00+00:00"
    assert before.next_due_india == "22 November 2026, 12:25"
    assert (before.cron, before.last) == ("25 * * * *", None)
    put = await meera.call("run_job_now", name=JOB)
    assert (await meera.call("run_job_now", name=JOB)).job == put.job
    last = (await listed(meera)).last
    assert (last.job, last.state, last.ended_at) == (put.job, "queued", None)
    async with database.reading() as db:
        (waiting,) = await queue.waiting(db)
    assert (waiting.name, waiting.due) == (JOB, 1)


async def test_an_admin_pauses_a_job_and_takes_that_back(meera: Somebody, clock: Clock) -> None:
    assert (await meera.call("pause_job", name=JOB)).paused_at == NOON
    clock.pass_(timedelta(minutes=5))
    assert (await meera.call("pause_job", name=JOB)).paused_at == NOON
    paused = await listed(meera)
    assert (paused.next_due, paused.paused_at) == (None, NOON)
    done = (await meera.call("my_activity")).items
    paused_first = next(each for each in reversed(done) if each.tool == "pause_job")
    await meera.call("undo_action", id=paused_first.id)
    assert (await listed(meera)).paused_at is None


async def test_what_the_clock_does_not_run_cannot_be_run_by_hand(meera: Somebody) -> None:
    for name in ("search_properties", "add_person", "no_such_job"):
        for tool in ("run_job_now", "pause_job", "resume_job"):
            with pytest.raises(NotScheduled):
                await meera.call(tool, name=name)


async def due(runtime: Runtime) -> None:
    """Let every clock have been looked at a day ago."""
    async with runtime.database.writing() as db:
        connection = await queue.driver(db)
        await connection.execute("update schedules set looked_at = now() - interval '1 day'")


async def test_an_outside_clock_has_everything_done_that_is_due_even_twice_at_once(
    database_url: str, tmp_path: Path
) -> None:
    serverless = settings(database_url, tmp_path, serverless=True)
    async with running(serverless) as one, running(serverless) as two:
        assert await run_due(one, 60) == (0, 0, True)
        await due(one)
        outcomes = await asyncio.gather(run_due(one, 60), run_due(two, 60))
        assert all(outcome.over and not outcome.failed for outcome in outcomes)
        async with one.database.reading(primary=True) as db:
            rows = await (await queue.driver(db)).fetch(
                "select name, state, count(*) from jobs group by 1, 2"
            )
    assert sum(outcome.put for outcome in outcomes) == len(rows) >= 6
    assert {(row["state"], row["count"]) for row in rows} == {("done", 1)}
