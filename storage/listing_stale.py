"""Stale listings: what says that one is still to be had, and those of which nothing has said so for long."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession


class Evidence(NamedTuple):
    """When something last said that a listing is still to be had, by what it was."""

    owner: datetime
    """Its owner, or whoever looks after it, changed or renewed it."""

    visit: datetime | None
    """Somebody was shown it."""

    answer: datetime | None
    """Somebody's question about it was answered."""


class Stale(NamedTuple):
    """A listing of which nothing has said for long that it is still to be had."""

    property_id: int
    title: str
    person_id: int | None
    """Whom to ask: its owner, else the first member of staff who looks after it."""

    evidence_at: datetime


_VISIT: Final = """(select max(v.ends) from visits v where v.property_id = {id} and v.status = 'completed')"""
_ANSWER: Final = """(select max(m.at) from enquiries e join enquiry_messages m on m.enquiry_id = e.id
    and m.by_id = e.carer_id where e.property_id = {id})"""
_EVIDENCE: Final = f"select {_VISIT.format(id=':id')}, {_ANSWER.format(id=':id')}"
_LIVE: Final = "join properties p on p.id = l.property_id and p.status = 'live'"
_CATCH_UP: Final = f"""
update listings l set evidence_at = seen.at, reminded_at = null
from (
  select l.property_id, greatest(
    {_VISIT.format(id="l.property_id")}, {_ANSWER.format(id="l.property_id")}
  ) as at
  from listings l {_LIVE} where l.evidence_at < :before
) seen
where seen.property_id = l.property_id and seen.at > l.evidence_at"""
_WHOM: Final = """coalesce(p.owner_id, (
    select f.staff_id from portfolios f where f.property_id = p.id order by f.assigned_at, f.staff_id limit 1
  ))"""
_DUE: Final = """l.evidence_at < :before
  and (case when :reminded then l.reminded_at < :asked else l.reminded_at is null end)"""
_OLD: Final = f"""
select p.id, p.title, {_WHOM}, l.evidence_at from listings l {_LIVE} where {_DUE}
order by l.evidence_at, l.property_id limit :limit for update of l, p skip locked"""
_COUNT: Final = f"select count(*) from listings l {_LIVE} where {_DUE}"


async def evidence(db: AsyncSession, property_id: int, owner: datetime) -> Evidence:
    """What says that a property is still to be had, beside its owner."""
    return Evidence(owner, *(await db.execute(text(_EVIDENCE), {"id": property_id})).one())


async def catch_up(db: AsyncSession, before: datetime) -> None:
    """Take visits and answers for evidence, for listings whose owners said nothing since a time."""
    await db.execute(text(_CATCH_UP), {"before": before})


async def unasked(db: AsyncSession, before: datetime, limit: int) -> tuple[Sequence[Stale], int]:
    """Live listings without evidence since a time whose owners were not asked; and how many more."""
    return await _old(db, {"before": before, "reminded": False, "asked": before}, limit)


async def unanswered(
    db: AsyncSession, before: datetime, asked: datetime, limit: int
) -> tuple[Sequence[Stale], int]:
    """The same of those who were asked before a time, and did not answer."""
    return await _old(db, {"before": before, "reminded": True, "asked": asked}, limit)


async def _old(db: AsyncSession, given: dict[str, object], limit: int) -> tuple[Sequence[Stale], int]:
    rows = await db.execute(text(_OLD), {**given, "limit": limit})
    found = [Stale(*row) for row in rows]
    there = (await db.execute(text(_COUNT), given)).scalar_one()
    return found, there - len(found)
