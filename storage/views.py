"""Views: which properties people looked at, and how often each was looked at by anybody."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import Date, DateTime, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.engine import driver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

AGAIN: Final = timedelta(minutes=30)
"""Whoever looks again within this looks once."""


class ViewRow(Base):
    """A property that a person looked at. How often anybody did is counted elsewhere, without people."""

    __tablename__ = "views"
    __table_args__ = (
        Index("views_person_id_idx", "person_id", "seen_at"),
        Index("views_property_id_idx", "property_id"),
        Index("views_seen_at_idx", "seen_at"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"), primary_key=True)
    property_id: Mapped[int] = mapped_column(
        ForeignKey("properties.id", ondelete="cascade"), primary_key=True
    )
    seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    times: Mapped[int] = mapped_column(server_default="1")


class ViewDayRow(Base):
    """How often a property was looked at on one day in India, by people and guests together."""

    __tablename__ = "view_days"
    __table_args__ = (Index("view_days_day_idx", "day"),)

    property_id: Mapped[int] = mapped_column(
        ForeignKey("properties.id", ondelete="cascade"), primary_key=True
    )
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    views: Mapped[int] = mapped_column(server_default="0")


_LIVE: Final = """
select property_id from property_search where property_id = any($1::int8[]) order by property_id"""
_SEEN: Final = """
insert into views as v (person_id, property_id, seen_at)
select $1, given, $3 from unnest($2::int8[]) given order by given
on conflict (person_id, property_id) do update set seen_at = excluded.seen_at, times = v.times + 1
where v.seen_at < $4 returning property_id"""
# Always in the order of their ids, so that two who count the same properties never wait for each other.
_COUNT: Final = """
insert into property_interest as i (property_id, purpose, cell, views, heat)
select s.property_id, s.purpose, s.cell, 1, case when $3 then heat_at($2) else 0 end from property_search s
where s.property_id = any($1::int8[]) order by s.property_id
on conflict (property_id) do update set views = i.views + 1, heat = i.heat + excluded.heat,
  purpose = excluded.purpose, cell = excluded.cell"""
_COUNT_DAY: Final = """
insert into view_days as d (property_id, day, views)
select given, ($2 at time zone 'Asia/Kolkata')::date, 1 from unnest($1::int8[]) given order by given
on conflict (property_id, day) do update set views = d.views + 1"""


async def record(db: AsyncSession, person_id: int | None, ids: Sequence[int], at: datetime) -> int:
    """Count a look at each of these that is live; how many counted. Of guests nothing else is kept."""
    connection = await driver(db)
    live = [row[0] for row in await connection.fetch(_LIVE, sorted(set(ids)))]
    if person_id is not None and live:
        live = [row[0] for row in await connection.fetch(_SEEN, person_id, live, at, at - AGAIN)]
    if live:
        # A guest's look costs nothing to feign, so it makes nothing popular.
        await connection.execute(_COUNT, live, at, person_id is not None)
        await connection.execute(_COUNT_DAY, live, at)
    return len(live)


_BY_DAY: Final = "select day, views from view_days where property_id = $1 and day >= $2 order by day"


async def by_day(db: AsyncSession, property_id: int, since: date) -> list[tuple[date, int]]:
    """How often a property was looked at, by day in India."""
    return [(day, number) for day, number in await (await driver(db)).fetch(_BY_DAY, property_id, since)]


_OLD: Final = "from views where seen_at < $1"
_FORGET: Final = f"delete from views where ctid = any(array(select ctid {_OLD} limit $2))"
_OLD_DAYS: Final = "from view_days where day < $1"
_FORGET_DAYS: Final = f"""
delete from view_days where ctid = any(array(select ctid {_OLD_DAYS} limit $2))"""


async def forget(db: AsyncSession, before: datetime, days_before: date, limit: int) -> tuple[int, int]:
    """Forget who looked at what before a moment, and counts of days before one: how many, how many remain."""
    connection = await driver(db)
    people = await connection.execute(_FORGET, before, limit)
    days = await connection.execute(_FORGET_DAYS, days_before, limit)
    counted = f"select (select count(*) {_OLD}) + (select count(*) {_OLD_DAYS.replace('$1', '$2')})"
    remaining: int = await connection.fetchval(counted, before, days_before)
    return sum(int(done.rpartition(" ")[2]) for done in (people, days)), remaining
