"""The worker: takes jobs from the queue and runs them through dispatch, until it is stopped."""

from __future__ import annotations

import asyncio
import importlib
import logging
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, cast

import asyncpg

from servers.jobs import operator, queued
from storage import bus, queue
from tools.contract import AnyTool, Round
from tools.faults import DATABASE_ERRORS
from tools.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from pgqueuer.core.executors import AbstractEntrypointExecutor
    from pgqueuer.core.qm import QueueManager
    from pgqueuer.domain.models import Context, Job

    from servers.runtime import Runtime

log = logging.getLogger(__name__)

AT_ONCE: Final = 4
"""Jobs of one process that run at the same time; each holds a background connection."""

RETRY_SECONDS: Final = 5.0
ALIVE: Final = timedelta(seconds=30)
"""A process that has not said for so long that it works on a job is taken for dead."""

DRAIN_SECONDS: Final = 15.0
"""How long a stop waits for the jobs that run; what is not done then is done by the next process."""


class Worker:
    """Runs jobs of one runtime."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._manager: QueueManager | None = None
        self._stopping = False

    async def run(self, *, drain: bool = False) -> None:
        """Work until `stop`, through every outage of the database; with `drain` until nothing waits."""
        while not self._stopping:
            try:
                await self._connected(drain=drain)
            except (*DATABASE_ERRORS, RuntimeError) as error:
                log.warning("the queue waits: %s", str(error) or type(error).__name__)
                await asyncio.sleep(RETRY_SECONDS)
            else:
                if drain:
                    return

    def stop(self) -> None:
        """Take no more jobs, and end once those that run have ended."""
        self._stopping = True
        if self._manager is not None:
            self._manager.shutdown.set()

    async def _connected(self, *, drain: bool) -> None:
        library: Any = importlib.import_module("pgqueuer")
        connection = await asyncpg.connect(self._runtime.direct_url)
        try:
            self._manager = manager = library.QueueManager(
                library.Queries.from_asyncpg_connection(connection)
            )
            if self._stopping:
                return
            for tool in queued(self._runtime.catalog):
                manager.register_executor(tool.name, self._executor(tool))
            await manager.run(
                mode=library.types.QueueExecutionMode("drain" if drain else "continuous"),
                batch_size=AT_ONCE // 2,
                max_concurrent_tasks=AT_ONCE,
                heartbeat_timeout=ALIVE,
                shutdown_on_listener_failure=True,
            )
        finally:
            await connection.close(timeout=2)

    def _executor(self, tool: AnyTool) -> AbstractEntrypointExecutor:
        executors: Any = importlib.import_module("pgqueuer.core.executors")
        assert tool.work is not None

        async def execute(job: Job, context: Context) -> None:
            await self._attempt(tool, job, context)

        return executors.EntrypointExecutor(
            executors.EntrypointExecutorParameters(
                func=execute,
                accepts_context=True,
                concurrency_limit=tool.work.at_once or 0,
                on_failure="hold",
            )
        )

    async def _attempt(self, tool: AnyTool, job: Job, _context: Context) -> None:
        errors: Any = importlib.import_module("pgqueuer.errors")
        work = cast("Any", tool.work)
        database = self._runtime.database
        async with database.writing("background") as db:
            await queue.begun(db, job.id, job.attempts + 1)
        try:
            said = await self._rounds(tool, job)
        except Exception as error:
            last = job.attempts + 1 >= work.attempts
            code = error.code if isinstance(error, Refused) else "defect"
            async with database.writing("background") as db:
                await queue.ended(db, job.id, "failed" if last else "queued", str(error), code)
            if last:
                raise
            raise errors.RetryRequested(timedelta(seconds=2**job.attempts), code) from error
        async with database.writing("background") as db:
            await queue.ended(db, job.id, "done", said)
        await self._runtime.ports.bus.publish({bus.job(job.id)})

    async def _rounds(self, tool: AnyTool, job: Job) -> str:
        caller = operator(tool, "background", key=f"job {job.id}")
        done = 0
        while True:
            answer = await self._runtime.dispatcher.run(tool, job.payload or b"{}", caller)
            if not isinstance(answer, Round) or not answer.remaining or not answer.done:
                return answer.summary()
            done += answer.done
            caller = operator(tool, "background")
            async with self._runtime.database.writing("background") as db:
                await queue.progressed(db, job.id, done, done + answer.remaining, None)
            await self._runtime.ports.bus.publish({bus.job(job.id)})


@asynccontextmanager
async def working(runtime: Runtime) -> AsyncGenerator[Worker]:
    """Work on the queue in the background while the block lasts."""
    worker = Worker(runtime)
    task = asyncio.create_task(worker.run(), name="works")
    try:
        yield worker
    finally:
        worker.stop()
        await asyncio.wait({task}, timeout=DRAIN_SECONDS)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
