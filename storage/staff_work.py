"""Staff at work: what waits for one of them, how they did, and handing all of it to somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, text, update

from storage.listings import Property
from storage.tickets import TicketRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession

_LOAD: Final = text("""
select
  (select count(*) from portfolios f where f.staff_id = :who),
  (select count(*) from enquiries e where e.carer_id = :who and e.ended_at is null),
  (select count(*) from visits v where v.host_id = :who and v.status in ('requested', 'confirmed')
     and v.ends > :now),
  (select count(*) from visits v where v.host_id = :who and v.status in ('requested', 'confirmed')
     and v.starts >= :since and v.starts < :until),
  (select count(*) from visits v where v.host_id = :who and v.status = 'requested' and v.awaits = 'host'
     and v.starts > :now)""")

_RECORD: Final = text("""
with leads as (
  select e.stage, e.answered_at, e.ended_at,
    (select min(m.at) from enquiry_messages m where m.enquiry_id = e.id and m.by_id = e.person_id) as asked_at
  from enquiries e where e.carer_id = :who and e.opened_at >= :since
)
select count(*), count(asked_at), count(*) filter (where answered_at - asked_at <= interval '1 hour'),
  count(*) filter (where asked_at is not null and answered_at is not null),
  percentile_cont(0.5) within group (order by extract(epoch from answered_at - asked_at))
    filter (where answered_at > asked_at),
  count(*) filter (where stage = 'won'), count(*) filter (where stage = 'lost'),
  (select count(*) from visits v where v.host_id = :who and v.status = 'completed' and v.starts >= :since),
  (select count(*) from visits v where v.host_id = :who and v.status = 'missed' and v.starts >= :since)
from leads""")

_MOVE: Final = text("""
with taken as (
  select property_id from portfolios where staff_id = :giver order by property_id limit :limit for update
), gone as (
  delete from portfolios f using taken where f.staff_id = :giver and f.property_id = taken.property_id
  returning f.property_id, f.assigned_at
), given as (
  insert into portfolios (staff_id, property_id, assigned_at)
  select :taker, property_id, assigned_at from gone on conflict do nothing
)
select property_id from gone""")


@dataclass(frozen=True, slots=True)
class Load:
    """What somebody has to do."""

    properties: int
    leads: int
    """Enquiries that are neither won nor lost."""

    visits: int
    """That they show from now on."""

    today: int
    unconfirmed: int
    """Visits that wait for their word."""


@dataclass(frozen=True, slots=True)
class Record:
    """How somebody did since a day."""

    leads: int
    asked: int
    """Leads in which something was asked, so that there was something to answer."""

    within_an_hour: int
    answered: int
    median_seconds: float | None
    won: int
    lost: int
    shown: int
    missed: int


async def load(db: AsyncSession, person_id: int, now: datetime, today: tuple[datetime, datetime]) -> Load:
    """What somebody has to do, now and on the day that is from and to these moments."""
    given = {"who": person_id, "now": now, "since": today[0], "until": today[1]}
    return Load(*(await db.execute(_LOAD, given)).one())


async def record(db: AsyncSession, person_id: int, since: datetime) -> Record:
    """How somebody did with what began since then."""
    row = (await db.execute(_RECORD, {"who": person_id, "since": since})).one()
    return Record(*row)


async def hand_on(db: AsyncSession, giver: int, taker: int, limit: int) -> Sequence[int]:
    """Move the first properties of one portfolio to another's; their ids."""
    given = {"giver": giver, "taker": taker, "limit": limit}
    return (await db.scalars(_MOVE, given)).all()


async def put_to(db: AsyncSession, person_id: int, property_id: int, now: datetime) -> bool:
    """Whether somebody was asked to agree that a property is listed for them, and has not decided yet."""
    asked = select(TicketRow.id).where(
        TicketRow.person_id == person_id,
        TicketRow.tool == "accept_listing",
        TicketRow.arguments["property_id"].as_integer() == property_id,
        TicketRow.session_id.is_(None),
        TicketRow.decided_at.is_(None),
        TicketRow.expires_at > now,
    )
    return await db.scalar(asked.limit(1)) is not None


async def hand_over(db: AsyncSession, property_id: int, giver: int, owner: int) -> bool:
    """Let a draft belong to somebody else; whether it was still the giver's."""
    theirs = update(Property).where(
        Property.id == property_id, Property.owner_id == giver, Property.status == "draft"
    )
    return await db.scalar(theirs.values(owner_id=owner).returning(Property.id)) is not None
