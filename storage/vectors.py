"""Vectors: which properties lack one of a model, or have one of an older card, and keeping new ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from storage.engine import driver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True, slots=True)
class CardSource:
    """What the card of a property is written from. `checksum` changes whenever one of the others does."""

    id: int
    purpose: str
    kind: str
    title: str
    bedrooms: int | None
    furnishing: str | None
    facing: str | None
    amenities_yes: int
    tenants: list[str]
    locality: str | None
    sector: str | None
    society: str | None
    checksum: str


_LACKING: Final = """
with cards as (
  select p.id, p.purpose, p.kind, p.title, p.bedrooms, p.furnishing, p.facing, p.amenities_yes, p.tenants,
    locality.name as locality, sector.name as sector, society.name as society,
    md5(concat_ws('|', cast(:version as text), p.purpose, p.kind, p.title, p.bedrooms, p.furnishing, p.facing,
      p.amenities_yes, p.tenants, locality.name, sector.name, society.name)) as checksum
  from properties p
  left join places locality on locality.id = p.locality_id
  left join places sector on sector.id = p.sector_id
  left join places society on society.id = p.society_id
  where p.status = 'live'
)
select count(*) over () as lacking, c.* from cards c
where not exists (
  select from property_vectors v where v.model = :model and v.property_id = c.id and v.card = c.checksum
)
order by c.id limit :limit"""


async def lacking(db: AsyncSession, model: str, version: int, limit: int) -> tuple[list[CardSource], int]:
    """The next live properties without a vector of this model for their present card, and how many there are.

    `version` is that of the way cards are written: a vector of another version counts as missing.
    """
    found = await db.execute(text(_LACKING), {"model": model, "version": str(version), "limit": limit})
    rows = found.all()
    return [CardSource(*row[1:]) for row in rows], rows[0].lacking if rows else 0


_KEEP: Final = """
insert into property_vectors (model, property_id, card, vector)
select :model, p.id, given.card, cast(given.vector as halfvec)
from unnest(cast(:ids as bigint[]), cast(:cards as text[]), cast(:vectors as text[]))
  as given (id, card, vector)
join properties p on p.id = given.id
on conflict (model, property_id) do update set card = excluded.card, vector = excluded.vector"""


async def keep(
    db: AsyncSession, model: str, cards: Sequence[CardSource], vectors: Sequence[Sequence[float]]
) -> None:
    """Keep a vector for each of these cards, in their order."""
    written = ["[" + ",".join(f"{number:.6g}" for number in vector) + "]" for vector in vectors]
    await db.execute(
        text(_KEEP),
        {
            "model": model,
            "ids": [card.id for card in cards],
            "cards": [card.checksum for card in cards],
            "vectors": written,
        },
    )


_COLUMNS: Final = ("model", "property_id", "card", "vector")


async def without(db: AsyncSession, model: str, source: str) -> list[int]:
    """The ids of a source's properties that have no vector of this model at all."""
    found = await db.execute(
        text("""
            select p.id from properties p where p.source = :source and not exists (
              select from property_vectors v where v.model = :model and v.property_id = p.id
            ) order by p.id"""),
        {"source": source, "model": model},
    )
    return list(found.scalars())


async def copy(db: AsyncSession, model: str, ids: Sequence[int], packed: Sequence[bytes]) -> None:
    """Keep these vectors, in the binary form of `halfvec`, for properties that have none of this model."""
    connection = await driver(db)
    records = [(model, id_, "drawn", vector) for id_, vector in zip(ids, packed, strict=True)]
    await connection.set_type_codec("halfvec", schema="public", encoder=bytes, decoder=bytes, format="binary")
    try:
        await connection.copy_records_to_table("property_vectors", records=records, columns=_COLUMNS)
    finally:
        await connection.reset_type_codec("halfvec", schema="public")
