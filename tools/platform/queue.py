"""The queue: what waits, runs and failed, for admins, and for whoever asked for long work."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from storage import queue
from storage.queue import Standing
from tools.contract import Batch, Call, Model, Page, Round, Surface, tool
from tools.jobs import job
from tools.platform.status import Nothing
from tools.refusals import Contradiction, NotFound, Refused

State = Literal["queued", "running", "done", "failed", "cancelled"]
UNDONE: tuple[State, ...] = ("queued", "running", "failed")
MOST_REPLAYED = 1_000
REST_ONLY = frozenset[Surface]({"rest", "cli"})


class NoSuchJob(NotFound):
    """There is no such job, or it ended so long ago that it was forgotten."""


class JobEnded(Refused):
    """This job has ended already."""


class NothingToReplay(Refused):
    """This job has not failed."""


class AJob(Model):
    id: Annotated[int, Field(ge=1, le=2**63 - 1)]


class Job(Model):
    """A piece of work in the queue, or that was there."""

    id: int
    name: str

    state: State
    """`queued` also while it waits to be tried again; `failed` once it is not tried any more."""

    done: int
    total: int | None
    """How much there is to do, as far as that is known."""

    note: str | None
    """What it is at, or how it went."""

    code: str | None
    """Why the last attempt failed; `defect` where it is a fault of ours."""

    stopping: bool
    """Whether it runs still but was asked to stop."""

    queued_at: datetime
    started_at: datetime | None
    ended_at: datetime | None

    def summary(self) -> str:
        told = f"Job {self.id} {self.name}: {'stopping' if self.stopping else self.state}"
        if self.total is not None and self.state == "running":
            told += f", {self.done:,} of {self.total:,}"
        return told + (f". {self.note}" if self.note else ".")

    @classmethod
    def of_standing(cls, found: Standing, **more: Any) -> Self:
        known = {name: getattr(found, name) for name in Job.model_fields if name != "stopping"}
        return cls(**known, stopping=found.state == "running" and found.stop_at is not None, **more)


class QueuedJob(Job):
    """As admins see it."""

    owner_id: int | None
    """Whoever may follow it; null for what the platform does for itself."""

    attempts: int
    """How often it was begun since it last got ahead."""

    priority: int | None
    due_at: datetime | None
    """When it is tried, or tried again; null once it has ended."""


class MyJobs(Model):
    limit: Annotated[int, Field(ge=1, le=100)] = 20

    cursor: str | None = None
    """`next_cursor` of the page before."""


@tool("member", "read", scope="account:read", http="GET /jobs", surfaces=REST_ONLY, fresh=True)
async def my_jobs(call: Call, ask: MyJobs) -> Page[Job]:
    """Your long-running jobs of the last days, newest first, and how far each has come."""
    before = call.ports.cursors.read("my_jobs", ask.cursor)["before"] if ask.cursor else None
    found = await queue.of_owner(call.db, call.member.id, before=before, limit=ask.limit + 1)
    items = [Job.of_standing(each) for each in found[: ask.limit]]
    more = len(found) > ask.limit
    after = call.ports.cursors.write("my_jobs", {"before": items[-1].id}) if more else None
    return Page[Job](items=items, next_cursor=after, has_more=more)


@tool("member", "read", scope="account:read", http="GET /jobs/{id}", surfaces=REST_ONLY, fresh=True)
async def job_status(call: Call, ask: AJob) -> Job:
    """How far one of your long-running jobs has come, or how it went."""
    return Job.of_standing(await _own(call, ask.id))


@tool(
    "member",
    "write",
    scope="account:write",
    http="POST /jobs/{id}/cancel",
    surfaces=REST_ONLY,
    idempotent=True,
)
async def cancel_my_job(call: Call, ask: AJob) -> Job:
    """Cancel one of your jobs. One that runs stops soon, and what it has not finished is taken back."""
    return Job.of_standing(await _cancel(call, await _own(call, ask.id)))


async def _own(call: Call, id_: int) -> Standing:
    found = await queue.get(call.db, id_)
    if found is None or found.owner_id != call.member.id:
        raise NoSuchJob
    return found


async def _cancel(call: Call, found: Standing) -> Standing:
    state = await queue.cancel(call.db, found.id)
    if state is None:
        raise JobEnded
    call.changed(
        "job", found.id, before={"state": found.state}, after={"state": "cancelled"}, whose=found.owner_id
    )
    now = await queue.get(call.db, found.id)
    if now is None:
        raise NoSuchJob
    return now


class ListJobs(Model):
    states: list[State] = Field(default_factory=lambda: list(UNDONE), max_length=5)
    """Which jobs; by default those that have not ended, and those that failed."""

    name: str | None = None
    """Only jobs of this name, such as `send_notification`."""

    limit: Annotated[int, Field(ge=1, le=100)] = 20

    cursor: str | None = None
    """`next_cursor` of the page before."""


@tool("admin", "read", scope="platform:read", http="GET /admin/jobs", fresh=True)
async def list_jobs(call: Call, ask: ListJobs) -> Page[QueuedJob]:
    """The jobs in the queue, newest first: waiting, running and failed ones, or those in the states given."""
    before = call.ports.cursors.read("list_jobs", ask.cursor)["before"] if ask.cursor else None
    found = await queue.some(call.db, ask.states, ask.name, before=before, limit=ask.limit + 1)
    items = [
        QueuedJob.of_standing(
            each,
            owner_id=each.owner_id,
            attempts=each.attempts,
            priority=each.priority,
            due_at=each.due_at,
        )
        for each in found[: ask.limit]
    ]
    more = len(found) > ask.limit
    after = call.ports.cursors.write("list_jobs", {"before": items[-1].id}) if more else None
    return Page[QueuedJob](items=items, next_cursor=after, has_more=more)


class JobCounts(Model):
    name: str

    due: int
    """What could be begun now."""

    later: int
    """What waits for its time, or to be tried again."""

    running: int
    failed: int

    behind_seconds: float
    """For how long the oldest of what is due has been so."""


class QueueStatus(Model):
    jobs: list[JobCounts]
    """By name; a name with nothing in the queue is left out."""

    due: int
    running: int
    failed: int
    behind_seconds: float

    def summary(self) -> str:
        return (
            f"{self.due:,} jobs are due, the oldest for {self.behind_seconds:.0f} s, "
            f"{self.running:,} run and {self.failed:,} have failed."
        )


@tool("admin", "read", scope="platform:read", http="GET /admin/queue", fresh=True)
async def queue_status(call: Call, ask: Nothing) -> QueueStatus:
    """How much waits in the queue, runs and has failed, by name of the job, and how far it is behind."""
    counts = [
        JobCounts(
            name=each.name,
            due=each.due,
            later=each.later,
            running=each.running,
            failed=each.failed,
            behind_seconds=round(each.oldest.total_seconds(), 1) if each.oldest else 0,
        )
        for each in await queue.waiting(call.db)
    ]
    return QueueStatus(
        jobs=counts,
        due=sum(each.due for each in counts),
        running=sum(each.running for each in counts),
        failed=sum(each.failed for each in counts),
        behind_seconds=max((each.behind_seconds for each in counts), default=0),
    )


class ReplayJob(Model):
    id: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None

    name: str | None = None
    """Instead of an id: all failed jobs of this name, the thousand oldest at once."""


class Replayed(Model):
    replayed: list[int]
    """The ids of what is tried again."""


@tool("admin", "write", scope="platform:write", http="POST /admin/jobs/replay")
async def replay_job(call: Call, ask: ReplayJob) -> Replayed:
    """Try a failed job again, or all failed jobs of one name, as if for the first time."""
    if (ask.id is None) == (ask.name is None):
        raise Contradiction("Give either id or name.")
    ids = await queue.replay(call.db, id_=ask.id, name=ask.name, limit=MOST_REPLAYED)
    if ask.id is not None and not ids:
        raise NoSuchJob if await queue.get(call.db, ask.id) is None else NothingToReplay
    for id_ in ids:
        call.changed("job", id_, before={"state": "failed"}, after={"state": "queued"})
    return Replayed(replayed=ids)


@tool("admin", "destroy", scope="platform:write", http="POST /admin/jobs/{id}/cancel", idempotent=True)
async def cancel_job(call: Call, ask: AJob) -> QueuedJob:
    """Cancel a job that waits, runs or has failed. One that runs stops soon and is rolled back."""
    found = await queue.get(call.db, ask.id)
    if found is None:
        raise NoSuchJob
    now = await _cancel(call, found)
    return QueuedJob.of_standing(
        now, owner_id=now.owner_id, attempts=now.attempts, priority=now.priority, due_at=now.due_at
    )


@job("destroy", cron="40 * * * *")
async def forget_old_jobs(call: Call, ask: Batch) -> Round:
    """Forget jobs that ended a week ago, failed ones after thirty days, and PgQueuer's log of them."""
    done = await queue.forget(call.db, ask.limit)
    return Round(done=done, remaining=await queue.count_old(call.db))
