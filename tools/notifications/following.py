"""Following: whoever asked for long work is told how it ended."""

from __future__ import annotations

from storage import queue
from tools.contract import Call, Model
from tools.jobs import job
from tools.notices import notify
from tools.notifications.inbox import Id
from tools.refusals import NotFound


class NoSuchJob(NotFound):
    """There is no such job any more."""


class TellOfJob(Model):
    id: Id


class ToldOfJob(Model):
    type: str | None
    """What its owner is told; null where nobody follows it, it goes on, or it has told them itself."""


@job()
async def tell_of_job(call: Call, ask: TellOfJob) -> ToldOfJob:
    """Tell the owner of a job that it was done, or that it failed."""
    found = await queue.get(call.db, ask.id)
    if found is None:
        raise NoSuchJob
    if found.owner_id is None or found.state not in ("done", "failed"):
        return ToldOfJob(type=None)
    type_ = "job_done" if found.state == "done" else "job_failed"
    tool = call.catalog.tools.get(found.name)
    if type_ == "job_done" and tool and tool.work and tool.work.tells:
        return ToldOfJob(type=None)
    await notify(call, found.owner_id, type_, job_id=found.id, what=tool.title if tool else found.name)
    return ToldOfJob(type=type_)
