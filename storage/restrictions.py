"""Restrictions: who may not reach others for a while."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import DateTime, ForeignKey, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession


class RestrictionRow(Base):
    """Somebody who may not reach others until a time, and why, in the words that they are told."""

    __tablename__ = "restrictions"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"), primary_key=True)
    until: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


async def until(db: AsyncSession, person_id: int) -> datetime | None:
    """Until when somebody is kept from it; that may be past."""
    return await db.scalar(select(RestrictionRow.until).where(RestrictionRow.person_id == person_id))


async def put(db: AsyncSession, person_id: int, until: datetime, reason: str, now: datetime) -> None:
    """Keep somebody from it, in the place of what was before."""
    values = {"until": until, "reason": reason, "at": now}
    row = insert(RestrictionRow).values(person_id=person_id, **values)
    await db.execute(row.on_conflict_do_update(index_elements=["person_id"], set_=values))


async def lift(db: AsyncSession, person_id: int) -> bool:
    """Keep somebody from nothing any more; whether they were."""
    gone = delete(RestrictionRow).where(RestrictionRow.person_id == person_id)
    return await db.scalar(gone.returning(RestrictionRow.person_id)) is not None
