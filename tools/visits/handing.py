"""Handing on: a visit is shown by somebody else, as its host asks, or as the property becomes another's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import Field

from storage import staff, visit_hosts, visit_lists, visits
from tools.consent import Foreseen
from tools.contract import Call, Model, Round, tool
from tools.jobs import job
from tools.offers import Id
from tools.refusals import Conflict, Contradiction, NotFound
from tools.visits import hosts
from tools.visits.rules import CLASHES, NoSuchVisit, Visit, ahead, changed, said, shown
from tools.visits.telling import held, look_for_somebody, tell

if TYPE_CHECKING:
    from storage.people import PersonRow
    from storage.visits import Seen

AT_ONCE: Final = 100
"""Visits that are handed on in one transaction."""


class NoSuchColleague(NotFound):
    """to_id is nobody of the staff who is at work."""


class ColleagueNotFree(Conflict):
    """They cannot show it then. Choose somebody else."""


class HandOverVisit(Model):
    id: Id
    """A visit ahead that the person shows."""

    to_id: Id
    """Who is to show it: a member of staff at work."""


class HandOnVisits(Model):
    from_id: int
    """Who looked after the properties."""

    to_id: int
    """Who does now."""

    limit: Annotated[int, Field(ge=1, le=1_000)] = AT_ONCE


async def _foretell(call: Call, ask: HandOverVisit) -> Foreseen:
    visit, colleague = await _fitting(call, ask, await visits.get(call.db, ask.id, call.member.id))
    who, when = colleague.name or "A member of staff", said(visit.starts)
    return Foreseen(
        what=(
            f"{who} is asked to show “{visit.title}” on {when[0]} instead of you. The visitor is told.",
            f"{when[1]} पर “{visit.title}” आपकी जगह {who} से दिखाने को कहा जाएगा। आने वाले को बताया जाएगा।",
        ),
        whom=(who, who),
        until=visit.starts,
        state={"starts": visit.starts, "status": visit.status},
    )


@tool(
    "staff",
    "write",
    scope="agenda:write",
    http="POST /admin/visits/{id}/hand-over",
    consent="host",
    foretell=_foretell,
    refuses={"visits_one_host_at_a_time": ColleagueNotFree},
)
async def hand_over_visit(call: Call, ask: HandOverVisit) -> Visit:
    """Ask a colleague to show a visit in one's stead, once confirmed. They say yes to it; both are told."""
    visit, colleague = await _fitting(call, ask, await visits.held(call.db, ask.id, call.member.id))
    await visits.take_turns(call.db, colleague.id)
    return shown(await _give(call, visit, colleague), "host", call.now())


@job(refuses=CLASHES)
async def hand_on_visits(call: Call, ask: HandOnVisits) -> Round:
    """Let visits follow a portfolio: whoever has it now shows them if they can, or somebody else is found."""
    taker = await _colleague(call, ask.to_id)
    moved = await visit_lists.handed_on(call.db, ask.from_id, ask.to_id, call.now(), ask.limit)
    await visits.take_turns(call.db, ask.to_id)
    for visit in moved:
        if taker is not None and await _can_show(call, visit, taker.id):
            await _give(call, visit, taker)
        else:
            await _leave_open(call, visit)
    return Round(done=len(moved), remaining=int(len(moved) == ask.limit))


async def _fitting(call: Call, ask: HandOverVisit, visit: Seen | None) -> tuple[Seen, PersonRow]:
    """The visit and the colleague who could show it."""
    me = call.member.id
    visit = ahead(visit, call.now())
    if visit.host_id != me:
        raise NoSuchVisit
    if ask.to_id == me:
        raise Contradiction("to_id is the person who shows it already.")
    colleague = await _colleague(call, ask.to_id)
    if colleague is None:
        raise NoSuchColleague
    if not await _can_show(call, visit, colleague.id):
        raise ColleagueNotFree
    return visit, colleague


async def _colleague(call: Call, person_id: int) -> PersonRow | None:
    """A member of staff who is at work."""
    found = await staff.get(call.db, person_id)
    if found is None or found[0].deletes_at is not None or (found[1] and not found[1].active):
        return None
    return found[0]


async def _can_show(call: Call, visit: Seen, person_id: int) -> bool:
    """Whether somebody is free then, and neither the visitor nor apart from them."""
    if person_id == visit.person_id:
        return False
    (host,) = await visit_hosts.these(call.db, [person_id], visit.person_id)
    alone = hosts.Showing("nobody", [] if host.apart else [host])
    return bool(await hosts.able(call, alone, visit.property_id, visit.person_id, visit.starts, but=visit.id))


async def _give(call: Call, visit: Seen, to: PersonRow) -> Seen:
    """Let somebody show a visit, who has to say yes to it where it does not wait for its visitor."""
    anew = _anew(visit, to.id)
    await visits.change(call.db, visit.id, **anew)
    changed(call, visit, **anew)
    given = await held(call, visit.id)
    await tell(call, given, to.id, "visit.requested", "visit_requested")
    who = to.name or "A colleague"
    await tell(call, given, visit.person_id, "visit.moved", "visit_handed_on", who=who)
    return given


async def _leave_open(call: Call, visit: Seen) -> None:
    """Let a visit wait until somebody is found who shows it."""
    anew = {"host_id": None, "status": "requested", "awaits": "host"}
    await visits.change(call.db, visit.id, **anew)
    changed(call, visit, **anew)
    left = await held(call, visit.id)
    await tell(call, left, visit.person_id, None, "visit_host_left")
    await look_for_somebody(call, left)


def _anew(visit: Seen, host_id: int) -> dict[str, Any]:
    if visit.awaits == "visitor":
        return {"host_id": host_id}
    return {"host_id": host_id, "status": "requested", "awaits": "host"}
