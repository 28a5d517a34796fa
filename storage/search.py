"""The property search: one page of cards for filters, an order and a position."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from storage import search_plans
from storage.engine import driver
from storage.search_counts import counts
from storage.search_filters import Where, conditions
from storage.search_plans import Position, Sort, Wanted

if TYPE_CHECKING:
    from collections.abc import Sequence

    import asyncpg
    from sqlalchemy.ext.asyncio import AsyncSession

    from storage.search_counts import Counts
    from storage.search_filters import Filters

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
CARD: Final = """
  p.id, p.source, p.purpose, p.kind, p.title, p.price, p.area_sqft, p.bedrooms, p.furnishing, p.facing,
  p.age_band, p.floor_band, p.possession, p.locality_id, p.sector_id, p.society_id,
  p.amenities_yes, p.amenities_no, p.tenants, p.flags, p.photos[1] as photo,
  (p.first_seen_at at time zone 'Asia/Kolkata')::date as listed_on,
  s.lat, s.lng, s.metro"""
"""The columns of a card, from `properties p` and `property_search s`."""


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of a page, with the columns of `CARD` and `d2` (squared metres, or None), and what follows."""

    rows: Sequence[asyncpg.Record]
    after: Position | None
    """Where the next page begins, or None when this was the last."""


async def page(db: AsyncSession, wanted: Wanted) -> Found:
    """The page that was wanted, in one question to the database."""
    more = Wanted(wanted.filters, wanted.sort, wanted.after, wanted.limit + 1, wanted.without)
    asked, params = statement(more, await counts(db))
    connection = await driver(db)
    rows = await connection.fetch(asked, *params)
    if len(rows) <= wanted.limit:
        return Found(rows, None)
    last = rows[wanted.limit - 1]
    return Found(rows[: wanted.limit], Position(last["key"], last["id"]))


def statement(wanted: Wanted, held: Counts) -> tuple[str, list[Any]]:
    """SQL that gives the cards of what is wanted, in order, with the order's `key`, and its parameters."""
    hits, params = search_plans.hits(wanted, held)
    way = "desc" if search_plans.ORDERS[wanted.sort].descending else "asc"
    return (
        f"""with hits as materialized ({hits})
select {CARD}, h.key, h.d2 from hits h
join property_search s on s.property_id = h.property_id
join properties p on p.id = h.property_id
order by h.key {way}, h.property_id {way}""",
        params,
    )


async def by_ids(db: AsyncSession, ids: Sequence[int], filters: Filters | None, limit: int) -> Sequence[Any]:
    """Cards of these properties in the order of `ids`, at most `limit`: those that still match."""
    where = Where()
    given, most = where.value(list(ids), "int8[]"), where.value(limit, "int8")
    measured = "null::float8"
    if filters is not None:
        measured = search_plans.measured(filters, where)
        where.any_of("purpose", filters.purposes, "int2")
        conditions(filters, where)
    connection = await driver(db)
    return await connection.fetch(
        f"""with hits as materialized (
  select property_id, {measured} as d2, array_position({given}, property_id) as at
  from property_search where property_id = any({given}) and {where} order by at limit {most}
)
select {CARD}, h.at as key, h.d2 from hits h
join property_search s on s.property_id = h.property_id
join properties p on p.id = h.property_id
order by h.at""",
        *where.params,
    )


async def one(db: AsyncSession, property_id: int) -> asyncpg.Record | None:
    """A live property with the columns of `CARD` and all else that is public; None when there is none."""
    connection = await driver(db)
    return await connection.fetchrow(
        f"""select {CARD}, null::float8 as d2, p.description, p.balconies, p.building_band, p.photos,
  p.first_seen_at, p.updated_at
from property_search s join properties p on p.id = s.property_id where s.property_id = $1::int8""",
        property_id,
    )


def pack(sort: Sort, position: Position) -> list[int | float]:
    """A position as plain numbers, for a cursor."""
    key = position.key
    return [(key - _EPOCH) // timedelta(microseconds=1) if sort == "newest" else key, position.id]


def unpack(sort: Sort, packed: Sequence[Any]) -> Position:
    """The position that `pack` wrote."""
    key, property_id = packed
    return Position(_EPOCH + timedelta(microseconds=key) if sort == "newest" else key, property_id)
