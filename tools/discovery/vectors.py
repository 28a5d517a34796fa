"""Vectors: the jobs that give every property one, made from a short card of what it is."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field

from storage import queue, vectors
from storage.search_ranked import Meaning
from tools.contract import Batch, Call, Model, Round
from tools.discovery import vocabulary
from tools.jobs import job
from tools.refusals import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.ext.asyncio import AsyncSession

    from storage.vectors import CardSource
    from tools.ports import Embedder

log = logging.getLogger(__name__)

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


class CannotEmbed(Unavailable):
    """The model whose vectors are wanted cannot be asked here."""


class EmbedListings(Model):
    limit: Annotated[int, Field(ge=1, le=500)] = 32
    """How many properties to embed in this call."""


@job(cron="40 * * * *", at_once=1)
async def embed_listings(call: Call, ask: EmbedListings) -> Round:
    """Make the vectors of the next properties that lack one or changed since. Repeat until none remain."""
    async with call.apart() as db:
        embedder = await _wanted(call, db)
        model = embedder.model
        found, remaining = await vectors.next_lacking(db, model, CARD_VERSION, ask.limit)
    if found:
        made = await embedder.passages([card(each) for each in found])
        await vectors.keep(call.db, model, found, made)
    if not remaining and await vectors.activate(call.db, model, call.now()):
        log.info("every property has its vector of %s: searches use those from now on", model)
    return Round(done=len(found), remaining=remaining)


@job("destroy", cron="50 * * * *")
async def forget_old_vectors(call: Call, ask: Batch) -> Round:
    """Forget vectors of models that searches have not used for an hour. Repeat until none remain."""
    done, remaining = await vectors.forget(call.db, call.now(), ask.limit)
    return Round(done=done, remaining=remaining)


async def follow(db: AsyncSession) -> int:
    """Have vectors made of what this transaction changes, once it is committed; the job's id."""
    return await queue.put(db, embed_listings.name, b"{}", key=f"{embed_listings.name} edits")


async def in_use(call: Call) -> str:
    """The model whose vectors searches use."""
    return await vectors.active(call.db) or call.ports.embedder.model


async def meaning_of(call: Call, text: str) -> Meaning:
    """What words look for, with their vector by the model in use where this process can ask that model."""
    embedder = _of(call, await in_use(call))
    if embedder is None:
        return Meaning(text)
    return Meaning(text, embedder.model, await embedder.query(text))


async def _wanted(call: Call, db: AsyncSession) -> Embedder:
    """The embedder of the model whose vectors are to be made: its own, where nobody has said so far."""
    model = (await vectors.models(db)).wanted
    if model is None:
        model = call.ports.embedder.model
        await vectors.want(db, model, call.now())
    embedder = _of(call, model)
    if embedder is None:
        raise CannotEmbed(f"The model {model} cannot be asked here.")
    return embedder


def _of(call: Call, model: str) -> Embedder | None:
    own = call.ports.embedder
    return own if own.model == model else call.ports.embedder_of(model)


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
