"""Visits: seeing a property in person, at a time that nobody else has."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final, Literal

from pydantic import AwareDatetime

from storage import visits
from storage.listings import Offer
from storage.visits import Seen
from tools import moments
from tools.activity import Undo
from tools.consent import Foreseen
from tools.contract import Call, Model, Page, tool
from tools.notices import notify
from tools.offers import Id, Limit, Words, carer, named, offered, told
from tools.refusals import Conflict, NotFound, Refused

LENGTH: Final = timedelta(minutes=30)
NOTICE: Final = timedelta(hours=2)
AHEAD: Final = timedelta(days=60)
FIRST_HOUR, LAST_HOUR = 9, 19
"""Visits are between these hours of India's time."""

MOST_AHEAD: Final = 10
"""Visits that one person can have ahead, or a few more where several are confirmed at the same moment."""

_NOBODY: Final[Words] = (
    " Nobody looks after this property yet, so whether somebody can show it is not certain.",
    " अभी कोई इस प्रॉपर्टी को नहीं सँभालता, इसलिए कोई दिखा पाएगा या नहीं, यह तय नहीं है।",
)


class NotASlot(Refused):
    """Visits begin on the hour or half hour, the first at 9:00 and the last at 18:30 India time."""


class TooSoon(Refused):
    """Choose a time at least two hours from now."""


class TooFarAhead(Refused):
    """Choose a time within the next 60 days."""


class SlotTaken(Conflict):
    """Somebody else is seeing this property then. Choose another time."""


class AlreadyVisiting(Conflict):
    """You are seeing a property then already. Choose another time, or cancel that visit first."""


class TooManyVisits(Refused):
    """You have as many visits ahead as one person can. Cancel one first."""


class NoSuchVisit(NotFound):
    """You have no such visit."""


class VisitCancelled(Refused):
    """This visit has been cancelled already."""


class VisitBegun(Refused):
    """This visit has begun, so it can no longer be cancelled."""


class RequestVisit(Model):
    property_id: Id
    """Which property."""

    starts: AwareDatetime
    """When to meet, with a UTC offset: on the hour or half hour from 9:00 to 18:30 India time (+05:30), at
    least two hours and at most 60 days from now. A visit takes half an hour."""


class CancelVisit(Model):
    id: Id


class ListMyVisits(Model):
    status: Literal["requested", "cancelled"] | None = None
    """Only those; all by default."""

    limit: Limit = 20
    cursor: str | None = None
    """`next_cursor` of the page before."""


class Visit(Model):
    id: int
    property_id: int
    title: str
    starts: datetime
    ends: datetime
    status: Literal["requested", "cancelled"]

    def summary(self) -> str:
        when = moments.appointment(self.starts, self.ends, "en")
        return f"Visit {self.id}, {self.status}: {self.title} on {when}, India time."


async def _foretell(call: Call, ask: RequestVisit) -> Foreseen:
    offer, ends = await _fitting(call, ask)
    if await visits.busy(call.db, call.member.id, ask.starts, ends):
        raise AlreadyVisiting
    if await visits.taken(call.db, offer.id, ask.starts, ends):
        raise SlotTaken
    who = await carer(call, offer.id)
    english, hindi = (moments.appointment(ask.starts, ends, lang) for lang in ("en", "hi"))
    doubt = _NOBODY if who is None else ("", "")
    return Foreseen(
        what=(
            f"A visit to {told(offer)[0]} is requested for {english}, India time.{doubt[0]}",
            f"{told(offer)[1]} देखने का समय माँगा जाएगा: {hindi}, भारतीय समय।{doubt[1]}",
        ),
        whom=who and named(who),
        until=ask.starts,
        state={"price": offer.price, "carer": who and who.id},
    )


@tool(
    "member",
    "write",
    scope="visits:write",
    http="POST /visits",
    consent="host",
    foretell=_foretell,
    undo=Undo("cancel_visit", within=AHEAD, given=lambda _ask, answer: {"id": answer.id}),
    refuses={"visits_one_at_a_time": SlotTaken, "visits_one_place_at_a_time": AlreadyVisiting},
)
async def request_visit(call: Call, ask: RequestVisit) -> Visit:
    """Ask to see a property in person at a time: half an hour, with two hours' notice, once confirmed."""
    offer, ends = await _fitting(call, ask, hold=True)
    visit_id = await visits.add(call.db, call.member.id, offer.id, ask.starts, ends)
    visit = Seen(visit_id, offer.id, offer.title, ask.starts, ends, "requested")
    call.changed("visit", visit_id, after=_shown(visit))
    call.concerns("property", offer.id)
    await _tell(call, visit, "visit.requested")
    return _shown(visit)


@tool("member", "destroy", scope="visits:write", http="POST /visits/{id}/cancel")
async def cancel_visit(call: Call, ask: CancelVisit) -> Visit:
    """Cancel one of the person's own visits that has not begun, which frees its time for others."""
    visit = await visits.held(call.db, ask.id, call.member.id)
    if visit is None:
        raise NoSuchVisit
    if visit.status == "cancelled":
        raise VisitCancelled
    if visit.starts <= call.now():
        raise VisitBegun
    await visits.cancel(call.db, visit.id)
    cancelled = _shown(visit).model_copy(update={"status": "cancelled"})
    call.changed("visit", visit.id, before=_shown(visit), after=cancelled)
    call.concerns("property", visit.property_id)
    await _tell(call, visit, "visit.cancelled")
    return cancelled


@tool("member", "read", scope="visits:read", http="GET /me/visits")
async def list_my_visits(call: Call, ask: ListMyVisits) -> Page[Visit]:
    """The person's own visits, the latest first: those ahead, those past and those cancelled."""
    purpose = f"list_my_visits:{ask.status}"
    before = _position(call.ports.cursors.read(purpose, ask.cursor)) if ask.cursor else None
    found = await visits.of(call.db, call.member.id, status=ask.status, before=before, limit=ask.limit + 1)
    has_more = len(found) > ask.limit
    items = [_shown(each) for each in found[: ask.limit]]
    last = items[-1] if has_more else None
    on = last and call.ports.cursors.write(purpose, {"starts": last.starts.isoformat(), "id": last.id})
    return Page[Visit](items=items, next_cursor=on, has_more=has_more)


async def _fitting(call: Call, ask: RequestVisit, *, hold: bool = False) -> tuple[Offer, datetime]:
    """The property and when the visit would end, unless it is not offered or the time will not do."""
    notice = ask.starts - call.now()
    if notice < NOTICE:
        raise TooSoon
    if notice > AHEAD:
        raise TooFarAhead
    there = ask.starts.astimezone(moments.INDIA)
    if (there.minute % 30, there.second, there.microsecond) != (0, 0, 0):
        raise NotASlot
    if not FIRST_HOUR <= there.hour < LAST_HOUR:
        raise NotASlot
    offer = await offered(call, ask.property_id, hold=hold)
    if await visits.count_ahead(call.db, call.member.id, call.now()) >= MOST_AHEAD:
        raise TooManyVisits
    return offer, ask.starts + LENGTH


async def _tell(call: Call, visit: Seen, event: str) -> None:
    who = await carer(call, visit.property_id)
    if who is not None:
        call.tell(who.id, event, visit_id=visit.id, property_id=visit.property_id)
        about = {"visit_id": visit.id, "title": visit.title, "starts": visit.starts}
        await notify(call, who.id, event.replace(".", "_"), **about)


def _shown(visit: Seen) -> Visit:
    return Visit.model_validate(visit)


def _position(kept: dict[str, Any]) -> tuple[datetime, int]:
    return datetime.fromisoformat(kept["starts"]), kept["id"]
