"""Visits: asking to see a property at a time that nobody else has, and saying yes or no to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pydantic import AwareDatetime

from storage import enquiries, people, visits
from tools.activity import Undo
from tools.consent import Foreseen
from tools.contract import Call, Model, tool
from tools.flags import Flag
from tools.offers import Id, Words, named, offered, told
from tools.refusals import Conflict
from tools.visits import hosts
from tools.visits.following import follow
from tools.visits.rules import (
    AHEAD,
    CLASHES,
    LENGTH,
    MOST_AHEAD,
    AlreadyVisiting,
    OneVisit,
    Reason,
    SlotTaken,
    TooManyVisits,
    Visit,
    ahead,
    changed,
    fits,
    said,
    shown,
    side,
    state,
)
from tools.visits.telling import across, as_it_is, held, look_for_somebody, tell

if TYPE_CHECKING:
    from storage.listings import Offer

VISITS: Final = Flag("visits", ("new visits", "नई विज़िट"))
_ONE_OF_THEM: Final[Words] = ("One of those who look after it", "इसे सँभालने वालों में से कोई एक")


class NotAsked(Conflict):
    """This visit does not wait for your yes."""


class RequestVisit(Model):
    property_id: Id
    """Which property."""

    starts: AwareDatetime
    """When to meet, with a UTC offset: on the hour or half hour from 9:00 to 18:30 India time (+05:30), at
    least two hours and at most 60 days from now. A visit takes half an hour; visit_slots lists free ones."""


class CancelVisit(Model):
    id: Id
    reason: Reason | None = None
    """The other side is told."""


async def _foretell(call: Call, ask: RequestVisit) -> Foreseen:
    offer, who = await _fitting(call, ask)
    ends = ask.starts + LENGTH
    if await visits.busy(call.db, call.member.id, ask.starts, ends):
        raise AlreadyVisiting
    if await visits.taken(call.db, offer.id, ask.starts, ends):
        raise SlotTaken
    free = await hosts.sought(call, who, offer.id, call.member.id, ask.starts)
    doubt = hosts.doubt(who, free)
    english, hindi = said(ask.starts)
    return Foreseen(
        what=(
            f"A visit to {told(offer)[0]} is requested for {english}.{doubt[0]}",
            f"{told(offer)[1]} देखने का समय माँगा जाएगा: {hindi}।{doubt[1]}",
        ),
        whom=await _whom(call, who, free),
        until=ask.starts,
        state={"price": offer.price, "hosts": _given(who)},
    )


@tool(
    "member",
    "write",
    scope="visits:write",
    http="POST /visits",
    flag=VISITS,
    consent="host",
    foretell=_foretell,
    undo=Undo("cancel_visit", within=AHEAD, given=lambda _ask, answer: {"id": answer.id}),
    refuses=CLASHES,
)
async def request_visit(call: Call, ask: RequestVisit) -> Visit:
    """Ask to see a property in person at a time: half an hour, with two hours' notice, once confirmed."""
    offer, who = await _fitting(call, ask, hold=True)
    visit_id, host = await hosts.book(call, who, offer.id, ask.starts)
    visit = await held(call, visit_id)
    await enquiries.visiting(call.db, offer.id, call.member.id)
    call.changed("visit", visit_id, after=state(visit))
    call.concerns("property", offer.id)
    await follow(call, visit)
    if host is None:
        await look_for_somebody(call, visit)
    else:
        await tell(call, visit, host, "visit.requested", "visit_requested")
    return shown(visit, "visitor", call.now())


@tool("member", "write", scope="visits:write", http="POST /visits/{id}/confirm")
async def confirm_visit(call: Call, ask: OneVisit) -> Visit:
    """Say yes to a visit that waits for the person's yes, as host or as visitor."""
    visit = ahead(await visits.held(call.db, ask.id, call.member.id), call.now())
    mine = side(visit, call.member.id)
    if visit.awaits != mine:
        raise NotAsked
    await visits.change(call.db, visit.id, status="confirmed", awaits=None)
    changed(call, visit, status="confirmed", awaits=None)
    await tell(call, visit, across(visit, call.member.id), "visit.confirmed", "visit_confirmed")
    return await as_it_is(call, visit)


@tool("member", "destroy", scope="visits:write", http="POST /visits/{id}/cancel")
async def cancel_visit(call: Call, ask: CancelVisit) -> Visit:
    """Cancel a visit that has not begun, as visitor or host. The other is told."""
    visit = ahead(await visits.held(call.db, ask.id, call.member.id), call.now())
    mine = side(visit, call.member.id)
    await visits.cancel(call.db, visit.id, mine, ask.reason)
    changed(call, visit, status="cancelled", awaits=None)
    await tell(
        call, visit, across(visit, call.member.id), "visit.cancelled", "visit_cancelled",
        why=ask.reason or "other",
    )  # fmt: skip
    return await as_it_is(call, visit)


async def _fitting(call: Call, ask: RequestVisit, *, hold: bool = False) -> tuple[Offer, hosts.Showing]:
    """The property and who shows it, unless it is not offered or the time will not do."""
    fits(ask.starts, call.now())
    offer = await offered(call, ask.property_id, hold=hold)
    if await visits.count_ahead(call.db, call.member.id, call.now()) >= MOST_AHEAD:
        raise TooManyVisits
    return offer, await hosts.showing(call, offer.id, call.member.id)


def _given(who: hosts.Showing) -> list[int]:
    """Who was shown to the person as those who look after it."""
    return [] if who.kind == "nobody" else sorted(each.id for each in who.hosts)


async def _whom(call: Call, who: hosts.Showing, free: list[int]) -> Words | None:
    if not free or who.kind == "nobody":
        return None
    if len(who.hosts) > 1:
        return _ONE_OF_THEM
    host = await people.get(call.db, who.hosts[0].id)
    return host and named(host)
