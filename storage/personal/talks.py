"""Personal data: what people say to each other, and what staff say of themselves."""

from __future__ import annotations

from typing import Final

from sqlalchemy import or_

from storage.blocks import BlockRow
from storage.enquiries import EnquiryRow, MessageRow, NoteRow
from storage.personal.held import MEANINGLESS, OWN, Held, among
from storage.staff import StaffAreaRow, StaffProfileRow

_ENQUIRY: Final = ("id", "property_id", "opened_at", "last_at", "answered_at", "ended_at", "shared_at")

HELD: Final[tuple[Held, ...]] = (
    Held(
        NoteRow,
        "what the person noted about enquiries",
        lambda ids: among(NoteRow.by_id, ids),
        given=("id", "enquiry_id", "text", "at"),
        withheld={"by_id": OWN},
    ),
    Held(
        MessageRow,
        "what the person said in enquiries",
        lambda ids: among(MessageRow.by_id, ids),
        given=("id", "enquiry_id", "text", "masked", "at"),
        withheld={"by_id": OWN},
        # Whoever was answered keeps that they were, and what they said themselves.
        anonymised={"by_id": None, "text": ""},
    ),
    Held(
        EnquiryRow,
        "what the person asked about properties; what was said in it goes with it",
        lambda ids: among(EnquiryRow.person_id, ids),
        given=_ENQUIRY,
        withheld={
            "person_id": OWN,
            "carer_id": "the id of somebody else",
            "stage": "what whoever answers thinks of it, which is theirs",
            "ticket_id": MEANINGLESS,
        },
    ),
    Held(
        EnquiryRow,
        "what the person was asked about properties",
        lambda ids: among(EnquiryRow.carer_id, ids),
        given=(*_ENQUIRY, "stage"),
        withheld={"person_id": "the id of somebody else", "carer_id": OWN, "ticket_id": MEANINGLESS},
        # They stay for whoever asked, and go to whoever answers next.
        anonymised={"carer_id": None, "shared_at": None, "ticket_id": None},
        part="answered",
    ),
    Held(
        BlockRow,
        "whom the person wants to hear nothing more of",
        lambda ids: or_(among(BlockRow.person_id, ids), among(BlockRow.blocked_id, ids)),
        withheld={"*": "it would tell people who has blocked them"},
    ),
    Held(
        StaffProfileRow,
        "what the person says of themselves as staff",
        lambda ids: among(StaffProfileRow.person_id, ids),
        given=("bio", "languages", "rera_number", "active", "updated_at"),
        withheld={"person_id": OWN},
    ),
    Held(
        StaffAreaRow,
        "places that the person knows as staff",
        lambda ids: among(StaffAreaRow.staff_id, ids),
        given=("place_id",),
        withheld={"staff_id": OWN},
    ),
)
