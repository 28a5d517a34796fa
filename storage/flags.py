"""Flags: how admins set them, each time beside the ones before."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, DateTime, Index, String, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

TOPIC = "flags"
"""The hint that some flag was set."""


class FlagRow(Base):
    """How a flag was set once. The one of the highest version counts."""

    __tablename__ = "flag_settings"
    __table_args__ = (
        CheckConstraint("percent between 0 and 100", name="percent"),
        CheckConstraint("version > 0", name="version"),
        Index("flag_settings_person_id_idx", "person_id"),
    )

    name: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    on: Mapped[bool]
    roles: Mapped[list[str] | None] = mapped_column(ARRAY(String))
    """Who has it at all; null is everybody."""

    percent: Mapped[int]
    reason: Mapped[str]
    person_id: Mapped[int] = mapped_column(BigInteger())
    """Who set it; history outlives accounts, so it leads nowhere."""

    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


async def current(db: AsyncSession) -> dict[str, FlagRow]:
    """Every flag that was ever set, as it stands."""
    latest = select(FlagRow).ext(distinct_on(FlagRow.name)).order_by(FlagRow.name, FlagRow.version.desc())
    return {each.name: each for each in await db.scalars(latest)}


async def one(db: AsyncSession, name: str) -> FlagRow | None:
    """How a flag stands; None for one that was never set."""
    found = select(FlagRow).where(FlagRow.name == name).order_by(FlagRow.version.desc()).limit(1)
    return await db.scalar(found)


async def past(db: AsyncSession, name: str, *, before: int | None, limit: int) -> Sequence[FlagRow]:
    """How a flag was set, the latest first."""
    found = select(FlagRow).where(FlagRow.name == name).order_by(FlagRow.version.desc()).limit(limit)
    return (await db.scalars(found if before is None else found.where(FlagRow.version < before))).all()


async def add(db: AsyncSession, row: FlagRow) -> None:
    """Set a flag. Of two that set the same version `flag_settings_pkey` lets one."""
    db.add(row)
    await db.flush()
