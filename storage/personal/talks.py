"""Personal data: what people say to each other, and what staff say of themselves."""

from __future__ import annotations

from typing import Final

from sqlalchemy import or_

from storage.blocks import BlockRow
from storage.enquiries import EnquiryRow, MessageRow, NoteRow
from storage.personal.held import EITHER, MEANINGLESS, OWN, Held, among
from storage.staff import StaffAreaRow, StaffProfileRow

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
    ),
    Held(
        EnquiryRow,
        "what the person asked about properties, or was asked",
        lambda ids: or_(among(EnquiryRow.person_id, ids), among(EnquiryRow.carer_id, ids)),
        given=("id", "property_id", "opened_at", "last_at", "answered_at", "ended_at", "shared_at"),
        withheld={
            "person_id": EITHER,
            "carer_id": EITHER,
            "stage": "what whoever answers thinks of it, which is theirs",
            "ticket_id": MEANINGLESS,
        },
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
