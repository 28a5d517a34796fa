"""The schedule: until when each job's clock has been looked at, and which are paused."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import DateTime, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.ext.asyncio import AsyncSession


class ScheduleRow(Base):
    """One job that the clock puts into the queue."""

    __tablename__ = "schedules"

    name: Mapped[str] = mapped_column(primary_key=True)
    looked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    """Every time at which it was due until then has been seen to."""

    paused_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


async def ensure(db: AsyncSession, names: Collection[str], now: datetime) -> None:
    """Begin the clock of jobs that are new."""
    if names:
        new = insert(ScheduleRow).values([{"name": name, "looked_at": now} for name in sorted(names)])
        await db.execute(new.on_conflict_do_nothing())


async def held(db: AsyncSession, name: str) -> ScheduleRow | None:
    """A job's clock, held until the transaction ends; None where somebody else holds it, or there is none."""
    return await db.scalar(
        select(ScheduleRow).where(ScheduleRow.name == name).with_for_update(skip_locked=True)
    )


async def looked(db: AsyncSession, name: str, now: datetime) -> None:
    """Say that every time until now has been seen to."""
    await db.execute(update(ScheduleRow).where(ScheduleRow.name == name).values(looked_at=now))


async def every(db: AsyncSession) -> list[ScheduleRow]:
    """All of them, by name."""
    return list(await db.scalars(select(ScheduleRow).order_by(ScheduleRow.name)))


async def pause(db: AsyncSession, name: str, at: datetime | None) -> bool:
    """Pause a job's clock since `at`, or let it go on; False where it was so already."""
    other = ScheduleRow.paused_at.is_(None) if at else ScheduleRow.paused_at.is_not(None)
    done = await db.execute(
        update(ScheduleRow)
        .where(ScheduleRow.name == name, other)
        .values(paused_at=at)
        .returning(ScheduleRow.name)
    )
    return done.scalar() is not None
