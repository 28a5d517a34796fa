"""The worker: takes jobs from the queue and tries them, until it is stopped."""

from __future__ import annotations

import asyncio
import importlib
import logging
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import asyncpg

from servers.attempts import Attempts
from servers.jobs import queued
from servers.logs import fallen
from servers.tally import Tally
from storage import bus, queue_work
from storage.drivers import CONNECT_SECONDS
from storage.queue_work import Begun, Ending

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from uuid import UUID

    from pgqueuer.domain.models import Context, Job

    from servers.claims import Claims
    from servers.runtime import Runtime
    from tools.contract import AnyTool

log = logging.getLogger(__name__)

RETRY_SECONDS: Final = 1.0
LONGEST_RETRY_SECONDS: Final = 10.0
ALIVE: Final = timedelta(seconds=20)
"""A process that has not said for so long that it works on a job is taken for dead."""

LOOK: Final = timedelta(seconds=5)
"""How often a worker looks for jobs although nobody told it of any: what a dead process held is begun again
after `ALIVE` and this."""

STATEMENT_SECONDS: Final = 30.0
GIVE_UP_SECONDS: Final = 3.0


class Worker:
    """Does the jobs of one runtime."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        # Each holds a connection of the background pool, in which something stays for others.
        self._at_once = max(2, runtime.settings.database_background_pool_size - 1)
        self._stopping = asyncio.Event()
        self._attempts = Attempts(runtime.dispatcher, self._follow, self._stopping.is_set)
        self._running: dict[int, asyncio.Task[Ending | None]] = {}
        self._asked: set[int] = set()
        """Those that somebody cancelled."""

        self._claims: Claims | None = None
        self._mine: set[UUID] = set()
        """Under which names this process may still hold jobs."""

        self._worked_since_failing = False
        self._tally = Tally()

    async def run(self, *, drain: bool = False) -> None:
        """Work until `stop`, through every outage of the database; with `drain` until nothing is due."""
        library: Any = await asyncio.to_thread(importlib.import_module, "servers.claims")
        wait = RETRY_SECONDS
        while not self._stopping.is_set():
            try:
                await self._connected(library, drain=drain)
                return
            except library.FAILURES as error:
                log.warning("the queue waits: %s", str(error) or type(error).__name__)
            if self._worked_since_failing:
                wait, self._worked_since_failing = RETRY_SECONDS, False
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), wait)
            wait = min(2 * wait, LONGEST_RETRY_SECONDS)

    def stop(self) -> None:
        """Take no more jobs, and end once those that run have ended."""
        self._stopping.set()
        if self._claims is not None:
            self._claims.manager.shutdown.set()

    def give_up(self) -> None:
        """Break off what runs; it is rolled back, and goes back to the queue."""
        for task in self._running.values():
            task.cancel()

    async def _connected(self, library: Any, *, drain: bool) -> None:
        connection = await asyncpg.connect(
            self._runtime.direct_url,
            timeout=CONNECT_SECONDS,
            command_timeout=STATEMENT_SECONDS,
            server_settings={"application_name": "ghar worker"},
        )
        self._claims = claims = library.Claims(connection, self._ended)
        connection.add_termination_listener(lambda _: self._cut_off(claims))
        watching = asyncio.create_task(self._drained(claims)) if drain else None
        try:
            await queue_work.hand_back(claims.driver, self._mine)
            self._mine = {claims.manager.queue_manager_id}
            self._worked_since_failing = True
            await self._worked(claims)
            if connection.is_closed():
                raise ConnectionResetError("the connection was lost")
        finally:
            if watching is not None:
                watching.cancel()
            await self._left(connection, claims)

    def _cut_off(self, claims: Claims) -> None:
        """Let go of everything: who cannot say that they work on a job will be taken for dead."""
        claims.manager.shutdown.set()
        self.give_up()

    async def _worked(self, claims: Claims) -> None:
        claims.offer(queued(self._runtime), self._execute)
        if self._stopping.is_set():
            return
        await claims.manager.run(
            dequeue_timeout=LOOK,
            batch_size=self._at_once // 2,
            max_concurrent_tasks=self._at_once,
            heartbeat_timeout=ALIVE,
            shutdown_on_listener_failure=True,
            # Nobody reads PgQueuer's statistics: `jobs` says more.
            log_aggregation_interval=timedelta(),
        )

    async def _left(self, connection: asyncpg.Connection[Any], claims: Claims) -> None:
        self._claims = None
        try:
            if not connection.is_closed():
                back = await queue_work.hand_back(claims.driver, self._mine)
                self._mine.clear()
                if back:
                    log.info("handed back to the queue: %s", ", ".join(map(str, back)))
        finally:
            with suppress(OSError, TimeoutError, asyncpg.InterfaceError):
                await connection.close(timeout=2)

    async def _drained(self, claims: Claims) -> None:
        """Stop once nothing is due and nothing runs."""
        names: Any = [tool.name for tool in queued(self._runtime)]
        idle = 0
        while idle < 2:
            await asyncio.sleep(0.1)
            due = self._running or claims.endings or await claims.eligible_queued_work(names)
            idle = 0 if due else idle + 1
        claims.manager.shutdown.set()

    async def _execute(self, tool: AnyTool, job: Job, context: Context) -> None:
        claims = self._claims
        assert claims is not None
        begun = claims.begun.pop(job.id, None) or Begun(job.id, 1, 0, stop=False)
        started = asyncio.get_running_loop().time()
        attempt = self._attempts.attempt(tool, begun, job.payload or b"{}")
        self._running[job.id] = task = asyncio.create_task(attempt, name=f"job {job.id} {tool.name}")
        try:
            ending = await self._awaited(task, job.id, context)
        finally:
            del self._running[job.id]
            self._asked.discard(job.id)
        if ending is not None:
            claims.endings[job.id] = ending
            self._tally.took(tool.name, ending.state, asyncio.get_running_loop().time() - started)

    async def _awaited(self, task: asyncio.Task[Ending | None], id_: int, context: Context) -> Ending | None:
        """How an attempt ends; None where it is broken off without anybody having asked for its end."""
        try:
            with context.cancellation as asked:
                await asyncio.wait({task})
            if asked.cancelled_caught:
                self._asked.add(id_)
        finally:
            # Once, so that a rollback is not broken off as well.
            if not task.done():
                task.cancel()
                await asyncio.wait({task})
        if task.cancelled():
            return Ending(id_, "cancelled") if id_ in self._asked else None
        return task.result()

    async def _follow(self, id_: int, done: int, total: int | None, note: str | None, *, ahead: bool) -> None:
        claims = self._claims
        if claims is None:
            return
        try:
            mine = claims.manager.queue_manager_id
            stop = await queue_work.progress(claims.driver, mine, id_, done, total, note, ahead=ahead)
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.debug("the progress of job %d was not written: %s", id_, error)
            return
        await self._runtime.ports.bus.publish({bus.job(id_)})
        if stop and (task := self._running.get(id_)) is not None:
            self._asked.add(id_)
            task.cancel()

    async def _ended(self, endings: list[Ending]) -> None:
        self._tally.tell()
        await self._runtime.ports.bus.publish({bus.job(each.id) for each in endings})


@asynccontextmanager
async def working(runtime: Runtime) -> AsyncGenerator[Worker]:
    """Work on the queue in the background while the block lasts."""
    worker = Worker(runtime)
    task = asyncio.create_task(worker.run(), name="works")
    task.add_done_callback(fallen("no more jobs are done by this process"))
    try:
        yield worker
    finally:
        await stopped(worker, task, runtime.settings.drain_seconds / 2)


async def stopped(worker: Worker, task: asyncio.Task[None], seconds: float) -> None:
    """Stop a worker: let what runs end for so long, then hand it back."""
    worker.stop()
    await asyncio.wait({task}, timeout=seconds)
    worker.give_up()
    await asyncio.wait({task}, timeout=GIVE_UP_SECONDS)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
