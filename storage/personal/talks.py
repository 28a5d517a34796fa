"""Personal data: what people say to each other, and what staff say of themselves."""

from __future__ import annotations

from typing import Final

from storage.personal.held import OWN, Held, among
from storage.staff import StaffAreaRow, StaffProfileRow

HELD: Final[tuple[Held, ...]] = (
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
