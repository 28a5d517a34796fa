"""Hosts: who can show a property, and when they and it are free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy import text

from storage.visits import Seen, VisitRow, seen

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession

    from storage.calendars import Hours

Kind = Literal["staff", "owner"]
_ABLE: Final = "s.erased_at is null and s.deletes_at is null and num_nonnulls(s.phone, s.email) > 0"

_OF: Final = text(f"""
with able as (
  select s.id, s.name, 'staff' as kind, f.assigned_at
  from portfolios f join people s on s.id = f.staff_id left join staff_profiles p on p.person_id = s.id
  where f.property_id = :property_id and s.role <> 'member' and coalesce(p.active, true)
    and {_ABLE}
), shows as (
  select * from able
  union all
  select s.id, s.name, 'owner', null from properties h join people s on s.id = h.owner_id
  where h.id = :property_id and {_ABLE} and not exists (select from able)
)
select shows.id, shows.name, shows.kind, c.hours, c.holidays_off
from shows left join calendars c on c.person_id = shows.id
order by shows.assigned_at, shows.id""")  # noqa: S608 -- made of constants

_THESE: Final = text("""
select s.id, s.name, 'staff', c.hours, c.holidays_off
from people s left join calendars c on c.person_id = s.id
where s.id = any(cast(:ids as bigint[]))
order by array_position(cast(:ids as bigint[]), s.id)""")

_BUSY: Final = text("""
select 0 as who, starts, ends from visits
where property_id = :property_id and status in ('requested', 'confirmed') and id <> :but
  and tstzrange(starts, ends) && tstzrange(:since, :until)
union all
select host_id, starts, ends from visits
where host_id = any(cast(:people as bigint[])) and status in ('requested', 'confirmed') and id <> :but
  and starts < :until and starts > cast(:since as timestamptz) - interval '1 day' and ends > :since
union all
select person_id, starts, ends from visits
where person_id = any(cast(:people as bigint[])) and status in ('requested', 'confirmed') and id <> :but
  and starts < :until and starts > cast(:since as timestamptz) - interval '1 day' and ends > :since
union all
select person_id, starts, ends from busy_times
where person_id = any(cast(:people as bigint[])) and starts < :until and ends > :since""")

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


@dataclass(frozen=True, slots=True)
class Taken:
    """A time that somebody has something in; `who` is 0 for the property itself."""

    who: int
    starts: datetime
    ends: datetime


async def of(db: AsyncSession, property_id: int) -> Sequence[Host]:
    """Who shows a property: the staff that it was given to, else its owner."""
    rows = await db.execute(_OF, {"property_id": property_id})
    return [Host(*row) for row in rows]


async def these(db: AsyncSession, ids: Collection[int]) -> Sequence[Host]:
    """These people as hosts, in their order."""
    return [Host(*row) for row in await db.execute(_THESE, {"ids": list(ids)})]


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
    given = {"property_id": property_id, "people": list(people), "since": since, "until": until, "but": but}
    return [Taken(*row) for row in await db.execute(_BUSY, given)]


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
