"""Rescheduling: moving a visit to another time, which frees the one before at the same moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import AwareDatetime

from storage import visits
from tools.consent import Foreseen
from tools.contract import Call, Model, tool
from tools.offers import Id, offered
from tools.refusals import Conflict, Refused
from tools.visits import hosts
from tools.visits.following import follow
from tools.visits.rules import (
    CLASHES,
    LENGTH,
    AlreadyVisiting,
    SlotTaken,
    Visit,
    ahead,
    changed,
    fits,
    said,
    shown,
    side,
)
from tools.visits.telling import across, held, look_for_somebody, tell

if TYPE_CHECKING:
    from storage.visits import Seen


class SameTime(Refused):
    """The visit is at that time already."""


class VisitorNotFree(Conflict):
    """The visitor sees another property then. Choose another time."""


class ShowingThen(Conflict):
    """You are showing another property then. Choose another time."""


class RescheduleVisit(Model):
    id: Id
    starts: AwareDatetime
    """The new time, as in request_visit."""


async def _foretell_move(call: Call, ask: RescheduleVisit) -> Foreseen:
    visit = await visits.get(call.db, ask.id, call.member.id)
    visit, who, free = await _moving(call, visit, ask)
    doubt = hosts.SURE if side(visit, call.member.id) == "host" else hosts.doubt(who, free)
    before, after = said(visit.starts), said(ask.starts)
    return Foreseen(
        what=(
            f"The visit to “{visit.title}” on {before[0]} is asked to be moved to {after[0]}.{doubt[0]}",
            f"“{visit.title}” देखने का समय {before[1]} से बदलकर {after[1]} करने को कहा जाएगा।{doubt[1]}",
        ),
        until=ask.starts,
        state={"starts": visit.starts, "status": visit.status},
    )


@tool(
    "member",
    "write",
    scope="visits:write",
    http="POST /visits/{id}/reschedule",
    consent="host",
    foretell=_foretell_move,
    refuses=CLASHES,
)
async def reschedule_visit(call: Call, ask: RescheduleVisit) -> Visit:
    """Move a visit to another time, once confirmed; then the other side has to say yes to it."""
    me = call.member.id
    visit = await visits.held(call.db, ask.id, me)
    if visit is not None:
        await visits.take_turns(call.db, -visit.property_id, visit.person_id)
    visit, _, free = await _moving(call, visit, ask)
    mine = side(visit, me)
    host = visit.host_id if mine == "host" or visit.host_id in free else next(iter(free), None)
    await visits.take_turns(call.db, *([] if host is None else [host]))
    anew = {"status": "requested", "awaits": "visitor" if mine == "host" else "host", "host_id": host}
    await visits.change(call.db, visit.id, starts=ask.starts, ends=ask.starts + LENGTH, **anew)
    changed(call, visit, starts=ask.starts, **anew)
    moved = await held(call, visit.id)
    await follow(call, moved)
    await _tell(call, visit, moved, me)
    return shown(moved, mine, call.now())


async def _moving(
    call: Call, visit: Seen | None, ask: RescheduleVisit
) -> tuple[Seen, hosts.Showing, list[int]]:
    """The visit and who could show it at the new time, unless that will not do."""
    visit = ahead(visit, call.now())
    fits(ask.starts, call.now())
    if ask.starts == visit.starts:
        raise SameTime
    await offered(call, visit.property_id)
    ends, property_id = ask.starts + LENGTH, visit.property_id
    if await visits.busy(call.db, visit.person_id, ask.starts, ends, but=visit.id):
        raise AlreadyVisiting if visit.person_id == call.member.id else VisitorNotFree
    if await visits.taken(call.db, property_id, ask.starts, ends, but=visit.id):
        raise SlotTaken
    who = await hosts.showing(call, property_id, visit.person_id)
    me = call.member.id
    if visit.host_id == me:
        if await visits.showing(call.db, me, ask.starts, ends, but=visit.id):
            raise ShowingThen
        return visit, who, [me]
    return visit, who, await hosts.sought(call, who, property_id, visit.person_id, ask.starts, but=visit.id)


async def _tell(call: Call, before: Seen, moved: Seen, me: int) -> None:
    """Tell the other side of the new time, and whoever showed it before and does not now that it is off."""
    if before.host_id not in (None, moved.host_id, me):
        await tell(call, before, before.host_id, "visit.cancelled", "visit_cancelled", why="plans_changed")
    if moved.host_id is None:
        await look_for_somebody(call, moved)
    elif moved.host_id != before.host_id:
        await tell(call, moved, moved.host_id, "visit.requested", "visit_requested")
    else:
        await tell(call, moved, across(moved, me), "visit.moved", "visit_moved")
