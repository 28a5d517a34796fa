"""The queue: work that a transaction puts in, and that is done after it.

PgQueuer hands it out (its table `pgqueuer`); what it does not keep stands in `jobs`, a row for each:
who wants it, how far it has come, and how it went.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy import BigInteger, DateTime, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.engine import driver

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

State = Literal["queued", "running", "done", "failed", "cancelled"]
ENDED: Final[tuple[State, ...]] = ("done", "failed", "cancelled")


class JobRow(Base):
    """One piece of work. Its id is PgQueuer's."""

    __tablename__ = "jobs"
    __table_args__ = (
        Index("jobs_owner_id_idx", "owner_id", "id"),
        Index("jobs_name_queued_at_idx", "name", "queued_at"),
        Index("jobs_ended_at_idx", "ended_at"),
        Index("jobs_state_id_idx", "state", "id", postgresql_where=text("state <> 'done'")),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    name: Mapped[str]
    """The tool that it runs."""

    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="set null"))
    """Whoever may follow it; null for what the platform does for itself."""

    state: Mapped[str] = mapped_column(server_default="queued")
    done: Mapped[int] = mapped_column(BigInteger, server_default="0")
    total: Mapped[int | None] = mapped_column(BigInteger)
    note: Mapped[str | None]
    """What it is at, or how it went, in a sentence."""

    attempts: Mapped[int] = mapped_column(server_default="0")
    code: Mapped[str | None]
    """Why the last attempt failed: a refusal's code, or `defect`."""

    stop_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """When it was asked to stop while it ran; whoever runs it looks now and then."""

    queued_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))
    started_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


_PUT: Final = """
with queued as (
    insert into pgqueuer (entrypoint, payload, priority, execute_after, dedupe_key, status)
    values ($1, $2, $3, now() + $4::interval, $5, 'queued')
    on conflict (dedupe_key)
        where status = any(array['queued'::pgqueuer_status, 'picked'::pgqueuer_status])
            and dedupe_key is not null
        do nothing
    returning id),
logged as (
    insert into pgqueuer_log (job_id, status, entrypoint, priority) select id, 'queued', $1, $3 from queued)
insert into jobs (id, name, owner_id) select id, $1, $6 from queued returning id"""
_WAITING: Final = "select id from pgqueuer where dedupe_key = $1 and status in ('queued', 'picked')"


async def put(
    db: AsyncSession,
    name: str,
    given: bytes,
    *,
    priority: int = 0,
    delay: timedelta = timedelta(),
    key: str | None = None,
    owner: int | None = None,
) -> int:
    """Put work into the queue, in this transaction, and say its id. The highest priority goes first.

    Where the same key waits already, that one's id.
    """
    connection = await driver(db)
    while True:
        put_in: int | None = await connection.fetchval(_PUT, name, given, priority, delay, key, owner)
        if put_in is not None:
            return put_in
        waiting: int | None = await connection.fetchval(_WAITING, key)
        if waiting is not None:
            return waiting


async def begun(db: AsyncSession, id_: int, attempt: int) -> None:
    """Say that a job runs now, and free its key: what comes from now on is for the next one."""
    connection = await driver(db)
    await connection.execute("update pgqueuer set dedupe_key = null where id = $1", id_)
    await connection.execute(
        "update jobs set state = 'running', attempts = $2, started_at = coalesce(started_at, now()), "
        "ended_at = null where id = $1",
        id_,
        attempt,
    )


async def ended(db: AsyncSession, id_: int, state: State, note: str | None, code: str | None = None) -> None:
    """Say how an attempt of a job ended: for good, or `queued` where it is tried again."""
    await (await driver(db)).execute(
        "update jobs set state = $2, note = coalesce($3, note), code = $4, "
        "ended_at = case when $2 = any($5::text[]) then now() end where id = $1",
        id_,
        state,
        note,
        code,
        list(ENDED),
    )


async def progressed(db: AsyncSession, id_: int, done: int, total: int | None, note: str | None) -> None:
    """Say how far a job has come."""
    await (await driver(db)).execute(
        "update jobs set done = $2, total = $3, note = coalesce($4, note) where id = $1",
        id_,
        done,
        total,
        note,
    )
