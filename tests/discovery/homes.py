"""Small hand-made data: a few places, and homes that differ in what a test is about."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func

from storage import search_index
from storage.engine import Database
from storage.listings import Property
from storage.places import Place
from tools.contract import GUEST, Model
from tools.dispatch import Caller, Dispatcher
from tools.refusals import Refused

CYBER_CITY = (28.4973, 77.0918)
PLACES = {
    "Sector 57": ("sector", 28.423, 77.077),
    "Sector 56": ("sector", 28.426, 77.1),
    "DLF Phase 2": ("locality", 28.489, 77.087),
    "Cyber City": ("hub", *CYBER_CITY),
    "IFFCO Chowk": ("metro", 28.4723, 77.0724),
    "Palm Court Residency": ("society", 28.43, 77.08),
}


def _point(lat: float, lng: float) -> Any:
    return func.ST_SetSRID(func.ST_MakePoint(lng, lat), 4326)


async def add(database: Database, *homes: Mapping[str, Any]) -> list[int]:
    """Put these homes into the database and the search index; answers their ids, in order."""
    async with database.writing() as db:
        known = {
            name: Place(kind=kind, slug=name.lower(), name=name, geog=_point(lat, lng))
            for name, (kind, lat, lng) in PLACES.items()
        }
        db.add_all(known.values())
        await db.flush()
        rows = [_row(number, home, known) for number, home in enumerate(homes)]
        db.add_all(rows)
        await db.flush()
        await search_index.refresh(db)
        return [row.id for row in rows]


def _row(number: int, home: Mapping[str, Any], known: Mapping[str, Place]) -> Property:
    values: dict[str, Any] = {
        "source": "test",
        "source_id": str(number),
        "purpose": "rent",
        "kind": "apartment",
        "title": "A flat",
        "description": "",
        "price": 30_000,
        "bedrooms": 2,
        "area_sqft": 1000,
        "at": CYBER_CITY,
    } | dict(home)
    at = values.pop("at")
    for kind in ("locality", "sector", "society"):
        name = values.pop(kind, None)
        values[f"{kind}_id"] = known[name].id if name else None
    return Property(geog=_point(*at) if at else None, **values)


class Guest:
    """Somebody who calls tools without having signed in."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher

    async def call(self, tool: str, **given: Any) -> Any:
        """The tool's answer."""
        return await self._dispatcher.run(self._dispatcher.catalog[tool], given, Caller("cli", GUEST))

    async def ids(self, **given: Any) -> list[int]:
        """The ids on the first page of a search."""
        return [item.id for item in (await self.call("search_properties", **given)).items]

    async def every(self, **given: Any) -> list[int]:
        """The ids on all pages of a search."""
        found: list[int] = []
        cursor: dict[str, str] = {}
        while True:
            page = await self.call("search_properties", **given, **cursor)
            found += [item.id for item in page.items]
            if page.next_cursor is None:
                assert not page.has_more
                return found
            cursor = {"cursor": page.next_cursor}

    async def refused(self, tool: str, **given: Any) -> Refused:
        """The refusal of a call that must be refused."""
        try:
            answer: Model = await self.call(tool, **given)
        except Refused as refusal:
            return refusal
        raise AssertionError(f"{tool} answered {answer!r}")
