"""Personal data: what people like, pass and look at."""

from __future__ import annotations

from typing import Final

from storage.personal.held import OWN, Held, among
from storage.swipes import SwipeRow
from storage.views import ViewRow

HELD: Final[tuple[Held, ...]] = (
    Held(
        SwipeRow,
        "what the person thinks of properties, a word each",
        lambda ids: among(SwipeRow.person_id, ids),
        given=("property_id", "choice", "swiped_at"),
        withheld={"person_id": OWN},
    ),
    Held(
        ViewRow,
        "which properties the person looked at",
        lambda ids: among(ViewRow.person_id, ids),
        given=("property_id", "seen_at", "times"),
        withheld={"person_id": OWN},
    ),
)
