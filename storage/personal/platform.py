"""Personal data: what admins set."""

from __future__ import annotations

from typing import Final

from storage.flags import FlagRow
from storage.personal.held import OWN, Held, among

HELD: Final[tuple[Held, ...]] = (
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
