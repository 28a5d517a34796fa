"""Personal data: what people offer, and what was decided about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import func, or_, select

from storage.import_files import ImportFileRow
from storage.listing_life import ListingRow, MoveRow
from storage.listings import Property
from storage.personal.held import EITHER, MEANINGLESS, OWN, Held, among

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import InstrumentedAttribute


def _offered(column: InstrumentedAttribute[int], ids: Collection[int]) -> ColumnElement[bool]:
    return column.in_(select(Property.id).where(among(Property.owner_id, ids)))


HELD: Final[tuple[Held, ...]] = (
    Held(
        ImportFileRow,
        "files of listings that the person sent as staff",
        lambda ids: among(ImportFileRow.person_id, ids),
        given=("id", "source", "file", "state", "size", "problem", "added_at"),
        withheld={
            "person_id": OWN, "blob": MEANINGLESS, "job_id": MEANINGLESS, "trial_id": MEANINGLESS,
            "import_id": MEANINGLESS,
        },
        anonymised={"person_id": None, "file": ""},
    ),
    Held(
        MoveRow,
        "how the person's listings moved on, and listings that the person moved on",
        lambda ids: or_(among(MoveRow.by_id, ids), _offered(MoveRow.property_id, ids)),
        given=("id", "property_id", "at", "was", "now", "as_role", "reason", "submission"),
        withheld={"by_id": EITHER},
        anonymised={"by_id": None, "reason": None},
    ),
    Held(
        ListingRow,
        "where the person's listings stand, and listings that the person handed in",
        lambda ids: or_(among(ListingRow.submitted_by, ids), _offered(ListingRow.property_id, ids)),
        given=(
            "property_id", "submission", "submitted_at", "evidence_at", "reminded_at", "expired",
            "available_from",
        ),
        withheld={
            "submitted_by": EITHER, "version": MEANINGLESS, "approved": "a checksum of what it is and where",
            "approved_words": "a checksum of how it is worded",
            "approved_price": "what it cost when it was looked at",
        },
        anonymised={"submitted_by": None},
    ),
    Held(
        Property,
        "properties that the person offers",
        lambda ids: among(Property.owner_id, ids),
        given=(
            "id", "status", "purpose", "kind", "title", "description", "price", "area_sqft", "bedrooms",
            "balconies", "furnishing", "facing", "age_band", "floor_band", "building_band", "possession",
            "tenants", "flags", "photos", "first_seen_at", "updated_at",
        ),
        withheld={
            "owner_id": OWN, "source": MEANINGLESS, "source_id": MEANINGLESS, "checksum": MEANINGLESS,
            "geog": "where it stands is given by the listing itself", "locality_id": MEANINGLESS,
            "sector_id": MEANINGLESS, "society_id": MEANINGLESS, "amenities_yes": MEANINGLESS,
            "amenities_no": MEANINGLESS,
        },
        anonymised={
            "owner_id": None,
            "status": "archived",
            "title": func.initcap(func.replace(Property.kind, "_", " ")),
            "description": "",
            "photos": [],
            "geog": None,
        },
    ),
)  # fmt: skip
"""Whoever leaves takes their listings off: visits, contacts and shortlists of others still name them, without
the person's own words and without the place."""
