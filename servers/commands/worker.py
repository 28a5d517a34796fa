"""`ghar worker`: the jobs of the queue, done in a process that serves nobody."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from contextlib import AsyncExitStack, ExitStack, contextmanager
from typing import TYPE_CHECKING

import click

from servers import backfill, schedule, work
from servers.commands.console import bars, settings
from servers.commands.within import complete
from servers.runtime import running

if TYPE_CHECKING:
    from collections.abc import Generator

    from servers.settings import Settings

log = logging.getLogger(__name__)


@click.command("worker")
@click.option("--jobs", type=click.IntRange(2, 64), help="How many jobs at the same time.")
@click.option("--schedule/--no-schedule", "leads", default=True, help="Lead the schedule where nobody does.")
def worker_command(jobs: int | None, *, leads: bool) -> None:
    """Do the jobs of the queue until stopped, and serve nobody.

    Servers leave them to it with GHAR_WORKER=false. There may be any number. One that is stopped lets what
    runs end for a while, and puts the rest back; a second signal ends it at once.
    """
    chosen = settings(database_background_pool_size=None if jobs is None else jobs + 1)
    complete(_work(chosen, leads=leads))


async def _work(chosen: Settings, *, leads: bool) -> None:
    with _told_to_stop() as stopped, ExitStack() as shown:
        async with running(chosen, shown.enter_context(bars())) as runtime, AsyncExitStack() as steps:
            shown.close()
            await steps.enter_async_context(work.working(runtime))
            if leads:
                await steps.enter_async_context(schedule.leading(runtime))
            await steps.enter_async_context(backfill.wanting(runtime))
            log.info("Working on the queue")
            await stopped.wait()
            log.info("Stopping")


@contextmanager
def _told_to_stop() -> Generator[asyncio.Event]:
    """Set by the first signal; the second one ends the process."""
    stopped, loop = asyncio.Event(), asyncio.get_running_loop()

    def told(number: signal.Signals) -> None:
        if stopped.is_set():
            # Transactions are rolled back, and jobs taken up by others: as after any other death.
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        stopped.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told, number)
    try:
        yield stopped
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
