"""Vectors: the job that gives every property one, made from a short card of what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field

from storage import vectors
from tools.contract import Call, Model, Round
from tools.discovery import vocabulary
from tools.jobs import job

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storage.vectors import CardSource

CARD_VERSION: Final = 1
"""Raise it when cards are written otherwise: every vector is then made anew."""

MOST_WORDS: Final = 23
"""Measured on 10,000 real and made-up listings, so many words are at most 48 tokens of the default model."""

_SAID: Final = {"buy": "for sale", "rent": "for rent", "pg": "paying guest"}
_KEY_AMENITIES: Final = (
    "servant_room", "study_room", "park_facing", "vastu", "pet_friendly", "swimming_pool", "gym",
    "club_house", "gated", "power_backup", "covered_parking", "parking", "lift", "terrace", "private_garden",
    "corner", "modular_kitchen", "meals", "wifi",
)  # fmt: skip
_MOST_AMENITIES: Final = 5
_EMPTY: Final = frozenset({"in", "at", "of", "the", "flat", "independent", "gurgaon", "residential", "land"})


class EmbedListings(Model):
    limit: Annotated[int, Field(ge=1, le=500)] = 32
    """How many properties to embed in this call."""


@job(cron="*/10 * * * *", at_once=1)
async def embed_listings(call: Call, ask: EmbedListings) -> Round:
    """Make the vectors of the next properties that lack one or changed since. Repeat until none remain."""
    embedder = call.ports.embedder
    found, lacking = await vectors.lacking(call.db, embedder.model, CARD_VERSION, ask.limit)
    if found:
        made = await embedder.passages([card(each) for each in found])
        await vectors.keep(call.db, embedder.model, found, made)
    return Round(done=len(found), remaining=lacking - len(found))


def card(source: CardSource) -> str:
    """What a property is, in at most `MOST_WORDS` words, none twice: the kind first, amenities last."""
    words = " ".join(_parts(source)).replace("/", " ").replace(",", " ").split()
    unlike = {word.lower(): word for word in reversed(words)}
    kept = [word for word in words if unlike.pop(word.lower(), None)]
    return " ".join(kept[:MOST_WORDS])


def _parts(source: CardSource) -> Iterator[str]:
    if source.bedrooms:
        yield f"{source.bedrooms} BHK"
    yield source.kind.replace("_", " ")
    yield _SAID[source.purpose]
    for place in (source.society, source.locality, source.sector):
        yield place or ""
    yield (source.furnishing or "").replace("_", "-")
    yield f"{source.facing} facing".replace("_", "-") if source.facing else ""
    yield from source.tenants
    yield from (word for word in source.title.split() if word.lower() not in _EMPTY)
    has = set(vocabulary.keys(source.amenities_yes))
    labels = vocabulary.labels()
    yield from [labels[key] for key in _KEY_AMENITIES if key in has][:_MOST_AMENITIES]
