"""Paused runs: conversations' turns that wait for a person's approval, and go on after it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    Uuid,
    any_,
    delete,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

LEASE: Final = timedelta(minutes=3)
"""How long a run that goes on is nobody else's; a process that died with it does not hold it for longer."""


class RunRow(Base):
    """One turn that waits, as it was when it stopped. It is removed when it has ended or expired."""

    __tablename__ = "runs"
    __table_args__ = (
        Index("runs_person_id_idx", "person_id"),
        Index("runs_expires_at_idx", "expires_at"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    """The turn of the conversation."""

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"))
    session_id: Mapped[int | None] = mapped_column(BigInteger)
    """The sign-in that asked."""

    tickets: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    """What it waits for."""

    state: Mapped[bytes] = mapped_column(LargeBinary)
    """What was said and done so far, as JSON. Bytes, since `jsonb` does not take every string."""

    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    resumed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """Since when it goes on."""


async def keep(db: AsyncSession, **values: Any) -> None:
    """Keep a run as it is now: a new one, or one that has stopped again."""
    new = insert(RunRow).values(**values, resumed_at=None)
    again = {name: new.excluded[name] for name in ("tickets", "state", "expires_at", "resumed_at")}
    await db.execute(new.on_conflict_do_update(index_elements=[RunRow.id], set_=again))


async def held(db: AsyncSession, ticket: UUID, person_id: int) -> RunRow | None:
    """The run of a person that waits for this ticket, held until the transaction ends."""
    wanted = select(RunRow).where(
        RunRow.person_id == person_id, any_(RunRow.tickets) == ticket, RunRow.expires_at > func.now()
    )
    return await db.scalar(wanted.with_for_update())


async def claim(db: AsyncSession, run: UUID) -> bool:
    """Take a run to go on with it; False while somebody else does."""
    free = or_(RunRow.resumed_at.is_(None), RunRow.resumed_at < func.now() - LEASE)
    taken = update(RunRow).where(RunRow.id == run, free).values(resumed_at=func.now()).returning(RunRow.id)
    return await db.scalar(taken) is not None


async def release(db: AsyncSession, run: UUID) -> None:
    """Give back a run whose answer broke off, so that it can go on later."""
    await db.execute(update(RunRow).where(RunRow.id == run).values(resumed_at=None))


async def drop(db: AsyncSession, run: UUID) -> None:
    """Forget a run that has ended."""
    await db.execute(delete(RunRow).where(RunRow.id == run))


async def forget(db: AsyncSession, limit: int) -> int:
    """Forget what has expired, and say how many."""
    old = select(RunRow.id).where(RunRow.expires_at <= func.now()).limit(limit)
    gone = await db.scalars(delete(RunRow).where(RunRow.id.in_(old)).returning(RunRow.id))
    return len(gone.all())


async def count_old(db: AsyncSession) -> int:
    """How many have expired and are not forgotten yet."""
    old = select(func.count()).select_from(RunRow).where(RunRow.expires_at <= func.now())
    return await db.scalar(old) or 0
