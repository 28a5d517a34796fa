"""Hosts: who can show a property, and when they and it are free."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy import text

from storage.engine import driver
from storage.visits import Seen, VisitRow, seen

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession

    from storage.calendars import Hours

Kind = Literal["staff", "owner"]
_ABLE: Final = "s.erased_at is null and s.deletes_at is null and num_nonnulls(s.phone, s.email) > 0"

_APART: Final = """exists (
  select from blocks b
  where (b.person_id = {0} and b.blocked_id = $2) or (b.person_id = $2 and b.blocked_id = {0})
)"""

_OF: Final = f"""
with able as (
  select s.id, s.name, 'staff' as kind, f.assigned_at
  from portfolios f join people s on s.id = f.staff_id left join staff_profiles p on p.person_id = s.id
  where f.property_id = $1 and s.role <> 'member' and coalesce(p.active, true)
    and {_ABLE}
), shows as (
  select * from able
  union all
  select s.id, s.name, 'owner', null from properties h join people s on s.id = h.owner_id
  where h.id = $1 and {_ABLE} and not exists (select from able)
)
select shows.id, shows.name, shows.kind, c.hours::text, c.holidays_off, {_APART.format("shows.id")}
from shows left join calendars c on c.person_id = shows.id
order by shows.assigned_at, shows.id"""  # noqa: S608 -- made of constants

_THESE: Final = f"""
select s.id, s.name, 'staff', c.hours::text, c.holidays_off, {_APART.format("s.id")}
from people s left join calendars c on c.person_id = s.id
where s.id = any($1::bigint[])
order by array_position($1::bigint[], s.id)"""  # noqa: S608 -- likewise

_BUSY: Final = """
select 0 as who, starts, ends from visits
where property_id = $1 and status in ('requested', 'confirmed') and id <> $5
  and tstzrange(starts, ends) && tstzrange($3, $4)
union all
select host_id, starts, ends from visits
where host_id = any($2::bigint[]) and status in ('requested', 'confirmed') and id <> $5
  and starts < $4 and starts > $3::timestamptz - interval '1 day' and ends > $3
union all
select person_id, starts, ends from visits
where person_id = any($2::bigint[]) and status in ('requested', 'confirmed') and id <> $5
  and starts < $4 and starts > $3::timestamptz - interval '1 day' and ends > $3
union all
select person_id, starts, ends from busy_times
where person_id = any($2::bigint[]) and starts < $4 and ends > $3"""

_LOADS: Final = text("""
select host_id, count(*) filter (where starts >= :since and starts < :until), count(*)
from visits where host_id = any(cast(:people as bigint[])) and status in ('requested', 'confirmed')
  and starts > :now
group by host_id""")

_STRANDED: Final = text("""
select v.id from visits v
join people s on s.id = v.host_id
join properties h on h.id = v.property_id
where v.status in ('requested', 'confirmed') and v.starts > :now
  and (s.erased_at is not null or s.deletes_at is not null
       or (s.role = 'member' and h.owner_id is distinct from s.id))
order by v.starts, v.id limit :limit
for update of v skip locked""")

_GONE: Final = text("""
select v.id from visits v join properties h on h.id = v.property_id
where v.status in ('requested', 'confirmed') and v.starts > :now
  and h.status in ('rented', 'sold', 'archived')
order by v.starts, v.id limit :limit
for update of v skip locked""")


@dataclass(frozen=True, slots=True)
class Host:
    """Somebody who can show a property, with their calendar."""

    id: int
    name: str | None
    kind: Kind
    hours: Hours | None
    """None where they have said nothing."""

    holidays_off: bool | None
    apart: bool
    """Whether they have blocked the visitor, or are blocked by them."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A time that somebody has something in; `who` is 0 for the property itself."""

    who: int
    starts: datetime
    ends: datetime


async def of(db: AsyncSession, property_id: int, visitor: int) -> Sequence[Host]:
    """Who shows a property: the staff that it was given to, else its owner."""
    return [_host(row) for row in await (await driver(db)).fetch(_OF, property_id, visitor)]


async def these(db: AsyncSession, ids: Collection[int], visitor: int) -> Sequence[Host]:
    """These people as hosts, in their order."""
    return [_host(row) for row in await (await driver(db)).fetch(_THESE, list(ids), visitor)]


def _host(row: Any) -> Host:
    who, name, kind, hours, holidays_off, apart = row
    return Host(who, name, kind, hours and json.loads(hours), holidays_off, apart)


async def times(
    db: AsyncSession,
    property_id: int,
    people: Collection[int],
    since: datetime,
    until: datetime,
    *,
    but: int = 0,
) -> Sequence[Taken]:
    """What a property and some people have within a time, on either side of a visit, but in visit `but`."""
    asked = (await driver(db)).fetch(_BUSY, property_id, list(people), since, until, but)
    return [Taken(*row) for row in await asked]


async def loads(
    db: AsyncSession, people: Collection[int], now: datetime, day: tuple[datetime, datetime]
) -> dict[int, tuple[int, int]]:
    """How many visits each of these shows on a day, and from now on."""
    given = {"people": list(people), "now": now, "since": day[0], "until": day[1]}
    return {who: (that_day, ahead) for who, that_day, ahead in await db.execute(_LOADS, given)}


async def stranded(db: AsyncSession, now: datetime, limit: int) -> Sequence[Seen]:
    """Visits ahead whose host has left or is no longer one, held until the transaction ends."""
    return await _held(db, _STRANDED, now, limit)


async def gone(db: AsyncSession, now: datetime, limit: int) -> Sequence[Seen]:
    """Visits ahead to what has been rented, sold or taken off for good, held likewise."""
    return await _held(db, _GONE, now, limit)


async def _held(db: AsyncSession, which: Any, now: datetime, limit: int) -> Sequence[Seen]:
    ids = (await db.scalars(which, {"now": now, "limit": limit})).all()
    rows = await db.execute(seen().where(VisitRow.id.in_(ids)).order_by(VisitRow.starts, VisitRow.id))
    return [Seen(*row) for row in rows]
