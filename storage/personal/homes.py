"""Personal data: what people keep, visit and look after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import or_

from storage.people import PortfolioRow
from storage.personal.held import EITHER, OWN, Held, among
from storage.reveals import RevealRow
from storage.shortlists import ShortlistRow
from storage.visits import VisitRow

if TYPE_CHECKING:
    pass


HELD: Final[tuple[Held, ...]] = (
    Held(
        RevealRow,
        "who was shown whose contact over a property",
        lambda ids: or_(among(RevealRow.person_id, ids), among(RevealRow.staff_id, ids)),
        given=("id", "property_id", "at"),
        withheld={"person_id": EITHER, "staff_id": EITHER},
    ),
    Held(
        VisitRow,
        "visits to properties",
        lambda ids: among(VisitRow.person_id, ids),
        given=("id", "property_id", "starts", "ends", "status", "requested_at", "cancelled_at"),
        withheld={"person_id": OWN},
    ),
    Held(
        ShortlistRow,
        "the shortlist",
        lambda ids: among(ShortlistRow.person_id, ids),
        given=("id", "property_id", "added_at"),
        withheld={"person_id": OWN},
    ),
    Held(
        PortfolioRow,
        "properties that the person looks after as staff",
        lambda ids: among(PortfolioRow.staff_id, ids),
        given=("property_id", "assigned_at"),
        withheld={"staff_id": OWN},
    ),
)  # fmt: skip
