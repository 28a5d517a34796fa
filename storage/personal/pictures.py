"""Personal data: the photos that people send of their homes."""

from __future__ import annotations

from typing import Final

from sqlalchemy import or_, select

from storage.listings import Property
from storage.personal.held import MEANINGLESS, OWN, Held, among
from storage.photos import PhotoRow

_MADE: Final = "what was made of the picture itself"

HELD: Final[tuple[Held, ...]] = (
    Held(
        PhotoRow,
        "photos that the person sent, and those of the homes that they offer; their files go with them",
        lambda ids: or_(
            among(PhotoRow.person_id, ids),
            PhotoRow.property_id.in_(select(Property.id).where(among(Property.owner_id, ids))),
        ),
        given=("id", "property_id", "kind", "state", "caption", "width", "height", "added_at", "removed_at"),
        withheld={
            "person_id": OWN, "folder": MEANINGLESS, "position": MEANINGLESS, "placeholder": _MADE,
            "likeness": _MADE, "bands": _MADE, "problem": _MADE,
        },
    ),
)  # fmt: skip
