"""Insights: what prices and surroundings say about properties, from listings whose price can be believed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from storage import listings
from storage.engine import driver
from storage.search_filters import Filters, Where, conditions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

STATIONS: Final = 3


@dataclass(frozen=True, slots=True)
class Spread:
    """How prices lie: the number of properties, and quartiles of price and of rupees a square foot."""

    n: int
    prices: tuple[float, float, float] | None
    rates_n: int
    rates: tuple[float, float, float] | None
    as_of: datetime | None
    """When the youngest of them was last seen to change."""

    demo: int
    """How many of them are made up."""


async def spread(db: AsyncSession, filters: Filters) -> Spread:
    """The spread of prices among the live properties that match, without those whose price is doubtful."""
    where = Where()
    where.any_of("purpose", filters.purposes, "int2")
    believable = f"not p.flags && {where.value(list(listings.PRICE_FLAGS), 'text[]')}"
    conditions(filters, where)
    connection = await driver(db)
    row: Any = await connection.fetchrow(
        f"""
select count(*) as n,
  percentile_cont(array[0.25, 0.5, 0.75]) within group (order by p.price::float8) as prices,
  count(p.area_sqft) as rates_n,
  percentile_cont(array[0.25, 0.5, 0.75]) within group (order by (p.price / p.area_sqft)::float8) as rates,
  max(p.updated_at) as as_of, count(*) filter (where p.source = 'demo') as demo
from (select property_id from property_search where {where} offset 0) s
join properties p on p.id = s.property_id
where {believable}""",
        *where.params,
    )
    return Spread(row["n"], row["prices"], row["rates_n"], row["rates"], row["as_of"], row["demo"])


@dataclass(frozen=True, slots=True)
class Station:
    """A metro station, and how far it is on the earth's surface, in metres."""

    name: str
    line: str | None
    distance: int


async def stations(db: AsyncSession, property_id: int) -> list[Station]:
    """The nearest metro stations to a property; none when its place is unknown."""
    connection = await driver(db)
    rows = await connection.fetch(
        f"""
select m.name, m.detail, round(ST_Distance(m.geog, p.geog))::int as distance
from properties p, places m
where p.id = $1::int8 and p.geog is not null and m.kind = 'metro' and m.geog is not null
order by ST_Distance(m.geog, p.geog), m.id limit {STATIONS}""",
        property_id,
    )
    return [Station(row["name"], row["detail"], row["distance"]) for row in rows]


async def similar(db: AsyncSession, property_id: int, model: str, limit: int) -> Sequence[int]:
    """Ids of properties like this one, likest first: same purpose and kind, near in price, size and place."""
    connection = await driver(db)
    rows = await connection.fetch(_SIMILAR, property_id, model, limit)
    return [row[0] for row in rows]


_SIMILAR: Final = """
with this as materialized (
  select s.*, v.vector from property_search s
  left join property_vectors v on v.property_id = s.property_id and v.model = $2
  where s.property_id = $1::int8
)
select s.property_id
from this t join property_search s
  on s.purpose = t.purpose and s.kind = t.kind and s.property_id <> t.property_id
  and s.price between t.price * 0.6 and t.price * 1.6
left join property_vectors v on v.property_id = s.property_id and v.model = $2
where t.geog is null or ST_DWithin(s.geog, t.geog, 8000)
order by
  abs(ln(s.price::float8 / t.price)) * 1.5
  + coalesce(abs(s.bedrooms - t.bedrooms) * 0.5, 0.3)
  + coalesce(abs(ln(s.area::float8 / nullif(t.area, 0))), 0.3)
  + coalesce(ST_Distance(s.geog, t.geog) / 4000, 1)
  + case when s.society_id = t.society_id then 0 else 0.15 end
  + case when s.furnishing = t.furnishing then 0 else 0.1 end
  + coalesce(1 + (v.vector <#> t.vector), 0.3),
  s.property_id
limit $3::int8"""
