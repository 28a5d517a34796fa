"""Sides: an enquiry as each of the two who have a part in it is shown it, and nobody else."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from storage import blocks, enquiries
from tools.contract import Call, Model
from tools.offers import Blocked, called
from tools.refusals import NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.enquiries import Lead

Stage = Literal["new", "contacted", "visiting", "negotiating", "won", "lost"]
Side = Literal["asked", "received"]
Contact = Literal["hidden", "asked", "declined", "shown"]


class NoSuchEnquiry(NotFound):
    """You have no such enquiry."""


class Enquiry(Model):
    id: int
    property_id: int
    title: str
    side: Side
    """`asked`: the person asks. `received`: they look after the property, or own it."""

    name: str | None
    """Of the other side; only the first name of whoever is no staff."""

    stage: Stage | None
    """How far it has come; only for the side that received it."""

    waits_for: Literal["you", "them"] | None
    """Whose answer it waits for; null where nothing was written, or where staff see to it for its owner."""

    contact: Contact
    """Whether the two were shown how to reach each other; `asked`: the owner has not decided yet."""

    blocked: bool
    """Whether the person has blocked the other side."""

    opened_at: datetime
    last_at: datetime

    def summary(self) -> str:
        stage = f", {self.stage}" if self.stage else ""
        waits = {"you": "; it waits for your answer", "them": "; it waits for theirs"}
        said = waits.get(self.waits_for or "", "")
        return f"Enquiry {self.id} about {self.title} with {self.name or 'somebody'}{stage}{said}."


async def theirs(call: Call, enquiry_id: int, *, hold: bool = False) -> Lead:
    """The enquiry, if the caller asks or answers in it. To everybody else it does not exist."""
    me = call.member.id
    found = await enquiries.lead(call.db, enquiry_id, call.now(), hold=hold)
    if found is None or not (me == found.person_id or (me == found.carer_id and found.answers)):
        raise NoSuchEnquiry
    return found


async def answered(call: Call, enquiry_id: int, *, hold: bool = False) -> Lead:
    """The enquiry, if the caller is who answers it."""
    found = await theirs(call, enquiry_id, hold=hold)
    if found.carer_id != call.member.id:
        raise NoSuchEnquiry
    return found


def other(lead: Lead, person_id: int) -> int | None:
    """The other of the two; None where whoever answered has left."""
    return lead.carer_id if lead.person_id == person_id else lead.person_id


async def open_to(call: Call, lead: Lead) -> None:
    """Refuse where one of the two has blocked the other."""
    if lead.carer_id is not None and await blocks.stands(call.db, lead.person_id, lead.carer_id):
        raise Blocked


async def shown(call: Call, leads: Sequence[Lead]) -> list[Enquiry]:
    """Enquiries as the caller is shown them."""
    me = call.member.id
    others = {who for each in leads if (who := other(each, me)) is not None}
    blocked = await blocks.among(call.db, me, others)
    return [_shown(each, me, blocked=other(each, me) in blocked) for each in leads]


def _shown(lead: Lead, me: int, *, blocked: bool) -> Enquiry:
    asked = lead.person_id == me
    name = (lead.carer, lead.carer_role or "member") if asked else (lead.person, "member")
    waits = None
    if me in (lead.person_id, lead.carer_id) and lead.last_by is not None:
        # What was said last by whoever answered before was said by that side.
        waits = "them" if (lead.last_by == lead.person_id) == asked else "you"
    return Enquiry.model_validate(
        {
            "id": lead.id,
            "property_id": lead.property_id,
            "title": lead.title,
            "side": "asked" if asked else "received",
            "name": called(*name),
            "stage": None if asked else lead.stage,
            "waits_for": waits,
            "contact": contact(lead),
            "blocked": blocked,
            "opened_at": lead.opened_at,
            "last_at": lead.last_at,
        }
    )


def contact(lead: Lead) -> Contact:
    """How it stands with the contacts of the two."""
    if lead.shared_at is not None:
        return "shown"
    return "asked" if lead.asked else "declined" if lead.declined else "hidden"
