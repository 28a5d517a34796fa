"""Days: how a listing fares, day by day in India."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession


class Day(NamedTuple):
    """What happened to a listing on one day."""

    day: date
    views: int
    likes: int
    enquiries: int
    visits: int


_LOCAL: Final = "({at} at time zone 'Asia/Kolkata')::date"
_SINCE: Final = "cast(:first as date)::timestamp at time zone 'Asia/Kolkata'"
_DAYS: Final = f"""
with told as (
  select day, views as views, 0 as likes, 0 as enquiries, 0 as visits from view_days
  where property_id = :id and day between :first and :last
  union all
  select {_LOCAL.format(at="swiped_at")}, 0, 1, 0, 0 from swipes
  where property_id = :id and choice <> 'pass' and swiped_at >= {_SINCE}
  union all
  select {_LOCAL.format(at="opened_at")}, 0, 0, 1, 0 from enquiries
  where property_id = :id and opened_at >= {_SINCE}
  union all
  select {_LOCAL.format(at="requested_at")}, 0, 0, 0, 1 from visits
  where property_id = :id and requested_at >= {_SINCE}
)
select d.day::date, coalesce(sum(views), 0)::int, coalesce(sum(likes), 0)::int,
  coalesce(sum(enquiries), 0)::int, coalesce(sum(visits), 0)::int
from generate_series(cast(:first as date), cast(:last as date), interval '1 day') as d (day)
left join told on told.day = d.day
group by d.day order by d.day"""


async def days(db: AsyncSession, property_id: int, first: date, last: date) -> Sequence[Day]:
    """Every day from the first to the last, also those on which nothing happened."""
    rows = await db.execute(text(_DAYS), {"id": property_id, "first": first, "last": last})
    return [Day(*row) for row in rows]
