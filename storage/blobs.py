"""Blobs: the names of stored files that are to be deleted, unless somebody keeps them first.

A name stands here before its file is written. Whoever keeps the file takes the name off in the transaction
that refers to it, so neither a crash nor a rollback leaves a file that nobody knows of.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import DateTime, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.engine import driver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession


class DoomedBlob(Base):
    """A file that is deleted once its time has come."""

    __tablename__ = "doomed_blobs"
    __table_args__ = (Index("doomed_blobs_due_at_idx", "due_at"),)

    name: Mapped[str] = mapped_column(primary_key=True)
    due_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    taken: Mapped[bool] = mapped_column(server_default="false")
    """Whether somebody deletes it by now: it cannot be kept any more."""


_DOOM: Final = """
insert into doomed_blobs (name, due_at) select unnest(cast($1 as text[])), $2
on conflict (name) do update set due_at = excluded.due_at"""
_SPARE: Final = """
delete from doomed_blobs where name = any(cast($1 as text[])) and not taken returning name"""
_TAKE: Final = """
update doomed_blobs set taken = true where name in (
  select name from doomed_blobs where due_at <= $1 order by due_at, name limit $2 for update skip locked)
returning name"""
_DELETED: Final = "delete from doomed_blobs where name = any(cast($1 as text[])) and taken"


async def doom(db: AsyncSession, names: Sequence[str], due_at: datetime) -> None:
    """Have files deleted at a time, in place of any other time that was said before."""
    await (await driver(db)).execute(_DOOM, list(names), due_at)


async def spare(db: AsyncSession, names: Sequence[str]) -> bool:
    """Keep files that were to be deleted; whether all of them are still there to be kept."""
    return len(await (await driver(db)).fetch(_SPARE, list(names))) == len(names)


async def take(db: AsyncSession, now: datetime, limit: int) -> list[str]:
    """Files to delete now: nobody can keep them any more. Those of a run that died are among them again."""
    return [row["name"] for row in await (await driver(db)).fetch(_TAKE, now, limit)]


async def deleted(db: AsyncSession, names: Sequence[str]) -> None:
    """Forget names whose files are gone."""
    await (await driver(db)).execute(_DELETED, list(names))


async def waiting(db: AsyncSession, now: datetime) -> int:
    """How many files are to be deleted by now."""
    found = await db.scalar(text("select count(*) from doomed_blobs where due_at <= :now"), {"now": now})
    return found or 0
