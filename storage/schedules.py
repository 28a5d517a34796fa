"""The schedule: until when each job's clock has been looked at, which are paused, and how they went last."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import DateTime, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.engine import driver

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncSession

LEAD: Final = 360_360_362
"""The advisory lock of the process that leads the schedule."""


class ScheduleRow(Base):
    """One job that the clock puts into the queue."""

    __tablename__ = "schedules"

    name: Mapped[str] = mapped_column(primary_key=True)
    looked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    """Every time at which it was due until then has been seen to."""

    paused_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class LastJob(NamedTuple):
    """The job of one name that was put into the queue last."""

    id: int
    state: str
    queued_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    note: str | None
    code: str | None


_LED: Final = """
select exists(
    select from pg_locks
    where locktype = 'advisory' and granted and classid = 0 and objid::bigint = $1 and objsubid = 1
        and database = (select oid from pg_database where datname = current_database()))"""
_LAST: Final = """
select wanted.name, last.id, last.state, last.queued_at, last.started_at, last.ended_at, last.note, last.code
from unnest($1::text[]) as wanted (name)
cross join lateral (
    select * from jobs where jobs.name = wanted.name order by queued_at desc, id desc limit 1) as last"""


_FAILED: Final = "select count(*) from jobs where state = 'failed' and ended_at >= $1"


async def ensure(db: AsyncSession, names: Collection[str], now: datetime) -> None:
    """Begin the clock of jobs that are new: they are due for the first time after `now`."""
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


async def pause(db: AsyncSession, name: str, at: datetime) -> bool:
    """Stop a job's clock at a time; False where it stood already."""
    await ensure(db, [name], at)
    return await _turn(db, name, ScheduleRow.paused_at.is_(None), paused_at=at)


async def resume(db: AsyncSession, name: str, now: datetime) -> bool:
    """Let a job's clock go on from `now`; False where it went already. What it missed is not made up for."""
    await ensure(db, [name], now)
    return await _turn(db, name, ScheduleRow.paused_at.is_not(None), paused_at=None, looked_at=now)


async def led(db: AsyncSession) -> bool:
    """Whether a process leads the schedule now."""
    return bool(await (await driver(db)).fetchval(_LED, LEAD))


async def last(db: AsyncSession, names: Collection[str]) -> Mapping[str, LastJob]:
    """The newest job of each of these names that has any, whoever asked for it."""
    rows = await (await driver(db)).fetch(_LAST, list(names))
    return {row[0]: LastJob(*row[1:]) for row in rows}


async def clock(db: AsyncSession) -> datetime:
    """The time as the database has it."""
    return await (await driver(db)).fetchval("select clock_timestamp()")


async def failed_since(db: AsyncSession, moment: datetime) -> int:
    """How many jobs failed for good since then."""
    return await (await driver(db)).fetchval(_FAILED, moment)


async def paused_at(db: AsyncSession, name: str) -> datetime | None:
    """Since when a job's clock stands; None where it goes."""
    return await db.scalar(select(ScheduleRow.paused_at).where(ScheduleRow.name == name))


async def _turn(db: AsyncSession, name: str, where: ColumnElement[bool], **values: datetime | None) -> bool:
    done = await db.execute(
        update(ScheduleRow)
        .where(ScheduleRow.name == name, where)
        .values(**values)
        .returning(ScheduleRow.name)
    )
    return done.scalar() is not None
