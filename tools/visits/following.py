"""Following visits: reminders before, asking afterwards, and finding somebody to show what nobody does.

What is to come is put into the queue with the time that it is about. A visit that was moved or cancelled
meanwhile has another time or none, and what was put in for the old one does nothing.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import Field

from storage import visit_hosts, visit_lists, visits
from tools import moments
from tools.contract import Call, Model, Round
from tools.jobs import job, later
from tools.offers import Blocked
from tools.visits import hosts
from tools.visits.rules import CLASHES, NOTICE
from tools.visits.telling import tell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.visits import Seen

Stage = Literal["day_before", "two_hours", "begins", "over"]
_STAGES: Final[Mapping[Stage, timedelta]] = {
    "day_before": timedelta(hours=-24),
    "two_hours": timedelta(hours=-2),
    "begins": timedelta(),
    "over": timedelta(minutes=90),
}
"""When each is due, after a visit begins."""

_SOONEST: Final = timedelta(minutes=10)
"""A reminder that would come sooner after the request says nothing new."""

_MORNING: Final = time(9, 30)


class FollowVisit(Model):
    id: int
    starts: datetime
    """The time that this is about."""

    stage: Stage
    """What is due."""


class FollowUp(Model):
    id: int
    on: date
    """The day that was chosen."""


class Followed(Model):
    told: int
    """How many people."""

    def summary(self) -> str:
        return f"{self.told} told."


class Tend(Model):
    limit: Annotated[int, Field(ge=1, le=1000)] = 500
    """How many visits of each sort to see to."""


async def follow(call: Call, visit: Seen) -> None:
    """Have a visit followed at the time that it has now."""
    for stage, after in _STAGES.items():
        due = visit.starts + after
        if due > call.now() + _SOONEST:
            given = {"id": visit.id, "starts": visit.starts, "stage": stage}
            await later(call, "follow_visit", given, at=due, key=f"{visit.id} {visit.starts} {stage}")


async def follow_up(call: Call, visit_id: int, on: date) -> None:
    """Have whoever showed a visit reminded of its visitor in the morning of a day."""
    due = datetime.combine(on, _MORNING, moments.INDIA)
    await later(call, "follow_up_visit", {"id": visit_id, "on": on}, at=due, key=f"{visit_id} {on}")


@job(refuses=CLASHES)
async def follow_visit(call: Call, ask: FollowVisit) -> Followed:
    """Do what is due with a visit at a stage, if it still is at that time."""
    visit = await visits.held(call.db, ask.id)
    if visit is None or visit.starts != ask.starts or not visit.stands:
        return Followed(told=0)
    if ask.stage == "begins":
        return await _lapse(call, visit)
    if ask.stage == "over":
        return await _ask(call, visit)
    if ask.stage == "two_hours" and visit.host_id is None:
        return await _last_chance(call, visit)
    return await _remind(call, visit, ask.stage)


@job()
async def follow_up_visit(call: Call, ask: FollowUp) -> Followed:
    """Remind whoever showed a visit of its visitor, on the day that they chose last."""
    visit = await visits.held(call.db, ask.id)
    if visit is None or visit.host_id is None or visit.follow_up_on != ask.on:
        return Followed(told=0)
    await tell(call, visit, visit.host_id, None, "visit_follow_up", on=ask.on)
    return Followed(told=1)


@job(cron="*/10 * * * *", refuses=CLASHES)
async def tend_visits(call: Call, ask: Tend) -> Round:
    """Cancel visits to what has gone, free others of hosts who left, and find hosts for those without."""
    done = 0
    for gone in await visit_hosts.gone(call.db, call.now(), ask.limit):
        await _cancel(call, gone, "no_longer_offered")
        done += 1
    for stranded in await visit_hosts.stranded(call.db, call.now(), ask.limit):
        await visits.change(call.db, stranded.id, host_id=None, status="requested", awaits="host")
        if stranded.status == "confirmed":
            await tell(call, stranded, stranded.person_id, None, "visit_host_left")
    for waiting in await visit_lists.unassigned_held(call.db, call.now(), ask.limit):
        if await _find_host(call, waiting):
            done += 1
        elif waiting.starts <= call.now() + NOTICE:
            await _cancel(call, waiting, "nobody_free")
            done += 1
    return Round(done=done, remaining=0)


async def _find_host(call: Call, visit: Seen) -> bool:
    """Let somebody show a visit that nobody does; whether anybody can."""
    who = await _who(call, visit)
    try:
        free = await hosts.able(call, who, visit.property_id, visit.person_id, visit.starts, but=visit.id)
    except hosts.HostNotFree:
        return False
    if not free:
        return False
    await visits.take_turns(call.db, *free)
    for host in free:
        if not await visits.showing(call.db, host, visit.starts, visit.ends):
            await visits.change(call.db, visit.id, host_id=host, status="requested", awaits="host")
            await tell(call, visit, host, "visit.requested", "visit_requested")
            return True
    return False


async def _who(call: Call, visit: Seen) -> hosts.Showing:
    try:
        return await hosts.showing(call, visit.property_id, visit.person_id)
    except Blocked:
        return hosts.Showing("nobody", [])
    except hosts.OwnHome:
        near = await hosts.nearby(call, visit.property_id, visit.person_id)
        return hosts.Showing("nobody", near)


async def _remind(call: Call, visit: Seen, stage: Literal["day_before", "two_hours"]) -> Followed:
    """Remind both of a visit that is confirmed, and of one that is not what it waits for."""
    if visit.awaits is not None:
        return await _doubt(call, visit, stage)
    both = [visit.person_id, *([] if visit.host_id is None else [visit.host_id])]
    for each in both:
        await tell(call, visit, each, "visit.near", "visit_reminder", stage=stage)
    return Followed(told=len(both))


async def _last_chance(call: Call, visit: Seen) -> Followed:
    """Cancel what nobody is found for, so that its visitor hears of it in time."""
    if await _find_host(call, visit):
        await tell(call, visit, visit.person_id, None, "visit_uncertain")
    else:
        await _cancel(call, visit, "nobody_free")
    return Followed(told=1)


async def _doubt(call: Call, visit: Seen, stage: Literal["day_before", "two_hours"]) -> Followed:
    """Remind whoever has not yet said yes of that, and shortly before tell the other that it is uncertain."""
    asked, other = visit.host_id, visit.person_id
    if visit.awaits == "visitor":
        asked, other = visit.person_id, visit.host_id
    await tell(call, visit, asked, None, "visit_unconfirmed", stage=stage)
    if stage == "two_hours":
        await tell(call, visit, other, None, "visit_uncertain")
    return Followed(told=int(asked is not None) + int(stage == "two_hours"))


async def _lapse(call: Call, visit: Seen) -> Followed:
    """Cancel what begins and was never confirmed: nobody should wait there alone."""
    if visit.status == "confirmed":
        return Followed(told=0)
    await _cancel(call, visit, "nobody_free" if visit.host_id is None else "not_confirmed")
    return Followed(told=1)


async def _ask(call: Call, visit: Seen) -> Followed:
    """Ask both how it was, which also says whether it happened."""
    await tell(call, visit, visit.person_id, None, "visit_how_was_it")
    await tell(call, visit, visit.host_id, None, "visit_how_did_it_go")
    return Followed(told=1 + (visit.host_id is not None))


async def _cancel(
    call: Call, visit: Seen, why: Literal["no_longer_offered", "nobody_free", "not_confirmed"]
) -> None:
    await visits.cancel(call.db, visit.id, "platform", why)
    for each in (visit.person_id, visit.host_id):
        await tell(call, visit, each, "visit.cancelled", "visit_cancelled", why=why)
