"""Blocks: whose messages a person no longer wants."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.ext.asyncio import AsyncSession


class BlockRow(Base):
    """One who wants to hear nothing more of another."""

    __tablename__ = "blocks"
    __table_args__ = (
        CheckConstraint("person_id <> blocked_id", name="others"),
        Index("blocks_blocked_id_idx", "blocked_id"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"), primary_key=True)
    blocked_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"), primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


async def add(db: AsyncSession, person_id: int, blocked_id: int) -> bool:
    """Block somebody; whether they were not blocked yet."""
    made = insert(BlockRow).values(person_id=person_id, blocked_id=blocked_id).on_conflict_do_nothing()
    return await db.scalar(made.returning(BlockRow.blocked_id)) is not None


async def remove(db: AsyncSession, person_id: int, blocked_id: int) -> bool:
    """Block somebody no longer; whether they were blocked."""
    gone = delete(BlockRow).where(BlockRow.person_id == person_id, BlockRow.blocked_id == blocked_id)
    return await db.scalar(gone.returning(BlockRow.blocked_id)) is not None


async def stands(db: AsyncSession, one: int, other: int) -> bool:
    """Whether either of two has blocked the other."""
    either = or_(
        (BlockRow.person_id == one) & (BlockRow.blocked_id == other),
        (BlockRow.person_id == other) & (BlockRow.blocked_id == one),
    )
    return await db.scalar(select(BlockRow.person_id).where(either).limit(1)) is not None


async def among(db: AsyncSession, person_id: int, others: Collection[int]) -> set[int]:
    """Whom of these a person has blocked."""
    blocked = select(BlockRow.blocked_id).where(
        BlockRow.person_id == person_id, BlockRow.blocked_id.in_(others)
    )
    return set((await db.scalars(blocked)).all())
