"""Contacts: a person and whoever looks after a property are shown how to reach each other."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from typing import Final

from storage import people, reveals
from storage.listings import Offer
from storage.people import PersonRow
from tools.consent import Foreseen
from tools.contacts import masked
from tools.contract import Call, Model, Page, tool
from tools.notices import notify
from tools.offers import Id, Limit, carer, named, offered, told
from tools.refusals import Refused, SignInRequired, TooMany

MOST_A_DAY: Final = 20
"""Contacts that one person is shown in 24 hours, or a few more where several are confirmed at once."""

_DAY: Final = timedelta(days=1)


class NobodyLooksAfterIt(Refused):
    """Nobody who can be reached looks after this property."""


class NothingToShow(Refused):
    """You have no phone number or e-mail address here that could be shown in return."""


class TooManyContacts(TooMany):
    """You were shown many contacts within a day. Ask again tomorrow."""


class RevealContact(Model):
    property_id: Id
    """Which property."""


class Contact(Model):
    property_id: int
    name: str | None
    """Whoever looks after the property."""

    contact: str
    """Their phone in E.164, or their e-mail address where they have no phone."""

    shown_to_them: str
    """The person's own phone or e-mail address, as they were shown it."""

    def summary(self) -> str:
        who = self.name or "Whoever looks after it"
        return f"{who} can be reached at {self.contact}, and was shown {self.shown_to_them}."


class ListEnquiries(Model):
    limit: Limit = 20
    cursor: str | None = None
    """`next_cursor` of the page before."""


class Enquiry(Model):
    property_id: int
    title: str
    name: str | None
    """Who asked."""

    contact: str | None
    """Their phone in E.164, or their e-mail address where they have no phone."""

    at: datetime


async def _foretell(call: Call, ask: RevealContact) -> Foreseen:
    offer, staff, person = await _both(call, ask.property_id)
    own, kind, which = masked(_contact(person)), _kind(staff), told(offer)
    return Foreseen(
        what=(
            f"You are shown the {kind[0]} of whoever looks after {which[0]}, and they are shown your name "
            f"and your contact: {own}.",
            f"आपको {which[1]} सँभालने वाले का {kind[1]} दिखाया जाएगा, और उन्हें आपका नाम और आपका संपर्क: {own}।",
        ),
        whom=named(staff),
        state={
            "price": offer.price,
            "staff": (staff.id, staff.phone, staff.email),
            "own": (person.name, _contact(person)),
        },
    )


@tool(
    "member",
    "write",
    scope="contacts:write",
    http="POST /properties/{property_id}/contact",
    consent="page",
    foretell=_foretell,
)
async def reveal_contact(call: Call, ask: RevealContact) -> Contact:
    """The phone of whoever looks after a property, who is shown the person's in return, once confirmed."""
    offer, staff, person = await _both(call, ask.property_id)
    reveal_id = await reveals.add(call.db, person.id, offer.id, staff.id)
    shown = {"property_id": offer.id, "staff_id": staff.id}
    call.changed("reveal", reveal_id, after=shown, whose=staff.id)
    call.concerns("property", offer.id)
    call.tell(staff.id, "contact.shown", reveal_id=reveal_id, property_id=offer.id)
    await notify(call, staff.id, "contact_shown", reveal_id=reveal_id, title=offer.title)
    return Contact(
        property_id=offer.id, name=staff.name, contact=_contact(staff), shown_to_them=_contact(person)
    )


@tool(
    "staff",
    "read",
    scope="contacts:read",
    http="GET /admin/enquiries",
    # People gave their contact to somebody, and not to the assistant of that somebody.
    surfaces=frozenset({"rest", "cli"}),
)
async def list_enquiries(call: Call, ask: ListEnquiries) -> Page[Enquiry]:
    """The people who were shown one's own contact over a property, with theirs, the latest first."""
    before = call.ports.cursors.read("list_enquiries", ask.cursor)["before"] if ask.cursor else None
    found = await reveals.to(call.db, call.member.id, before=before, limit=ask.limit + 1)
    has_more = len(found) > ask.limit
    shown = found[: ask.limit]
    items = [_enquiry(each) for each in shown]
    on = call.ports.cursors.write("list_enquiries", {"before": shown[-1].id}) if has_more else None
    return Page[Enquiry](items=items, next_cursor=on, has_more=has_more)


async def _both(call: Call, property_id: int) -> tuple[Offer, PersonRow, PersonRow]:
    """The property, whoever looks after it, and the person who asks; refuses where a contact is missing."""
    offer = await offered(call, property_id)
    staff = await carer(call, offer.id)
    if staff is None:
        raise NobodyLooksAfterIt
    person = await people.get(call.db, call.member.id)
    if person is None:
        raise SignInRequired
    if not (person.phone or person.email):
        raise NothingToShow
    await _limit(call, person.id)
    return offer, staff, person


async def _limit(call: Call, person_id: int) -> None:
    """Refuse whoever was shown many contacts of late, which is how lists of them are made."""
    first = await reveals.at(call.db, person_id, MOST_A_DAY)
    wait = None if first is None else first + _DAY - call.now()
    if wait is not None and wait > timedelta():
        seconds = ceil(wait.total_seconds())
        raise TooManyContacts(retry_after=seconds, details={"retry_after": seconds})


def _contact(person: PersonRow) -> str:
    return person.phone or person.email or ""


def _kind(person: PersonRow) -> tuple[str, str]:
    return ("phone number", "फ़ोन नंबर") if person.phone else ("e-mail address", "ई-मेल पता")


def _enquiry(row: reveals.Enquiry) -> Enquiry:
    return Enquiry(
        property_id=row.property_id, title=row.title, name=row.name, contact=row.contact, at=row.at
    )
