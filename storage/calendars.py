"""Calendars: when those who show properties have time, by weekly hours, and what they have besides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    delete,
    func,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

Hours = list[list[int]]
"""Weekday (Monday is 0), first minute and last of the day, for every stretch of the week."""


class CalendarRow(Base):
    """When somebody shows properties. Whoever has said nothing does so every day but public holidays."""

    __tablename__ = "calendars"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"), primary_key=True)
    hours: Mapped[Hours] = mapped_column(JSONB)
    holidays_off: Mapped[bool] = mapped_column(Boolean, server_default=true())
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class BusyRow(Base):
    """A time at which somebody shows nothing, although their weekly hours say so."""

    __tablename__ = "busy_times"
    __table_args__ = (
        CheckConstraint("starts < ends", name="time"),
        Index("busy_times_person_id_idx", "person_id", "ends"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"))
    starts: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    ends: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    note: Mapped[str | None]


@dataclass(frozen=True, slots=True)
class Busy:
    """A time at which somebody shows nothing."""

    id: int
    starts: datetime
    ends: datetime
    note: str | None


async def get(db: AsyncSession, person_id: int) -> tuple[Hours, bool] | None:
    """Somebody's weekly hours, and whether public holidays are off; None where they have said nothing."""
    wanted = select(CalendarRow.hours, CalendarRow.holidays_off).where(CalendarRow.person_id == person_id)
    row = (await db.execute(wanted)).one_or_none()
    return None if row is None else (row[0], row[1])


async def put(db: AsyncSession, person_id: int, hours: Hours, *, holidays_off: bool) -> None:
    """Set both, instead of what there was."""
    values = {"hours": hours, "holidays_off": holidays_off}
    made = insert(CalendarRow).values(person_id=person_id, **values)
    changed = {**values, "updated_at": func.now()}
    await db.execute(made.on_conflict_do_update(index_elements=["person_id"], set_=changed))


async def forget(db: AsyncSession, person_id: int) -> None:
    """Let somebody have said nothing."""
    await db.execute(delete(CalendarRow).where(CalendarRow.person_id == person_id))


async def block(db: AsyncSession, person_id: int, starts: datetime, ends: datetime, note: str | None) -> int:
    """Keep a time of somebody's free of visits; its id."""
    row = BusyRow(person_id=person_id, starts=starts, ends=ends, note=note)
    db.add(row)
    await db.flush()
    return row.id


async def unblock(db: AsyncSession, person_id: int, busy_id: int) -> Busy | None:
    """Take a blocked time away; what it was, or None where that person has none of this id."""
    gone = delete(BusyRow).where(BusyRow.id == busy_id, BusyRow.person_id == person_id)
    told = gone.returning(BusyRow.id, BusyRow.starts, BusyRow.ends, BusyRow.note)
    row = (await db.execute(told)).one_or_none()
    return None if row is None else Busy(*row)


async def blocked(db: AsyncSession, person_id: int, since: datetime, limit: int) -> Sequence[Busy]:
    """The times that somebody has blocked and that are not over, the soonest first."""
    wanted = select(BusyRow.id, BusyRow.starts, BusyRow.ends, BusyRow.note).where(
        BusyRow.person_id == person_id, BusyRow.ends > since
    )
    rows = await db.execute(wanted.order_by(BusyRow.starts, BusyRow.id).limit(limit))
    return [Busy(*row) for row in rows]
