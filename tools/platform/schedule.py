"""The schedule, for admins: what the platform does by itself and when, running it now, and pausing it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Final, Literal

from pydantic import Field

from storage import schedules
from storage.schedules import ScheduleRow
from tools import moments
from tools.activity import Undo
from tools.contract import AnyTool, Call, Model, tool
from tools.jobs import later
from tools.platform.status import Nothing
from tools.refusals import NotFound

BY_THE_CLOCK: Final = "by the clock"
"""The key of a job that the clock has put into the queue, and with which a second one is the same."""

_A_WEEK: Final = timedelta(days=7)
JobState = Literal["queued", "running", "done", "failed", "cancelled"]


class NotScheduled(NotFound):
    """No job of this name is run by the clock. list_schedule names them."""


class WhichJob(Model):
    name: Annotated[str, Field(max_length=100)]
    """The job, as list_schedule names it."""


class LastRun(Model):
    job: int
    """Its id in the queue."""

    state: JobState
    queued_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    note: str | None
    """How it went, in a sentence."""

    code: str | None
    """Why it failed."""


class ScheduledJob(Model):
    name: str
    what: str
    """What it does."""

    cron: str
    """When it is due, as a crontab expression in India's time."""

    next_due: datetime | None
    """In UTC; null while it is paused."""

    next_due_india: str | None
    """The same in India's time."""

    paused_at: datetime | None
    """Since when it is paused; null where it is not."""

    last: LastRun | None
    """The newest run of it, whoever asked for it."""

    def summary(self) -> str:
        when = f"next {self.next_due_india}" if self.paused_at is None else "paused"
        how = f"last {self.last.state}" if self.last else "never run so far"
        return f"{self.name}: {when}; {how}"


class Schedule(Model):
    led: bool
    """Whether a process sees to it now. It is false in serverless mode, where `ghar run-due` does."""

    jobs: list[ScheduledJob]

    def summary(self) -> str:
        state = "A process leads the schedule" if self.led else "No process leads the schedule now"
        return "\n".join([f"{state}. Times are India's.", *(f"- {each.summary()}" for each in self.jobs)])


class PutIn(Model):
    name: str
    job: int
    """Its id in the queue. Where it waited already, that is the same one."""

    def summary(self) -> str:
        return f"{self.name} is in the queue as job {self.job}."


class ClockState(Model):
    name: str
    paused_at: datetime | None

    def summary(self) -> str:
        return f"{self.name} is {'run by the clock' if self.paused_at is None else 'paused'}."


@tool("admin", "read", scope="platform:read", http="GET /admin/schedule", fresh=True)
async def list_schedule(call: Call, ask: Nothing) -> Schedule:
    """What the platform does by itself: when each job is due next, how it went last, and which are paused."""
    tools = [each for each in call.catalog if each.work is not None and each.work.cron is not None]
    names = [each.name for each in tools]
    rows = {row.name: row for row in await schedules.every(call.db)}
    last = await schedules.last(call.db, names)
    jobs = [_scheduled(call, each, rows.get(each.name), last.get(each.name)) for each in tools]
    return Schedule(led=await schedules.led(call.db), jobs=sorted(jobs, key=lambda each: each.name))


@tool("admin", "write", scope="platform:write", http="POST /admin/schedule/{name}/run")
async def run_job_now(call: Call, ask: WhichJob) -> PutIn:
    """Put a job of the schedule into the queue now, even a paused one. While one waits, it is that one."""
    name = _clocked(call, ask.name).name
    queued = await later(call, name, key=BY_THE_CLOCK, owner=call.member.id)
    call.changed("job", queued, after={"kind": name})
    return PutIn(name=name, job=queued)


@tool(
    "admin",
    "write",
    scope="platform:write",
    http="POST /admin/schedule/{name}/pause",
    idempotent=True,
    undo=Undo("resume_job", within=_A_WEEK),
)
async def pause_job(call: Call, ask: WhichJob) -> ClockState:
    """Keep the clock from running a job until it is resumed. One that runs already goes on."""
    name = _clocked(call, ask.name).name
    return await _turned(call, name, "paused", turned=await schedules.pause(call.db, name, call.now()))


@tool(
    "admin",
    "write",
    scope="platform:write",
    http="POST /admin/schedule/{name}/resume",
    idempotent=True,
    undo=Undo("pause_job", within=_A_WEEK),
)
async def resume_job(call: Call, ask: WhichJob) -> ClockState:
    """Let the clock run a job again, from its next time on: what it missed is not made up for."""
    name = _clocked(call, ask.name).name
    return await _turned(call, name, "running", turned=await schedules.resume(call.db, name, call.now()))


async def _turned(call: Call, name: str, to: str, *, turned: bool) -> ClockState:
    if turned:
        before = "running" if to == "paused" else "paused"
        call.changed("schedule", name, before={"clock": before}, after={"clock": to})
        call.undo_with(name=name)
    else:
        call.concerns("schedule", name)
    return ClockState(name=name, paused_at=await schedules.paused_at(call.db, name))


def _clocked(call: Call, name: str) -> AnyTool:
    found = call.catalog.tools.get(name)
    if found is None or found.work is None or found.work.cron is None:
        raise NotScheduled
    return found


def _scheduled(
    call: Call, each: AnyTool, row: ScheduleRow | None, last: schedules.LastJob | None
) -> ScheduledJob:
    assert each.work is not None
    assert each.work.cron is not None
    paused_at = row.paused_at if row else None
    due = None
    if paused_at is None and call.ports.timetable is not None:
        due = call.ports.timetable.following(each.work.cron, row.looked_at if row else call.now())
    return ScheduledJob(
        name=each.name,
        what=each.summary,
        cron=each.work.cron,
        next_due=due,
        next_due_india=moments.said(due, "en") if due else None,
        paused_at=paused_at,
        last=None if last is None else _ran(last),
    )


def _ran(last: schedules.LastJob) -> LastRun:
    return LastRun.model_validate({"job": last.id} | {k: v for k, v in last._asdict().items() if k != "id"})
