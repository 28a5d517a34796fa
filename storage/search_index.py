"""The search index: a narrow row, a text and a vector for every live property, derived from `properties`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from geoalchemy2 import Geography
from pgvector.sqlalchemy import HALFVEC
from sqlalchemy import (
    ARRAY,
    BigInteger,
    DateTime,
    ForeignKey,
    Index,
    SmallInteger,
    any_,
    cast,
    delete,
    text,
)
from sqlalchemy.dialects.postgresql import DOUBLE_PRECISION, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from storage import listings
from storage.base import Base

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.ext.asyncio import AsyncSession

DIMENSIONS = 384
AGES: Final = ("0-1", "1-5", "5-10", "10+")
FLOORS: Final = ("low", "mid", "high")
TENANTS: Final = ("family", "bachelors", "girls", "boys", "company")
CELLS_A_DEGREE: Final = 50
CELL_ROW: Final = 4096
"""A cell is 1/50 of a degree each way, about 2.2 by 2.0 km in Delhi: floor(lat*50)*4096 + floor(lng*50)."""

PIECE: Final = 10_000
"""How many properties one statement brings in line, so that each ends well within its time limit."""

NO_RATE: Final = 2_147_483_647
_WALKED: Final = ["kind", "bedrooms", "price", "lat", "lng"]
"""What structured searches look at most, kept inside the ordered indexes so that a walk stays in them."""


class SearchRow(Base):
    """What filters and orders look at, narrow enough to stay in memory. Codes are positions in the tuples of
    `storage.listings` and of this module, price is whole rupees, area square feet; the truth stays in
    `properties`."""

    __tablename__ = "property_search"

    property_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("properties.id", ondelete="cascade"), primary_key=True, autoincrement=False
    )
    purpose: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[int] = mapped_column(SmallInteger)
    bedrooms: Mapped[int | None] = mapped_column(SmallInteger)
    furnishing: Mapped[int | None] = mapped_column(SmallInteger)
    facing: Mapped[int | None] = mapped_column(SmallInteger)
    age: Mapped[int | None] = mapped_column(SmallInteger)
    floor: Mapped[int | None] = mapped_column(SmallInteger)
    possession: Mapped[int | None] = mapped_column(SmallInteger)
    price: Mapped[int] = mapped_column(BigInteger)
    area: Mapped[int | None]
    rate: Mapped[int]
    """Rupees a square foot; the largest integer where the area is not known, so that these come last."""

    lat: Mapped[float | None] = mapped_column(DOUBLE_PRECISION)
    lng: Mapped[float | None] = mapped_column(DOUBLE_PRECISION)
    cell: Mapped[int | None]
    geog: Mapped[str | None] = mapped_column(Geography("POINT", srid=4326, spatial_index=False))
    locality_id: Mapped[int | None]
    sector_id: Mapped[int | None]
    society_id: Mapped[int | None]
    metro: Mapped[int | None]
    """Metres to the nearest metro station, on the earth's surface."""

    amenities: Mapped[int] = mapped_column(BigInteger)
    tenants: Mapped[int] = mapped_column(SmallInteger)
    """Bits by position in `TENANTS`: who is welcome."""

    score: Mapped[int] = mapped_column(SmallInteger)
    """How complete and trustworthy the listing is, 0-1000."""

    listed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))

    # Equal orders end by id, so each index can be read backwards as well as forwards.
    __table_args__ = (
        Index(
            "property_search_cell_idx",
            "purpose",
            "cell",
            "bedrooms",
            "price",
            postgresql_include=["kind", "lat", "lng", "listed_at", "score", "property_id"],
        ),
        Index(
            "property_search_newest_idx", "purpose", "listed_at", "property_id", postgresql_include=_WALKED
        ),
        Index("property_search_best_idx", "purpose", "score", "property_id", postgresql_include=_WALKED),
        Index(
            "property_search_price_idx",
            "purpose",
            "price",
            "property_id",
            postgresql_include=["kind", "bedrooms", "lat", "lng"],
        ),
        Index("property_search_rate_idx", "purpose", "rate", "property_id"),
        Index("property_search_geog_idx", "purpose", "geog", postgresql_using="gist"),
        Index("property_search_locality_idx", "locality_id"),
        Index("property_search_sector_idx", "sector_id"),
        Index("property_search_society_idx", "society_id"),
    )


class SearchText(Base):
    """The words of a property, weighted: title, society and locality before the description."""

    __tablename__ = "property_texts"
    __table_args__ = (Index("property_texts_words_idx", "words", postgresql_using="gin"),)

    property_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("properties.id", ondelete="cascade"), primary_key=True, autoincrement=False
    )
    words: Mapped[str] = mapped_column(TSVECTOR)


class SearchVector(Base):
    """The vector of a property's card, one row a model; two models are never compared."""

    __tablename__ = "property_vectors"

    model: Mapped[str] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("properties.id", ondelete="cascade"), primary_key=True, autoincrement=False
    )
    card: Mapped[str]
    """A checksum of the text that was embedded, so that an edit is noticed."""

    vector: Mapped[list[float]] = mapped_column(HALFVEC(DIMENSIONS))


async def refresh(db: AsyncSession, ids: Collection[int] | None = None) -> int:
    """Bring the rows and texts of these properties (of all, without ids) in line with `properties`.

    Answers how many rows were written; those that were right already are left alone, and properties that
    are no longer live lose theirs. Vectors are kept: they follow in a job of their own.
    """
    if ids is None:
        found = await db.execute(
            text("select id from properties union select property_id from property_search")
        )
        ids = [row[0] for row in found]
    every = sorted(ids)
    return sum([await _refresh(db, every[at : at + PIECE]) for at in range(0, len(every), PIECE)])


async def forget(db: AsyncSession, ids: Collection[int]) -> None:
    """Forget all that was derived from these properties, their vectors too."""
    for table in (SearchRow, SearchText, SearchVector):
        gone = any_(cast(list(ids), ARRAY(BigInteger)))
        await db.execute(delete(table).where(table.property_id == gone))


async def _refresh(db: AsyncSession, ids: list[int]) -> int:
    for statement in (_DROP_ROWS, _DROP_TEXTS):
        await db.execute(text(statement), {"ids": ids})
    wrote = await db.execute(text(_WRITE_ROWS), {"ids": ids} | _CODES)
    await db.execute(text(_WRITE_TEXTS), {"ids": ids})
    return getattr(wrote, "rowcount", 0)


_CODES: Final[dict[str, list[str]]] = {
    "purposes": list(listings.PURPOSES),
    "kinds": list(listings.KINDS),
    "furnishings": list(listings.FURNISHINGS),
    "facings": list(listings.FACINGS),
    "possessions": list(listings.POSSESSIONS),
    "ages": list(AGES),
    "floors": list(FLOORS),
    "welcome": list(TENANTS),
    "doubts": list(listings.PRICE_FLAGS),
}
_ASKED: Final = "{id} = any(cast(:ids as bigint[]))"


def _drop(table: str) -> str:
    return f"""
delete from {table} s
where {_ASKED.format(id="s.property_id")}
  and not exists (select from properties p where p.id = s.property_id and p.status = 'live')"""


def _code(codes: str, column: str) -> str:
    return f"(array_position(cast(:{codes} as text[]), p.{column}) - 1)::smallint"


_DROP_ROWS: Final = _drop("property_search")
_DROP_TEXTS: Final = _drop("property_texts")
_COLUMNS: Final = tuple(SearchRow.__table__.columns.keys())
_CHANGED: Final = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS[1:])
_OLD: Final = ", ".join("s." + name for name in _COLUMNS if name != "geog")
_NEW: Final = ", ".join("excluded." + name for name in _COLUMNS if name != "geog")

_WRITE_ROWS: Final = f"""
with live as (
  select p.*, lat, lng,
    (floor(lat * {CELLS_A_DEGREE}) * {CELL_ROW} + floor(lng * {CELLS_A_DEGREE}))::int as cell
  from properties p, ST_Y(p.geog::geometry) as lat, ST_X(p.geog::geometry) as lng
  where p.status = 'live' and {_ASKED.format(id="p.id")}
),
stations as materialized (select geog from places where kind = 'metro' and geog is not null),
spots as materialized (
  select lat, lng, (
    select round(ST_Distance(spot.geog, m.geog))::int from stations m
    order by m.geog <-> spot.geog limit 1
  ) as metro
  from (select lat, lng, (array_agg(geog))[1] as geog from live group by lat, lng) spot
)
insert into property_search as s ({", ".join(_COLUMNS)})
select p.id, {_code("purposes", "purpose")}, {_code("kinds", "kind")}, p.bedrooms,
  {_code("furnishings", "furnishing")}, {_code("facings", "facing")}, {_code("ages", "age_band")},
  {_code("floors", "floor_band")}, {_code("possessions", "possession")},
  round(p.price)::bigint, round(p.area_sqft)::int,
  least(coalesce(round(p.price / p.area_sqft), {NO_RATE}), {NO_RATE})::int,
  p.lat, p.lng, p.cell, p.geog, p.locality_id, p.sector_id, p.society_id, spots.metro, p.amenities_yes,
  (select coalesce(sum(1 << (array_position(cast(:welcome as text[]), each) - 1)), 0)
   from unnest(p.tenants) each)::smallint,
  (case when p.flags && cast(:doubts as text[]) then 0 else 400 end
   + case when p.photos <> '{{}}' then 120 else 0 end
   + case when p.geog is null then 0 else 80 end
   + case when p.society_id is null then 0 else 60 end
   + case when p.area_sqft is null then 0 else 60 end
   + case when p.furnishing is null then 0 else 40 end
   + case when p.facing is null then 0 else 20 end
   + case when p.possession is null then 0 else 20 end
   + least(length(p.description) / 10, 100)
   + least(bit_count(p.amenities_yes::bit(64)) * 10, 100))::smallint,
  p.first_seen_at
from live p left join spots on (spots.lat, spots.lng) = (p.lat, p.lng)
order by p.purpose, p.cell, p.id
on conflict (property_id) do update set {_CHANGED}
where ({_OLD}) is distinct from ({_NEW})"""

_WRITE_TEXTS: Final = f"""
insert into property_texts as s (property_id, words)
select p.id,
  setweight(to_tsvector('english', concat_ws(' ', p.title, society.name, locality.name, sector.name)), 'A')
  || setweight(to_tsvector('english', p.description), 'D')
from properties p
left join places society on society.id = p.society_id
left join places locality on locality.id = p.locality_id
left join places sector on sector.id = p.sector_id
where p.status = 'live' and {_ASKED.format(id="p.id")}
on conflict (property_id) do update set words = excluded.words
where s.words is distinct from excluded.words"""
