"""The agenda of staff: whom they show what today, and which visits nobody shows yet."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from storage import visit_lists, visits
from tools import moments
from tools.contract import Call, Model, Page, tool
from tools.offers import Limit
from tools.refusals import Conflict, Forbidden
from tools.visits.hosts import midnight
from tools.visits.lists import page, position
from tools.visits.rules import NoSuchVisit, OneVisit, Visit, ahead, changed
from tools.visits.telling import as_it_is, held, tell


class VisitPickedUp(Conflict):
    """Somebody shows this visit already."""


class BusyThen(Conflict):
    """You show another property then."""


class OwnVisit(Forbidden):
    """This is a visit of your own, which somebody else has to show."""


class StaffVisits(Model):
    which: Literal["today", "unassigned"] = "today"
    """`today`: what the person shows today. `unassigned`: visits ahead that nobody shows yet."""

    limit: Limit = 20
    cursor: str | None = None
    """`next_cursor` of the page before."""


@tool("staff", "read", scope="agenda:read", http="GET /admin/visits")
async def staff_visits(call: Call, ask: StaffVisits) -> Page[Visit]:
    """What a member of staff shows today, or the visits that nobody shows yet."""
    purpose = f"staff_visits:{ask.which}"
    after = position(call, purpose, ask.cursor)
    if ask.which == "unassigned":
        found = await visit_lists.unassigned(call.db, call.now(), after, ask.limit + 1)
    else:
        since = midnight(call.now().astimezone(moments.INDIA).date())
        until = since + timedelta(days=1)
        found = await visit_lists.between(call.db, call.member.id, since, until, after, ask.limit + 1)
    return page(call, found, ask.limit, purpose, "host")


@tool(
    "staff",
    "write",
    scope="agenda:write",
    http="POST /admin/visits/{id}/pick-up",
    refuses={"visits_one_host_at_a_time": BusyThen},
)
async def pick_up_visit(call: Call, ask: OneVisit) -> Visit:
    """Show a visit that nobody shows yet, which confirms it. The visitor is told."""
    found = await visits.held(call.db, ask.id)
    if found is None:
        raise NoSuchVisit
    visit = ahead(found, call.now())
    if visit.person_id == call.member.id:
        raise OwnVisit
    if visit.host_id is not None:
        raise VisitPickedUp
    await visits.take_turns(call.db, call.member.id)
    await visits.change(call.db, visit.id, host_id=call.member.id, status="confirmed", awaits=None)
    changed(call, visit, host_id=call.member.id, status="confirmed", awaits=None)
    await tell(call, visit, visit.person_id, "visit.confirmed", "visit_confirmed")
    return await as_it_is(call, await held(call, visit.id))
