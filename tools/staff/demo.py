"""Demonstration: somebody made up who looks after the made-up properties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from storage import people, portfolios, staff
from storage.imports import DEMO

if TYPE_CHECKING:
    from storage.engine import Database

STAFF: Final = "demo-staff@360ghar.example"
"""At a name that is reserved for examples (RFC 2606), so no mail ever reaches it. Where codes are printed for
their developer, a newcomer can sign in with it and see who asked."""

_NAME: Final = "Demo staff"
_BIO: Final = "Made up, like the properties of this demonstration."
_MOST: Final = 2_000


async def look_after_demo(database: Database) -> int:
    """Let somebody made up look after demo properties that nobody does, at most 2,000; how many."""
    async with database.writing("background") as db:
        person = await people.ensure(db, STAFF)
        if person.name is None:
            await people.change(db, person.id, name=_NAME, role="staff")
            await staff.write(db, person.id, bio=_BIO, languages=["english", "hindi"])
        return await portfolios.assign_source(db, person.id, DEMO, _MOST)
