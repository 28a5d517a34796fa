"""Afterwards: how a visit went, each side for itself, and when to come back to its visitor."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from storage import visits
from tools import moments
from tools.contract import Call, Model, tool
from tools.offers import Id
from tools.refusals import Invalid, Refused
from tools.visits.following import follow_up
from tools.visits.rules import (
    Interest,
    NoSuchVisit,
    Told,
    Visit,
    VisitCancelled,
    acts,
    changed,
    side,
)
from tools.visits.telling import as_it_is

if TYPE_CHECKING:
    from storage.visits import Seen, Side

_LATEST: Final = timedelta(days=366)


class NotYetSeen(Refused):
    """This visit has not begun yet, or was never confirmed, so there is nothing to tell of it."""


class TooLateToTell(Refused):
    """This visit was more than 30 days ago, so what is known of it stays."""


class ToldOtherwise(Refused):
    """The other side has told it otherwise. Leave `met` out, and say the rest in `feedback`."""


class ForHosts(Refused):
    """Only whoever showed the property is reminded of its visitor."""


class NotADayAhead(Invalid):
    """follow_up_on: choose a day after today, within a year."""


class CompleteVisit(Model):
    id: Id
    met: bool = True
    """False where the other side did not come."""

    interest: Interest | None = None
    """How interested the visitor is: as visitor the person's own, as host what they took it to be."""

    feedback: Told | None = None
    """A visitor's is seen by whoever showed it; a host's notes by themselves."""

    follow_up_on: date | None = None
    """For hosts: the day on which to be reminded of the visitor."""


@tool("member", "write", scope="visits:write", http="POST /visits/{id}/complete")
async def complete_visit(call: Call, ask: CompleteVisit) -> Visit:
    """Say how a visit went: whether it took place, the visitor's interest, and feedback."""
    visit = await visits.held(call.db, ask.id, call.member.id)
    if visit is None:
        raise NoSuchVisit
    mine = side(visit, call.member.id)
    _tellable(call, visit, mine)
    status = _outcome(visit, ask)
    if ask.follow_up_on is not None:
        await _remember(call, visit, mine, ask.follow_up_on)
    if status != visit.status:
        await visits.change(call.db, visit.id, status=status)
    said = _said(ask, mine)
    if said:
        await visits.note(call.db, visit.id, **said)
    changed(call, visit, status=status, said=sorted(said))
    return await as_it_is(call, visit)


def _tellable(call: Call, visit: Seen, mine: Side) -> None:
    if visit.status == "cancelled":
        raise VisitCancelled
    if visit.starts > call.now() or visit.status == "requested":
        raise NotYetSeen
    if "complete" not in acts(visit, mine, call.now()):
        raise TooLateToTell


def _outcome(visit: Seen, ask: CompleteVisit) -> str:
    """What the visit is then. The first who tells decides."""
    if visit.status == "confirmed":
        return "completed" if ask.met else "missed"
    if "met" in ask.model_fields_set and ask.met != (visit.status == "completed"):
        raise ToldOtherwise
    return visit.status


def _said(ask: CompleteVisit, mine: Side) -> dict[str, Any]:
    """The columns of what somebody says. What they leave out stays as they said before."""
    names = {
        "visitor": {"interest": "visitor_interest", "feedback": "visitor_feedback"},
        "host": {"interest": "host_interest", "feedback": "host_notes", "follow_up_on": "follow_up_on"},
    }
    given = {name: getattr(ask, name) for name in ask.model_fields_set}
    return {column: given[name] for name, column in names[mine].items() if name in given}


async def _remember(call: Call, visit: Seen, mine: Side, on: date) -> None:
    if mine != "host":
        raise ForHosts
    today = call.now().astimezone(moments.INDIA).date()
    if not today < on <= today + _LATEST:
        raise NotADayAhead
    await follow_up(call, visit.id, on)
