"""The directory of places, held in this process: names for cards, ids for filters."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from weakref import WeakKeyDictionary

from storage.engine import driver

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.ext.asyncio import AsyncSession

FRESH: Final = 60.0
"""Seconds that the directory is used before it is read again."""


class Known(NamedTuple):
    """A place of the database."""

    id: int
    kind: str
    slug: str
    name: str
    lat: float | None
    lng: float | None
    detail: str | None


@dataclass(eq=False, slots=True, weakref_slot=True)
class Directory:
    """Every place, by id and by kind and slug."""

    places: tuple[Known, ...] = ()
    by_id: dict[int, Known] = field(default_factory=dict[int, Known])
    by_slug: dict[tuple[str, str], Known] = field(default_factory=dict[tuple[str, str], Known])

    def name(self, place_id: int | None) -> str | None:
        """The name of a place, or None for none."""
        known = None if place_id is None else self.by_id.get(place_id)
        return known.name if known else None

    def ids(self, kind: str, slugs: Iterable[str]) -> tuple[int, ...]:
        """The ids of those slugs that are places of this kind."""
        found = (self.by_slug.get((kind, slug)) for slug in slugs)
        return tuple(known.id for known in found if known)


_held: WeakKeyDictionary[Any, tuple[float, Directory]] = WeakKeyDictionary()


async def directory(db: AsyncSession) -> Directory:
    """The places of this database, read once a minute; the same object while nothing changes."""
    engine = db.get_bind()
    until, held = _held.get(engine, (0.0, None))
    if held is None or until < time.monotonic():
        held = await _read(db, held)
        _held[engine] = time.monotonic() + FRESH, held
    return held


async def _read(db: AsyncSession, held: Directory | None) -> Directory:
    connection = await driver(db)
    places = tuple(Known(*row) for row in await connection.fetch(_PLACES))
    if held is not None and held.places == places:
        return held
    return Directory(
        places,
        {known.id: known for known in places},
        {(known.kind, known.slug): known for known in places},
    )


_PLACES: Final = """
select id, kind, slug, name, ST_Y(geog::geometry), ST_X(geog::geometry), detail from places order by id"""
