"""The directory of places, held in this process: names for cards, ids for filters."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from weakref import WeakKeyDictionary

from storage.bus import EVERYTHING
from storage.engine import driver

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

    from storage.bus import Bus

FRESH: Final = 60.0
"""Seconds that the directory is used before it is read again."""

LAG: Final = 5.0
"""Seconds after which it is read once more when something is new: a replica may not have had it at once."""

NEWS: Final = "places"
"""The topic that says that places were named or merged."""


class Known(NamedTuple):
    """A place of the database."""

    id: int
    kind: str
    slug: str
    name: str
    lat: float | None
    lng: float | None
    detail: str | None
    own_name: bool = False
    """Whether it has its name from somebody here, and not from what comes with the product."""


class Called(NamedTuple):
    """Another name of a place."""

    id: int
    kind: str
    slug: str
    name: str
    place: Known
    follows: bool
    """Whether properties may stand under this name still."""


@dataclass(eq=False, slots=True, weakref_slot=True)
class Directory:
    """Every place, by id and by kind and slug, and by those of its other names."""

    rows: Sequence[tuple[Any, ...]] = ()
    places: tuple[Known, ...] = ()
    called: tuple[Called, ...] = ()
    by_id: dict[int, Known] = field(default_factory=dict[int, Known])
    by_slug: dict[tuple[str, str], Known] = field(default_factory=dict[tuple[str, str], Known])
    following: dict[int, list[int]] = field(default_factory=dict[int, list[int]])
    """By the id of a place: the ids of other names of it that properties may stand under still."""

    def name(self, place_id: int | None) -> str | None:
        """The name of a place, or None for none."""
        known = None if place_id is None else self.by_id.get(place_id)
        return known.name if known else None

    def ids(self, kind: str, slugs: Iterable[str]) -> tuple[int, ...]:
        """The ids of those slugs that are places of this kind, and of what is being moved to them."""
        found = (self.by_slug.get((kind, slug)) for slug in slugs)
        ids = dict.fromkeys(known.id for known in found if known)
        return (*ids, *(each for id_ in ids for each in self.following.get(id_, ())))


_held: WeakKeyDictionary[Any, tuple[float, Directory]] = WeakKeyDictionary()
_news: list[float] = [float("-inf")]
"""When places were named or merged last, as far as this process has heard."""


@contextmanager
def listening(bus: Bus) -> Generator[None]:
    """Read the directory anew whenever places were named or merged, for the length of the block."""

    def heard(topic: str) -> None:
        if topic in (NEWS, EVERYTHING):
            _news[0] = time.monotonic()

    with bus.listen(heard):
        yield


async def directory(db: AsyncSession) -> Directory:
    """The places of this database, read once a minute; the same object while nothing changes."""
    engine, now = db.get_bind(), time.monotonic()
    read_at, held = _held.get(engine, (float("-inf"), None))
    if held is None or read_at + FRESH < now or read_at <= _news[0] or read_at < _news[0] + LAG < now:
        held = await read(db, held)
        _held[engine] = now, held
    return held


async def read(db: AsyncSession, held: Directory | None = None) -> Directory:
    """The places as they are now; what is `held` where that is the same."""
    connection = await driver(db)
    rows = [tuple(row) for row in await connection.fetch(_PLACES)]
    return held if held is not None and held.rows == rows else _of(rows)


def _of(rows: Sequence[tuple[Any, ...]]) -> Directory:
    places = tuple(Known(*row[:8]) for row in rows if row[8] is None)
    by_id = {known.id: known for known in places}
    called = tuple(
        Called(row[0], row[1], row[2], row[3], by_id[row[8]], row[9]) for row in rows if row[8] is not None
    )
    made = Directory(rows, places, called, by_id, {(known.kind, known.slug): known for known in places})
    for name in called:
        made.by_id[name.id] = name.place
        made.by_slug[name.kind, name.slug] = name.place
        if name.follows:
            made.following.setdefault(name.place.id, []).append(name.id)
    return made


_PLACES: Final = """
select id, kind, slug, name, ST_Y(geog::geometry), ST_X(geog::geometry), detail, own_name, same_as,
  follows_from is not null
from places order by id"""
