"""`ghar run-due`: what is due, done once and now, for a clock outside."""

from __future__ import annotations

import asyncio
import signal
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final, NamedTuple

import click

from servers import backfill, schedule, work
from servers.commands.console import settings
from servers.commands.within import with_runtime
from servers.jobs import queued
from storage import queue, schedules

if TYPE_CHECKING:
    from collections.abc import Generator

    from servers.runtime import Runtime

LOOK_SECONDS: Final = 0.25


class Outcome(NamedTuple):
    """What a run came to."""

    put: int
    """Jobs that were due by the clock."""

    failed: int
    """Jobs that failed for good meanwhile."""

    over: bool
    """Whether nothing was left that could be done."""


@click.command("run-due")
@click.option(
    "--seconds", type=click.IntRange(1), default=600, show_default=True, help="The longest to take."
)
def run_due_command(seconds: int) -> None:
    """Put what is due into the queue, do everything that waits there, and end.

    Call it every few minutes where no server works by itself (GHAR_SERVERLESS); several at once share.
    It ends with 1 where a job failed for good. What is to be tried again later is left to the next run.
    """

    async def run(runtime: Runtime) -> Outcome:
        return await run_due(runtime, seconds)

    done = with_runtime(run, settings())
    left = "" if done.over else " Not all was done in time: the next run goes on."
    click.echo(f"{done.put} due by the clock, {done.failed} failed.{left}")
    if done.failed:
        raise SystemExit(1)


async def run_due(runtime: Runtime, seconds: float) -> Outcome:
    """Do what is due and what waits, for about so many seconds at most."""
    async with runtime.database.reading(primary=True) as db:
        began = await schedules.clock(db)
    await backfill.want(runtime)
    put = len(await schedule.put_all_due(runtime))
    over = not await _busy(runtime) or await _drained(runtime, seconds)
    async with runtime.database.reading(primary=True) as db:
        return Outcome(put, await schedules.failed_since(db, began), over)


async def _drained(runtime: Runtime, seconds: float) -> bool:
    """Work until nothing is left that could be done; False where the time was over, or a signal came."""
    with _told_to_stop() as stopped, suppress(TimeoutError):
        async with work.working(runtime), asyncio.timeout(seconds):
            while not stopped.is_set():
                if not await _busy(runtime):
                    return True
                with suppress(TimeoutError):
                    await asyncio.wait_for(stopped.wait(), LOOK_SECONDS)
    return False


async def _busy(runtime: Runtime) -> bool:
    """Whether anything that this process could do waits or runs, here or elsewhere."""
    names = {tool.name for tool in queued(runtime)}
    async with runtime.database.reading(primary=True) as db:
        return any(each.due or each.running for each in await queue.waiting(db) if each.name in names)


@contextmanager
def _told_to_stop() -> Generator[asyncio.Event]:
    stopped, loop = asyncio.Event(), asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    try:
        yield stopped
    finally:
        loop.remove_signal_handler(signal.SIGTERM)
