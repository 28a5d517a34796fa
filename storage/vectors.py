"""Vectors: which properties lack one of a model, or have one of an older card, and keeping new ones.

Searches use those of one model, the active one. Those of another are made beside them, and are used once no
property lacks one.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import BigInteger, DateTime, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.engine import driver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession


FRESH: Final = 5.0
"""Seconds that a process goes on with the model that it knows."""

KEPT: Final = timedelta(hours=1)
"""How long the vectors of a model stay after searches have left it, for those that are under way."""


class VectorModelRow(Base):
    """A model that vectors are of."""

    __tablename__ = "vector_models"
    __table_args__ = (
        Index("vector_models_active_idx", "active", unique=True, postgresql_where=text("active")),
    )

    model: Mapped[str] = mapped_column(primary_key=True)
    active: Mapped[bool] = mapped_column(server_default="false")
    """Whether searches use its vectors; so of one model at most."""

    wanted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """Since when its vectors are to be made; so of one model at most."""

    left_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """Since when it is neither active nor wanted."""

    looked_to: Mapped[int] = mapped_column(BigInteger, server_default="0")
    """The property up to which nothing was lacking when they were last looked through, by id."""


class Models(NamedTuple):
    """The model whose vectors searches use, and the one whose are to be made; often the same."""

    active: str | None
    wanted: str | None


_MODELS: Final = """
select max(model) filter (where active), max(model) filter (where wanted_at is not null) from vector_models"""
_ALONE: Final = "lock table vector_models in share row exclusive mode"
_WANT: Final = """
insert into vector_models as m (model, active, wanted_at)
values ($1, not exists(select from vector_models where active), $2)
on conflict (model) do update set wanted_at = $2, left_at = null, looked_to = 0,
    active = m.active or not exists(select from vector_models where active)"""
_LEAVE: Final = """
update vector_models set wanted_at = null, left_at = case when active then null else $2::timestamptz end
where model <> $1 and wanted_at is not null"""
_WANTED: Final = "select 1 from vector_models where model = $1 and wanted_at is not null and not active"
_RETIRE: Final = "update vector_models set active = false, left_at = $2 where active and model <> $1"
_ACTIVATE: Final = "update vector_models set active = true, left_at = null where model = $1"


_held: WeakKeyDictionary[Any, tuple[str | None, float]] = WeakKeyDictionary()


async def models(db: AsyncSession) -> Models:
    """Which models are in use and being made; none before the first was wanted."""
    row = await (await driver(db)).fetchrow(_MODELS)
    assert row is not None
    return Models(*row)


async def active(db: AsyncSession) -> str | None:
    """The model whose vectors searches use, as it was some seconds ago at most.

    It is kept in the process, so that whoever asks the model next holds no connection meanwhile.
    """
    engine, now = db.get_bind(), time.monotonic()
    held = _held.get(engine)
    if held is None or held[1] < now:
        held = _held[engine] = ((await models(db)).active, now + FRESH)
    return held[0]


async def want(db: AsyncSession, model: str, now: datetime) -> None:
    """Have the vectors of this model made, and of no other. The first model of all is active at once."""
    connection = await driver(db)
    await connection.execute(_ALONE)
    await connection.execute(_LEAVE, model, now)
    await connection.execute(_WANT, model, now)


async def activate(db: AsyncSession, model: str, now: datetime) -> bool:
    """Let searches use the vectors of this model from the commit on, where it is still wanted.

    Answers whether they did not before.
    """
    connection = await driver(db)
    await connection.execute(_ALONE)
    if not await connection.fetchval(_WANTED, model):
        return False
    await connection.execute(_RETIRE, model, now)
    await connection.execute(_ACTIVATE, model)
    return True


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


_MOST: Final = 2**63 - 1
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
  where p.status = 'live' and p.id > :above and p.id <= :upto
)
select c.* from cards c
where not exists (
  select from property_vectors v where v.model = :model and v.property_id = c.id and v.card = c.checksum
)
order by c.id limit :limit"""
_LOOKED_TO: Final = "select looked_to from vector_models where model = $1"
_LOOKED: Final = "update vector_models set looked_to = $2 where model = $1 and looked_to <> $2"
_TO_GO: Final = """
select (select count(*) from property_search) - (select count(*) from property_vectors where model = $1)"""


async def lacking(
    db: AsyncSession, model: str, version: int, limit: int, within: tuple[int, int] | None = None
) -> list[CardSource]:
    """The next live properties without a vector of this model for their present card.

    `version` is that of the way cards are written: a vector of another version counts as missing. `within`
    looks only at ids above the first and up to the second.
    """
    above, upto = within or (0, _MOST)
    given = {"model": model, "version": str(version), "limit": limit, "above": above, "upto": upto}
    return [CardSource(*row) for row in await db.execute(text(_LACKING), given)]


async def next_lacking(
    db: AsyncSession, model: str, version: int, limit: int
) -> tuple[list[CardSource], int]:
    """Those that are lacking next, and about how many there will be after them: 0 only where there are none.

    It goes on where it was before, and begins anew from there: so each is looked at twice, not each time.
    """
    connection = await driver(db)
    above = await connection.fetchval(_LOOKED_TO, model) or 0
    found = await lacking(db, model, version, limit, (above, _MOST))
    over = len(found) < limit
    if over and above:
        found += await lacking(db, model, version, limit - len(found), (0, above))
    await connection.execute(_LOOKED, model, 0 if over else found[-1].id)
    if len(found) < limit:
        return found, 0
    return found, max(await connection.fetchval(_TO_GO, model) - len(found), 1)


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


_OLD: Final = """
from property_vectors v join vector_models m using (model)
where not m.active and m.wanted_at is null and m.left_at < $1"""
_FORGET: Final = f"delete from property_vectors where ctid = any(array(select v.ctid {_OLD} limit $2))"  # noqa: S608
_COUNT_OLD: Final = f"select count(*) {_OLD}"
_FORGET_MODELS: Final = """
delete from vector_models m where not m.active and m.wanted_at is null and m.left_at < $1
    and not exists(select from property_vectors v where v.model = m.model)"""


async def forget(db: AsyncSession, now: datetime, limit: int) -> tuple[int, int]:
    """Remove vectors of models that searches have left some time ago: how many, and how many remain."""
    connection = await driver(db)
    done = await connection.execute(_FORGET, now - KEPT, limit)
    remaining: int = await connection.fetchval(_COUNT_OLD, now - KEPT)
    await connection.execute(_FORGET_MODELS, now - KEPT)
    return int(done.rpartition(" ")[2]), remaining
