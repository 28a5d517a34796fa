"""Claims: PgQueuer, told by us how a job begins and ends. Importing it takes a fifth of a second."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.core.executors import EntrypointExecutor, EntrypointExecutorParameters
from pgqueuer.core.qm import QueueManager
from pgqueuer.errors import PgqException

from storage import queue_work
from tools.faults import DATABASE_ERRORS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    import asyncpg
    from pgqueuer.domain.models import Context, Job, TracebackRecord
    from pgqueuer.domain.types import JOB_STATUS

    from storage.queue_work import Begun, Ending
    from tools.contract import AnyTool

    Execute = Callable[[AnyTool, Job, Context], Awaitable[None]]
    Ended = Callable[[list[Ending]], Awaitable[None]]

FAILURES: Final = (*DATABASE_ERRORS, PgqException, RuntimeError)
"""What ends the work over one connection, and is answered by another. That its tables are not there yet is a
`RuntimeError` of PgQueuer's."""


class Claims(Queries):
    """What PgQueuer asks the database.

    How a job ended is ours to say: in one statement, and only while the job is still this process's.
    """

    def __init__(self, connection: asyncpg.Connection[Any], ended: Ended) -> None:
        super().__init__(AsyncpgDriver(connection))
        self.begun: dict[int, Begun] = {}
        self.endings: dict[int, Ending] = {}
        self._ended = ended
        self.manager = QueueManager(self)

    def offer(self, tools: Iterable[AnyTool], execute: Execute) -> None:
        """Take jobs of these tools."""
        for tool in tools:
            self.manager.register_executor(tool.name, _executor(tool, execute))

    async def dequeue(self, *args: Any, **more: Any) -> list[Job]:
        """Jobs that are now this process's, and said to run."""
        jobs = await super().dequeue(*args, **more)
        if jobs:
            for each in await queue_work.begin(self.driver, [job.id for job in jobs]):
                self.begun[each.id] = each
        return jobs

    async def log_jobs(self, job_status: list[tuple[Job, JOB_STATUS, TracebackRecord | None]]) -> None:
        """Say how jobs ended. Those of which we do not know it stay as they are, and are handed back."""
        endings = [self.endings[job.id] for job, _, _ in job_status if job.id in self.endings]
        if not endings:
            return
        held = set(await queue_work.end(self.driver, self.manager.queue_manager_id, endings))
        for each in endings:
            del self.endings[each.id]
        await self._ended([each for each in endings if each.id in held])


def _executor(tool: AnyTool, execute: Execute) -> EntrypointExecutor:
    assert tool.work is not None

    async def run(job: Job, context: Context) -> None:
        await execute(tool, job, context)

    return EntrypointExecutor(
        EntrypointExecutorParameters(
            func=run, accepts_context=True, concurrency_limit=tool.work.at_once or 0, on_failure="hold"
        )
    )
