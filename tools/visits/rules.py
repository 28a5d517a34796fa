"""What a visit is, the rules of its time, and the refusals that say them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from storage.visits import Seen, Side
from tools import moments
from tools.contract import Call, Model
from tools.offers import Id, Words
from tools.refusals import Conflict, NotFound, Refused

LENGTH: Final = timedelta(minutes=30)
NOTICE: Final = timedelta(hours=2)
FINDING: Final = timedelta(hours=3)
"""What nobody is free to show yet needs so much notice: two hours before, its visitor hears how it stands."""

AHEAD: Final = timedelta(days=60)
AFTERWARDS: Final = timedelta(days=30)
"""For how long one can still say how it was."""

FIRST_HOUR, LAST_HOUR = 9, 19
"""Visits are between these hours of India's time."""

MOST_AHEAD: Final = 10
"""Visits that one person can have ahead, or a few more where several are confirmed at the same moment."""

Status = Literal["requested", "confirmed", "completed", "cancelled", "missed"]
Reason = Literal["plans_changed", "found_another", "cannot_come", "no_longer_offered", "other"]
"""Why somebody cancels. Words of one's own would carry phone numbers past those who did not agree to it."""

WhyCancelled = Literal[
    "plans_changed", "found_another", "cannot_come", "no_longer_offered", "nobody_free", "not_confirmed",
    "other",
]  # fmt: skip
Interest = Literal["high", "medium", "low", "none"]
Act = Literal["confirm", "reschedule", "cancel", "complete"]
Told = Annotated[str, Field(max_length=1000)]


class NotASlot(Refused):
    """Visits begin on the hour or half hour, the first at 9:00 and the last at 18:30 India time."""


class TooSoon(Refused):
    """Choose a time at least two hours from now."""


class TooLateToFind(Refused):
    """Nobody who shows this property is free then, and it is too late to find somebody. Choose another."""


class TooFarAhead(Refused):
    """Choose a time within the next 60 days."""


class SlotTaken(Conflict):
    """Somebody else is seeing this property then. Choose another time."""


class AlreadyVisiting(Conflict):
    """You are seeing a property then already. Choose another time, or cancel that visit first."""


class HostNotFree(Conflict):
    """Whoever shows this property is not free then. visit_slots lists the times when they are."""


class TooManyVisits(Refused):
    """You have as many visits ahead as one person can. Cancel one first."""


class OwnHome(Refused):
    """You show this property yourself."""


class NoSuchVisit(NotFound):
    """You have no such visit."""


class VisitCancelled(Refused):
    """This visit has been cancelled already."""


class VisitOver(Refused):
    """This visit is over, and it has been told how it went."""


class VisitBegun(Refused):
    """This visit has begun, so its time can no longer be changed."""


CLASHES: Final[Mapping[str, type[Refused]]] = {
    "visits_one_at_a_time": SlotTaken,
    "visits_one_place_at_a_time": AlreadyVisiting,
    "visits_one_host_at_a_time": HostNotFree,
}
"""What the constraints of visits mean."""


class Visit(Model):
    id: int
    property_id: int
    title: str
    place: str | None
    """Where it is: its society, and its sector or locality."""

    starts: datetime
    ends: datetime
    status: Status
    side: Side
    """`visitor`: the person goes to see it. `host`: the person shows it."""

    with_whom: str | None
    """Who shows it, or who comes; null while nobody has been found, or where they gave no name."""

    awaits: Literal["you", "them"] | None
    """Whose yes a requested visit waits for."""

    cancelled_by: Literal["you", "them", "us"] | None
    reason: WhyCancelled | None
    """Why it was cancelled."""

    interest: Interest | None
    """As the person said afterwards: their own as visitor, the visitor's as host."""

    feedback: str | None
    """What the person said of it afterwards."""

    their_interest: Interest | None
    """For hosts: what the visitor said themselves."""

    their_feedback: str | None
    """Likewise."""

    follow_up_on: date | None
    """For hosts: when to be reminded of the visitor."""

    can: list[Act]
    """What the person can do with it now."""

    def summary(self) -> str:
        when = moments.appointment(self.starts, self.ends, "en")
        shown = "Showing" if self.side == "host" else "Visit"
        return f"{shown} {self.id}, {self.status}: {self.title} on {when}, India time."


class OneVisit(Model):
    id: Id


def shown(visit: Seen, side: Side, now: datetime) -> Visit:
    """A visit as one of its two sides sees it."""
    hosts = side == "host"
    return Visit.of(
        id=visit.id,
        property_id=visit.property_id,
        title=visit.title,
        place=visit.place,
        starts=visit.starts,
        ends=visit.ends,
        status=visit.status,
        side=side,
        with_whom=_other(visit, side),
        awaits=visit.awaits and ("you" if visit.awaits == side else "them"),
        cancelled_by=_by(visit, side),
        reason=visit.reason,
        interest=visit.host_interest if hosts else visit.visitor_interest,
        feedback=visit.host_notes if hosts else visit.visitor_feedback,
        their_interest=visit.visitor_interest if hosts else None,
        their_feedback=visit.visitor_feedback if hosts else None,
        follow_up_on=visit.follow_up_on if hosts else None,
        can=acts(visit, side, now),
    )


def acts(visit: Seen, side: Side, now: datetime) -> list[Act]:
    """What somebody on a side can do with a visit."""
    if visit.stands and visit.starts > now:
        return ["confirm", "reschedule", "cancel"] if visit.awaits == side else ["reschedule", "cancel"]
    return ["complete"] if _can_be_told(visit, now) else []


def _can_be_told(visit: Seen, now: datetime) -> bool:
    happened = visit.status in ("confirmed", "completed", "missed")
    return happened and visit.starts <= now <= visit.ends + AFTERWARDS


def state(visit: Seen, **other: Any) -> dict[str, Any]:
    """What the record keeps of a visit."""
    kept = {"starts": visit.starts, "status": visit.status, "awaits": visit.awaits, "host_id": visit.host_id}
    return kept | other


def changed(call: Call, visit: Seen, **after: Any) -> None:
    """Say for the record what a write has done to a visit."""
    call.changed("visit", visit.id, before=state(visit), after=state(visit, **after), whose=visit.person_id)
    call.concerns("property", visit.property_id)


def fits(starts: datetime, now: datetime) -> None:
    """Refuse a time at which no visit can begin."""
    notice = starts - now
    if notice < NOTICE:
        raise TooSoon
    if notice > AHEAD:
        raise TooFarAhead
    there = starts.astimezone(moments.INDIA)
    if (there.minute % 30, there.second, there.microsecond) != (0, 0, 0):
        raise NotASlot
    if not FIRST_HOUR <= there.hour < LAST_HOUR:
        raise NotASlot


def ahead(visit: Seen | None, now: datetime) -> Seen:
    """The visit, if it still stands and has not begun."""
    if visit is None:
        raise NoSuchVisit
    if visit.status == "cancelled":
        raise VisitCancelled
    if not visit.stands:
        raise VisitOver
    if visit.starts <= now:
        raise VisitBegun
    return visit


def side(visit: Seen, person_id: int) -> Side:
    """On which side somebody is; refuses whoever is on none."""
    found = visit.side_of(person_id)
    if found is None:
        raise NoSuchVisit
    return found


def said(starts: datetime) -> Words:
    """When a visit that begins then is."""
    english, hindi = (moments.appointment(starts, starts + LENGTH, lang) for lang in ("en", "hi"))
    return f"{english}, India time", f"{hindi}, भारतीय समय"


def _other(visit: Seen, side: Side) -> str | None:
    if side == "host":
        return _first(visit.visitor)
    return visit.host if visit.host_role != "member" else _first(visit.host)


def _first(name: str | None) -> str | None:
    """What is told of a member to whom they meet: the first of their names."""
    return name and name.split()[0]


def _by(visit: Seen, side: Side) -> Literal["you", "them", "us"] | None:
    if visit.cancelled_by is None:
        return None
    if visit.cancelled_by == "platform":
        return "us"
    return "you" if visit.cancelled_by == side else "them"
