"""Loading demonstration data: a few thousand for a newcomer, a million for a benchmark."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final

from storage import loading, places, search_index, vectors
from storage.imports import DEMO
from storage.loading import Features, Offer, Staged, Trace, Whereabouts
from tools.discovery import vocabulary
from tools.discovery.chance import Chance
from tools.discovery.demo.homes import Home, home
from tools.discovery.demo.mixture import Mixture
from tools.discovery.demo.prose import amenity_sentences, description, title
from tools.discovery.importing.names import known_places
from tools.discovery.pictures import names
from tools.discovery.vectors import follow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy.ext.asyncio import AsyncSession

    from storage.engine import Database

SEED: Final = 390
"""One whose first 2,000 homes hold answers to the questions that the documents and the page suggest."""

COUNT: Final = 2_000
_CHUNK: Final = 2_000
_EPOCH: Final = datetime(2026, 11, 1, tzinfo=UTC)
_VERSION: Final = "1"


def silent(_said: str, _fraction: float) -> None:
    """No progress bar."""


async def load_demo(
    database: Database,
    count: int = COUNT,
    seed: int = SEED,
    progress: Callable[[str, float], None] = silent,
    vectors_of: str | None = None,
) -> int:
    """Load the first `count` made-up properties of a seed under the source `demo`; answers how many were new.

    Loading them again changes nothing. With `vectors_of`, they get vectors drawn from a mixture under that
    model's name, for measuring speed; they mean nothing. All or nothing is loaded.
    """
    async with database.writing("background") as db:
        await loading.begin(db, DEMO)
        await places.sync(db, known_places())
        for start in range(0, count, _CHUNK):
            numbers = range(start, min(start + _CHUNK, count))
            await loading.copy(db, await asyncio.to_thread(_staged, seed, numbers))
            progress("Making up properties", 0.5 * numbers.stop / count)
        await loading.analyze(db)
        progress("Writing properties", 0.5)
        merged = await loading.merge(db, DEMO)
        progress("Indexing properties", 0.7)
        await search_index.refresh(db, merged.added + merged.changed)
        if vectors_of is not None:
            await _draw_vectors(db, seed, vectors_of, progress)
        elif merged.added or merged.changed:
            await follow(db)
    progress("Properties loaded", 1.0)
    return len(merged.added)


def _staged(seed: int, numbers: Iterable[int]) -> list[Staged]:
    return [staged(home(seed, number), seed) for number in numbers]


def staged(made: Home, seed: int) -> Staged:
    """The made-up property as a row to load."""
    offer = Offer(
        row=made.number + 1,
        source_id=f"demo-{made.number}",
        purpose=made.purpose,
        kind=made.kind,
        title=title(made),
        description=description(made, seed),
        price=Decimal(made.price),
    )
    amenities_yes, amenities_no = _amenities(made)
    features = Features(
        area_sqft=None if made.area is None else Decimal(made.area),
        bedrooms=made.bedrooms,
        balconies=made.balconies,
        furnishing=made.furnishing,
        facing=made.facing,
        age_band=made.age_band,
        floor_band=made.floor_band,
        building_band=made.building_band,
        possession=made.possession,
        amenities_yes=amenities_yes,
        amenities_no=amenities_no,
        tenants=list(made.tenants),
    )
    digest = hashlib.blake2b(f"{_VERSION}/{seed}/{made.number}".encode(), digest_size=16).hexdigest()
    trace = Trace(
        flags=[],
        photos=[f"/pictures/{name}.svg" for name in names(made.kind, seed * 1_000_003 + made.number)],
        first_seen_at=_EPOCH - timedelta(minutes=Chance(digest).randrange(180 * 24 * 60)),
        checksum=digest,
        content=digest,
    )
    return Staged(offer, features, _whereabouts(made), trace)


def _whereabouts(made: Home) -> Whereabouts:
    site = made.site
    area, society = site.area, site.society
    sector = area if area.kind == "sector" else None
    return Whereabouts(
        lat=site.lat,
        lng=site.lng,
        locality_kind=area.kind,
        locality_slug=area.slug,
        locality_name=area.name,
        sector_slug=sector.slug if sector else None,
        sector_name=sector.name if sector else None,
        society_slug=society.slug if society else None,
        society_name=society.name if society else None,
    )


def _amenities(made: Home) -> tuple[int, int]:
    """What the property says it has and lacks, as the vocabulary reads the sentences that say so."""
    said = [_read(sentence) for sentence in amenity_sentences(made)]
    has = {key for each in said for key, answer in each.items() if answer == "yes"}
    lacks = {key for each in said for key, answer in each.items() if answer == "no"}
    return vocabulary.bits(has), vocabulary.bits(lacks - has)


@cache
def _read(sentence: str) -> dict[str, vocabulary.Said]:
    return vocabulary.read_amenities(sentence.lower())


async def _draw_vectors(
    db: AsyncSession, seed: int, model: str, progress: Callable[[str, float], None]
) -> None:
    ids = await vectors.without(db, model, DEMO)
    mixture = Mixture(seed, search_index.DIMENSIONS)
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        drawn = await asyncio.to_thread(mixture.drawn, len(chunk))
        await vectors.copy(db, model, chunk, drawn)
        progress("Drawing vectors", 0.8 + 0.2 * start / len(ids))
