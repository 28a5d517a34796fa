"""Personal data: the photos that people send of their homes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, select

from storage.listings import Property
from storage.personal.held import EITHER, MEANINGLESS, OWN, Held, among
from storage.photos import PhotoRow

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement

_MADE: Final = "what was made of the picture itself"
_GIVEN: Final = ("id", "property_id", "kind", "state", "caption", "width", "height", "added_at", "removed_at")
_WITHHELD: Final = {
    "person_id": OWN, "folder": MEANINGLESS, "position": MEANINGLESS, "placeholder": _MADE,
    "likeness": _MADE, "held": "whether staff have looked at it", "bands": _MADE, "problem": _MADE,
}  # fmt: skip


def _of_theirs(ids: Collection[int]) -> ColumnElement[bool]:
    return PhotoRow.property_id.in_(select(Property.id).where(among(Property.owner_id, ids)))


HELD: Final[tuple[Held, ...]] = (
    Held(
        PhotoRow,
        "photos of the homes that the person offers; their files go with them",
        _of_theirs,
        given=_GIVEN,
        withheld={**_WITHHELD, "person_id": EITHER},
    ),
    Held(
        PhotoRow,
        "photos that the person sent of homes of others, who keep them",
        lambda ids: and_(among(PhotoRow.person_id, ids), ~_of_theirs(ids)),
        given=_GIVEN,
        withheld=_WITHHELD,
        anonymised={"person_id": None},
        part="sent",
    ),
)
