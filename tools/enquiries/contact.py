"""Contacts: a person and whoever looks after a property are shown how to reach each other.

It takes the word of both: staff have given theirs with their work, an owner is asked each time.
"""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, Final, Literal

from storage import blocks, enquiries, people, reveals
from storage.people import PersonRow
from tools.consent import Foreseen
from tools.contacts import masked
from tools.contract import Call, Model, tool
from tools.enquiries.sides import Blocked, NoSuchEnquiry, contact
from tools.flags import Flag
from tools.notices import notify
from tools.offers import Id, called, carer, named, offered, told
from tools.refusals import Refused, SignInRequired, TooMany
from tools.tickets import put_to

if TYPE_CHECKING:
    from datetime import datetime

    from storage.enquiries import Lead
    from storage.listings import Offer

CONTACTS: Final = Flag("contacts", ("showing contacts", "संपर्क दिखाना"))
MOST_A_DAY: Final = 20
"""Contacts that one person is shown in 24 hours, or a few more where several are confirmed at once. So many
people they can begin to ask, too."""

ASKED_FOR: Final = timedelta(days=7)
"""How long an owner has to agree."""

_DAY: Final = timedelta(days=1)


class NobodyLooksAfterIt(Refused):
    """Nobody who can be reached looks after this property."""


class NothingToShow(Refused):
    """You have no phone number or e-mail address here that could be shown in return."""


class TooManyContacts(TooMany):
    """You were shown many contacts within a day. Ask again tomorrow."""


class AlreadyAsked(Refused):
    """The owner has been asked already, and has not decided yet."""


class NotAgreed(Refused):
    """The owner prefers not to show their contact. You can still write to them here."""


class NotAsked(Refused):
    """Nobody waits for your contact in this enquiry."""


class RevealContact(Model):
    property_id: Id
    """Which property."""


class ShareContact(Model):
    id: Id
    """The enquiry in which somebody asks for it."""


class Contact(Model):
    property_id: int
    enquiry_id: int
    status: Literal["shown", "asked"]
    """`asked`: the owner was asked, and nothing is shown before they agree."""

    name: str | None
    """Whoever looks after the property."""

    contact: str | None
    """Their phone in E.164, or their e-mail address where they have no phone."""

    shown_to_them: str | None
    """The person's own phone or e-mail address, as they were shown it."""

    def summary(self) -> str:
        if self.contact is None:
            return "The owner was asked. Once they agree, both are shown how to reach each other."
        who = self.name or "Whoever looks after it"
        return f"{who} can be reached at {self.contact}, and was shown {self.shown_to_them}."


class Shared(Model):
    enquiry_id: int
    name: str | None
    """Who asked."""

    contact: str
    """Their phone in E.164, or their e-mail address where they have no phone."""

    shown_to_them: str
    """One's own, as they were shown it."""

    def summary(self) -> str:
        return f"{self.name or 'They'} can be reached at {self.contact}, and was shown {self.shown_to_them}."


async def _foretell(call: Call, ask: RevealContact) -> Foreseen:
    offer, who, person, lead = await _both(call, ask.property_id)
    own, which = masked(reached(person)), told(offer)
    asks = _must_agree(who, lead)
    state = {
        "price": offer.price,
        "staff": (who.id, who.phone, who.email),
        "own": (person.name, reached(person)),
        "asks": asks,
    }
    if asks:
        what = (
            f"The owner of {which[0]} is asked to show you how to reach them. If they agree, you are shown "
            f"their contact and they are shown your name and yours: {own}.",
            f"{which[1]} के मालिक से पूछा जाएगा कि वे आपको अपना संपर्क दिखाएँ। वे मान जाएँ तो आपको उनका संपर्क दिखेगा, "
            f"और उन्हें आपका नाम और आपका संपर्क: {own}।",
        )
        return Foreseen(what=what, whom=named(who), state=state)
    kind = _kind(who)
    what = (
        f"You are shown the {kind[0]} of whoever looks after {which[0]}, and they are shown your name "
        f"and your contact: {own}.",
        f"आपको {which[1]} सँभालने वाले का {kind[1]} दिखाया जाएगा, और उन्हें आपका नाम और आपका संपर्क: {own}।",
    )
    return Foreseen(what=what, whom=named(who), state=state)


@tool(
    "member",
    "write",
    scope="contacts:write",
    http="POST /properties/{property_id}/contact",
    flag=CONTACTS,
    consent="page",
    foretell=_foretell,
)
async def reveal_contact(call: Call, ask: RevealContact) -> Contact:
    """The phone of whoever looks after a property, who is shown the person's; an owner must agree first."""
    offer, who, person, lead = await _both(call, ask.property_id)
    enquiry_id, _ = await enquiries.open_(call.db, offer.id, person.id, who.id, call.now())
    if _must_agree(who, lead):
        return await _asked(call, enquiry_id, offer, who)
    await enquiries.change(call.db, enquiry_id, shared_at=call.now())
    reveal_id = await reveals.add(call.db, person.id, offer.id, who.id)
    shown = {"property_id": offer.id, "staff_id": who.id}
    call.changed("reveal", reveal_id, after=shown, whose=who.id)
    call.concerns("property", offer.id)
    call.tell(who.id, "contact.shown", reveal_id=reveal_id, property_id=offer.id)
    await notify(call, who.id, "contact_shown", reveal_id=reveal_id, title=offer.title)
    return Contact(
        property_id=offer.id,
        enquiry_id=enquiry_id,
        status="shown",
        name=who.name,
        contact=reached(who),
        shown_to_them=reached(person),
    )


async def _foretell_sharing(call: Call, ask: ShareContact) -> Foreseen:
    lead, owner, person = await _sides(call, ask.id, call.member.id)
    if contact(lead) not in ("asked", "declined"):
        raise NotAsked
    return sharing(lead, owner, person)


@tool(
    "member",
    "write",
    scope="contacts:write",
    http="POST /me/enquiries/{id}/contact",
    flag=CONTACTS,
    consent="page",
    # An owner is sent to our page when they are asked; assistants have enough to choose from.
    surfaces=frozenset({"rest", "agent", "cli"}),
    foretell=_foretell_sharing,
)
async def share_contact(call: Call, ask: ShareContact) -> Shared:
    """Agree, as an owner, to be shown to somebody who asked for it; the person is shown theirs in return."""
    lead, owner, person = await _sides(call, ask.id, call.member.id)
    if contact(lead) not in ("asked", "declined"):
        raise NotAsked
    await enquiries.change(call.db, lead.id, shared_at=call.now())
    reveal_id = await reveals.add(call.db, person.id, lead.property_id, owner.id)
    shown = {"property_id": lead.property_id, "person_id": person.id}
    call.changed("reveal", reveal_id, after=shown, whose=person.id)
    call.concerns("property", lead.property_id)
    call.tell(person.id, "contact.shown", reveal_id=reveal_id, property_id=lead.property_id)
    about = {"enquiry_id": lead.id, "reveal_id": reveal_id, "title": lead.title}
    await notify(call, person.id, "contact_agreed", **about)
    return Shared(enquiry_id=lead.id, name=person.name, contact=reached(person), shown_to_them=reached(owner))


def sharing(lead: Lead, owner: PersonRow, person: PersonRow) -> Foreseen:
    """What an owner is told before they agree, whoever looks it up."""
    own, who = masked(reached(owner)), called(person.name)
    kind = _kind(person)
    return Foreseen(
        what=(
            f"Somebody who asks about “{lead.title}” is shown your name and your contact: {own}. You are "
            f"shown their {kind[0]}.",
            f"“{lead.title}” के बारे में पूछने वाले को आपका नाम और आपका संपर्क दिखाया जाएगा: {own}। आपको उनका "
            f"{kind[1]} दिखेगा।",
        ),
        whom=(who, who) if who else None,
        state={"own": (owner.name, reached(owner)), "theirs": (person.id, person.name, reached(person))},
    )


async def _asked(call: Call, enquiry_id: int, offer: Offer, who: PersonRow) -> Contact:
    """Ask the owner for their word."""
    lead, owner, person = await _sides(call, enquiry_id, who.id)
    foreseen = sharing(lead, owner, person)
    ticket = await put_to(call, owner.id, "share_contact", {"id": enquiry_id}, foreseen, ASKED_FOR)
    await enquiries.change(call.db, enquiry_id, ticket_id=ticket, last_at=call.now())
    call.changed("enquiry", enquiry_id, after={"contact": "asked"}, whose=owner.id)
    call.concerns("property", offer.id)
    call.tell(owner.id, "contact.wanted", enquiry_id=enquiry_id, property_id=offer.id)
    await notify(
        call, owner.id, "contact_wanted", enquiry_id=enquiry_id, title=offer.title, ticket=str(ticket)
    )
    return Contact(
        property_id=offer.id,
        enquiry_id=enquiry_id,
        status="asked",
        name=called(owner.name),
        contact=None,
        shown_to_them=None,
    )


async def _both(call: Call, property_id: int) -> tuple[Offer, PersonRow, PersonRow, Lead | None]:
    """The property, whoever looks after it, the person who asks, and what they asked before.

    Refuses where a contact is missing, where one of them does not want it, and whoever asks too often.
    """
    offer = await offered(call, property_id)
    who = await carer(call, offer.id)
    if who is None:
        raise NobodyLooksAfterIt
    person = await people.get(call.db, call.member.id)
    if person is None:
        raise SignInRequired
    if not (person.phone or person.email):
        raise NothingToShow
    if await blocks.stands(call.db, person.id, who.id):
        raise Blocked
    lead = await enquiries.between(call.db, offer.id, person.id, call.now())
    if _must_agree(who, lead) and lead is not None and lead.carer_id == who.id:
        _undecided(lead)
    _limit(call, await reveals.at(call.db, person.id, MOST_A_DAY))
    if lead is None:
        _limit(call, await enquiries.opened(call.db, person.id, MOST_A_DAY))
    return offer, who, person, lead


async def _sides(call: Call, enquiry_id: int, owner_id: int) -> tuple[Lead, PersonRow, PersonRow]:
    """The enquiry, its owner and the person who asks, looked up for the owner."""
    lead = await enquiries.lead(call.db, enquiry_id, call.now())
    if lead is None or lead.carer_id != owner_id or not lead.answers:
        raise NoSuchEnquiry
    if await blocks.stands(call.db, lead.person_id, owner_id):
        raise Blocked
    owner, person = [await people.get(call.db, each) for each in (owner_id, lead.person_id)]
    if owner is None or person is None or not (reached(owner) and reached(person)):
        raise NothingToShow
    return lead, owner, person


def _must_agree(who: PersonRow, lead: Lead | None) -> bool:
    """Whether whoever looks after a property has yet to agree: an owner who has not, for this person."""
    agreed = lead is not None and lead.carer_id == who.id and lead.shared_at is not None
    return who.role == "member" and not agreed


def _undecided(lead: Lead) -> None:
    stands = contact(lead)
    if stands == "asked":
        raise AlreadyAsked
    if stands == "declined":
        raise NotAgreed


def _limit(call: Call, first: datetime | None) -> None:
    """Refuse whoever asked for many contacts of late, which is how lists of them are made."""
    wait = None if first is None else first + _DAY - call.now()
    if wait is not None and wait > timedelta():
        seconds = ceil(wait.total_seconds())
        raise TooManyContacts(retry_after=seconds, details={"retry_after": seconds})


def reached(person: PersonRow) -> str:
    """How a person is reached."""
    return person.phone or person.email or ""


def _kind(person: PersonRow) -> tuple[str, str]:
    return ("phone number", "फ़ोन नंबर") if person.phone else ("e-mail address", "ई-मेल पता")
