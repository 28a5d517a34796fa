"""Visits in lists: those of a person on either side, and those that staff have to see to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import and_, or_
from sqlalchemy.orm import aliased

from storage.people import PortfolioRow
from storage.visits import STANDING, Seen, VisitRow, seen

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.ext.asyncio import AsyncSession

    from storage.visits import Side

When = Literal["ahead", "past"]
Many = Sequence[Seen]
Position = tuple["datetime", int]
"""The start and the id of the last visit of the page before."""


async def of(
    db: AsyncSession,
    person_id: int,
    side: Side,
    *,
    now: datetime,
    when: When | None,
    status: str | None,
    after: Position | None,
    limit: int,
) -> Many:
    """A person's visits on one side: those ahead the soonest first, all others the latest first.

    A visit is ahead while it stands and is not over; what was cancelled or is over is past.
    """
    mine = VisitRow.person_id if side == "visitor" else VisitRow.host_id
    wanted = seen().where(mine == person_id)
    ahead = and_(VisitRow.status.in_(STANDING), VisitRow.ends > now)
    if when is not None:
        wanted = wanted.where(ahead if when == "ahead" else ~ahead)
    if status is not None:
        wanted = wanted.where(VisitRow.status == status)
    return await _page(db, wanted, after, limit, soonest=when == "ahead")


async def between(
    db: AsyncSession, host_id: int, since: datetime, until: datetime, after: Position | None, limit: int
) -> Many:
    """What somebody shows within a time and has not been cancelled, the soonest first."""
    wanted = seen().where(
        VisitRow.host_id == host_id,
        VisitRow.status != "cancelled",
        VisitRow.starts >= since,
        VisitRow.starts < until,
    )
    return await _page(db, wanted, after, limit, soonest=True)


async def unassigned(db: AsyncSession, now: datetime, after: Position | None, limit: int) -> Many:
    """The visits ahead that nobody shows yet, the soonest first."""
    return await _page(db, _waiting(now), after, limit, soonest=True)


async def unassigned_held(db: AsyncSession, now: datetime, limit: int) -> Many:
    """The same, held until the transaction ends; those that others hold are left out."""
    first = _waiting(now).order_by(VisitRow.starts, VisitRow.id).limit(limit)
    rows = await db.execute(first.with_for_update(of=VisitRow, skip_locked=True))
    return [Seen(*row) for row in rows]


async def handed_on(db: AsyncSession, giver: int, taker: int, now: datetime, limit: int) -> Many:
    """Visits ahead that one shows of what another looks after instead by now, held; the soonest first."""
    given, kept = aliased(PortfolioRow), aliased(PortfolioRow)
    wanted = (
        seen()
        .join(given, and_(given.property_id == VisitRow.property_id, given.staff_id == taker))
        .outerjoin(kept, and_(kept.property_id == VisitRow.property_id, kept.staff_id == giver))
        .where(VisitRow.host_id == giver, kept.staff_id.is_(None))
        .where(VisitRow.status.in_(STANDING), VisitRow.starts > now)
        .order_by(VisitRow.starts, VisitRow.id)
        .limit(limit)
    )
    return [Seen(*row) for row in await db.execute(wanted.with_for_update(of=VisitRow))]


def _waiting(now: datetime) -> Select[*tuple[Any, ...]]:
    return seen().where(VisitRow.status.in_(STANDING), VisitRow.host_id.is_(None), VisitRow.starts > now)


async def _page(
    db: AsyncSession, wanted: Select[*tuple[Any, ...]], after: Position | None, limit: int, *, soonest: bool
) -> Many:
    row = VisitRow
    if after is not None:
        starts, visit_id = after
        later = (
            or_(row.starts > starts, and_(row.starts == starts, row.id > visit_id))
            if soonest
            else or_(row.starts < starts, and_(row.starts == starts, row.id < visit_id))
        )
        wanted = wanted.where(later)
    order = (row.starts, row.id) if soonest else (row.starts.desc(), row.id.desc())
    return [Seen(*each) for each in await db.execute(wanted.order_by(*order).limit(limit))]
