"""Owners: a member of staff writes a property down for somebody, and it is theirs once they agree."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field

from storage import listing_forms, people, portfolios, staff_work
from tools import units
from tools.consent import Foreseen
from tools.contacts import LONGEST, normalised
from tools.contract import Call, Model, tool
from tools.jobs import job, later
from tools.notices import notify
from tools.offers import Id
from tools.refusals import NotFound, Refused
from tools.tickets import put_to

if TYPE_CHECKING:
    from storage.listing_forms import Kept
    from storage.people import PersonRow

TO_AGREE: Final = timedelta(days=7)
"""How long an owner has to agree."""


class NotYourDraft(NotFound):
    """You have no such draft. Write it down with `draft_listing` first."""


class YourOwnContact(Refused):
    """This is your own contact. Give the owner's."""


class NothingOffered(NotFound):
    """There is no such listing that waits for you to agree."""


class ListForOwner(Model):
    property_id: Id
    """A draft of one's own, as the owner is to see it."""

    contact: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    """The owner's whole phone number or e-mail address, with which they sign in."""


class AcceptListing(Model):
    property_id: Id
    """What was written down for the person."""


class OfferedToOwner(Model):
    property_id: int
    title: str

    def summary(self) -> str:
        # Who has an account here is nobody else's to know.
        return (
            "If somebody has signed in here with this contact, they are asked. Once they agree, "
            f"“{self.title}” is theirs and in your portfolio."
        )


class AskOwner(Model):
    property_id: int
    """The draft."""

    staff_id: int
    """Who handed it in for them."""

    owner_id: int | None
    """None where nobody has signed in with the contact that was given."""


class Asked(Model):
    ticket: str | None

    def summary(self) -> str:
        return "The owner was asked." if self.ticket else "There was nobody to ask."


class Accepted(Model):
    property_id: int
    title: str
    staff: str | None
    """Who looks after it from now on."""

    def summary(self) -> str:
        return f"“{self.title}” is yours, and {self.staff or 'a member of staff'} looks after it."


@tool(
    "staff",
    "write",
    scope="portfolio:write",
    http="POST /admin/portfolio/{property_id}/owner",
    per_minute=5,
)
async def list_for_owner(call: Call, ask: ListForOwner) -> OfferedToOwner:
    """Ask an owner to agree that a draft of one's own is listed for them. Nothing happens before they do."""
    me = call.member.id
    kept = await _draft(call, ask.property_id, me)
    if kept is None:
        raise NotYourDraft
    owner = await people.by_contact(call.db, normalised(ask.contact))
    if owner is not None and owner.id == me:
        raise YourOwnContact
    # Whether there is somebody shows in nothing that is done or recorded here.
    given = {"property_id": kept.id, "staff_id": me, "owner_id": owner and owner.id}
    await later(call, "ask_owner", given)
    call.changed("listing", kept.id, after={"offered": True})
    call.concerns("property", kept.id)
    return OfferedToOwner(property_id=kept.id, title=kept.title)


@job()
async def ask_owner(call: Call, ask: AskOwner) -> Asked:
    """Put a draft to its owner, who agrees on our page or does not; nothing where there is nobody to ask."""
    kept = await _draft(call, ask.property_id, ask.staff_id)
    staff = await people.get(call.db, ask.staff_id)
    owner = None if ask.owner_id is None else await people.get(call.db, ask.owner_id)
    if kept is None or staff is None or owner is None or owner.deletes_at is not None:
        return Asked(ticket=None)
    given = {"property_id": kept.id}
    ticket = str(await put_to(call, owner.id, "accept_listing", given, _accepting(kept, staff), TO_AGREE))
    call.changed("listing", kept.id, after={"offered": ticket}, whose=owner.id)
    who = staff.name or "A member of staff"
    about = {"property_id": kept.id, "title": kept.title, "who": who, "ticket": ticket}
    await notify(call, owner.id, "listing_offered", **about)
    return Asked(ticket=ticket)


async def _draft(call: Call, property_id: int, staff_id: int) -> Kept | None:
    """A draft of somebody's, held until the transaction ends."""
    kept = await listing_forms.one(call.db, property_id, hold=True)
    return kept if kept and kept.owner_id == staff_id and kept.status == "draft" else None


async def _foretell(call: Call, ask: AcceptListing) -> Foreseen:
    kept, staff = await _offered(call, ask.property_id)
    return _accepting(kept, staff)


@tool(
    "member",
    "write",
    scope="listings:write",
    http="POST /me/listings/{property_id}/accept",
    consent="page",
    # Only whoever was sent it can agree, on our page.
    surfaces=frozenset({"rest"}),
    foretell=_foretell,
)
async def accept_listing(call: Call, ask: AcceptListing) -> Accepted:
    """Agree that a property is listed in one's name by a member of staff, who looks after it."""
    kept, staff = await _offered(call, ask.property_id)
    if not await portfolios.hold(call.db, staff.id):
        raise NothingOffered
    if not await staff_work.hand_over(call.db, kept.id, staff.id, call.member.id):
        raise NothingOffered
    await portfolios.assign(call.db, staff.id, kept.id)
    call.changed(
        "listing",
        kept.id,
        before={"owner_id": staff.id},
        after={"owner_id": call.member.id, "staff_id": staff.id},
        whose=staff.id,
    )
    call.concerns("property", kept.id)
    await notify(call, staff.id, "listing_accepted", property_id=kept.id, title=kept.title)
    return Accepted(property_id=kept.id, title=kept.title, staff=staff.name)


async def _offered(call: Call, property_id: int) -> tuple[Kept, PersonRow]:
    """The draft that was written down for the caller, and by whom. To anybody else there is none."""
    kept = await listing_forms.one(call.db, property_id)
    if kept is None or kept.status != "draft" or kept.owner_id in (None, call.member.id):
        raise NothingOffered
    staff = await people.get(call.db, kept.owner_id or 0)
    if staff is None or staff.role == "member":
        raise NothingOffered
    if not await staff_work.put_to(call.db, call.member.id, property_id, call.now()):
        raise NothingOffered
    return kept, staff


def _accepting(kept: Kept, staff: PersonRow) -> Foreseen:
    """What an owner is told before they agree, whoever looks it up."""
    rupees = units.rupees if kept.purpose == "buy" else units.rent
    who = staff.name
    english, hindi = who or "A member of our staff", who or "हमारे कर्मचारी"
    return Foreseen(
        what=(
            f"“{kept.title}” ({rupees(kept.price)}) is listed in your name. {english} hands it in for "
            "review, looks after it, and answers those who ask about it; you can change it or take it off at "
            "any time.",
            f"“{kept.title}” ({rupees(kept.price, hindi=True)}) आपके नाम से लिस्ट होगी। {hindi} "
            "इसे जाँच के लिए देंगे, सँभालेंगे, और पूछने वालों को जवाब देंगे; आप इसे कभी भी बदल या हटा सकते हैं।",
        ),
        whom=(who, who) if who else None,
        state={
            "staff": staff.id,
            "version": kept.version,
            "price": kept.price,
            "purpose": kept.purpose,
            "text": kept.description,
        },
    )
