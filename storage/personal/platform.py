"""Personal data: what admins set, and what was reported."""

from __future__ import annotations

from typing import Final

from storage.flags import FlagRow
from storage.personal.held import OWN, Held, among
from storage.reports import ReportRow
from storage.restrictions import RestrictionRow

HELD: Final[tuple[Held, ...]] = (
    Held(
        ReportRow,
        "what the person reported",
        lambda ids: among(ReportRow.reporter_id, ids),
        given=("id", "kind", "target", "property_id", "reason", "words", "at", "outcome", "handled_at"),
        withheld={
            "reporter_id": OWN,
            "reported_id": "whose it is, which is theirs",
            "quoted": "what somebody else wrote",
            "note": "what somebody else was told",
            "handled_by": "who decided, which is the platform's",
        },
        anonymised={"reporter_id": None, "words": ""},
    ),
    Held(
        ReportRow,
        "what was reported of the person's",
        lambda ids: among(ReportRow.reported_id, ids),
        withheld={"*": "it would tell people who reported them"},
        anonymised={"reported_id": None, "quoted": ""},
        part="about",
    ),
    Held(
        ReportRow,
        "reports that the person decided about as staff",
        lambda ids: among(ReportRow.handled_by, ids),
        withheld={"*": "they are about others"},
        anonymised={"handled_by": None},
        part="handled",
    ),
    Held(
        RestrictionRow,
        "until when the person may not reach others, and why",
        lambda ids: among(RestrictionRow.person_id, ids),
        given=("until", "reason", "at"),
        withheld={"person_id": OWN},
    ),
    Held(
        FlagRow,
        "parts of the product that the person switched as an admin, and why",
        lambda ids: among(FlagRow.person_id, ids),
        given=("name", "version", "on", "roles", "percent", "reason", "at"),
        withheld={"person_id": OWN},
        stays="how the product stood belongs to its history, and it holds an id only, which says nothing "
        "once the profile is gone",
    ),
)
