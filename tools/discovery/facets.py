"""Facets: the matches of a search, counted by what one could narrow them by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from storage import listings, search_around
from storage.cache import FACETS
from tools.contract import Call, Model
from tools.discovery.vocabulary import AMENITIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.search_places import Directory
    from tools.discovery.question import Question

LOCALITIES: Final = 12


class Facet(Model):
    value: str
    count: int


class Facets(Model):
    """Counts of all matches, most first. What the source does not say is not counted."""

    total: int
    purpose: list[Facet]
    kinds: list[Facet]
    bedrooms: list[Facet]
    furnishing: list[Facet]
    facing: list[Facet]
    possession: list[Facet]
    locality: list[Facet]
    amenities: list[Facet]
    price_min: int | None
    price_median: int | None
    price_max: int | None


async def faceted(call: Call, question: Question, known: Directory) -> Facets:
    """The facets of a question, up to a minute old."""

    async def made() -> bytes:
        found = await search_around.facets(call.db, question.filters)
        return _told(found, known).model_dump_json().encode()

    return Facets.model_validate_json(await call.ports.cache.remember(FACETS, repr(question.filters), made))


def _told(found: search_around.Facets, known: Directory) -> Facets:
    """What was counted, in the words of people."""
    least, median, most = found.prices or (None, None, None)
    localities = {known.name(place) or "": count for place, count in found.by["locality_id"].items()}
    keys = {amenity.bit: key for key, amenity in AMENITIES.items()}
    return Facets(
        total=found.total,
        purpose=_named(found.by["purpose"], listings.PURPOSES),
        kinds=_named(found.by["kind"], listings.KINDS),
        bedrooms=_ranked({str(number): count for number, count in found.by["bedrooms"].items()}),
        furnishing=_named(found.by["furnishing"], listings.FURNISHINGS),
        facing=_named(found.by["facing"], listings.FACINGS),
        possession=_named(found.by["possession"], listings.POSSESSIONS),
        locality=_ranked(localities)[:LOCALITIES],
        amenities=_ranked({keys[bit]: count for bit, count in found.amenities.items() if bit in keys}),
        price_min=least,
        price_median=median,
        price_max=most,
    )


def _named(counts: Mapping[int, int], names: tuple[str, ...]) -> list[Facet]:
    return _ranked({names[code]: count for code, count in counts.items()})


def _ranked(counts: Mapping[str, int]) -> list[Facet]:
    ordered = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    return [Facet(value=value, count=count) for value, count in ordered]
