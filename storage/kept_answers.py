"""Kept answers: what a write with an idempotency key answered, so that the same key is never done twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import BigInteger, DateTime, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.engine import driver

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

LIFETIME: Final = timedelta(hours=48)


class KeptAnswerRow(Base):
    """The answer to one key of one person and tool. It commits with what the call did, or not at all."""

    __tablename__ = "kept_answers"
    __table_args__ = (Index("kept_answers_made_at_idx", "made_at"),)

    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    tool: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    given_hash: Mapped[bytes] = mapped_column(LargeBinary)
    """SHA-256 of the arguments."""

    preview: Mapped[bool] = mapped_column(server_default="false")
    """Whether the answer is the preview of something that waits for a person."""

    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The answer as JSON. Null is seen by nobody: only the transaction that makes it can."""

    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))


class KeptAnswer(NamedTuple):
    """What was answered before."""

    given_hash: bytes
    preview: bool
    body: bytes


_CLAIM: Final = """
insert into kept_answers as kept (person_id, tool, key, given_hash) values ($1, $2, $3, $4)
on conflict (person_id, tool, key) do update
set (given_hash, preview, body, made_at) = (
    select case when stands then kept.given_hash else excluded.given_hash end, stands and kept.preview,
        case when stands then kept.body end, case when stands then kept.made_at else now() end
    from (select kept.made_at >= now() - $5::interval) as lifetime (stands))
returning given_hash, preview, body"""
_THERE: Final = """
select from kept_answers where person_id = $1 and tool = $2 and key = $3 and body is not null
  and made_at >= now() - $4::interval"""
_KEEP: Final = """
update kept_answers set preview = $4, body = $5 where person_id = $1 and tool = $2 and key = $3"""

_FORGET: Final = """
delete from kept_answers where ctid = any(array(
    select ctid from kept_answers where made_at < now() - $1::interval
    order by made_at limit $2 for update skip locked))"""
_COUNT_OLD: Final = "select count(*) from kept_answers where made_at < now() - $1::interval"


async def claim(
    db: AsyncSession, person_id: int, tool: str, key: str, given_hash: bytes
) -> KeptAnswer | None:
    """Take a key for this transaction, or the answer that is kept for it.

    While another transaction holds the key this waits for its end, up to the lock timeout.
    """
    found = await (await driver(db)).fetchrow(_CLAIM, person_id, tool, key, given_hash, LIFETIME)
    assert found is not None, "a claim is inserted or finds one"
    return None if found["body"] is None else KeptAnswer(*found)


async def there(db: AsyncSession, person_id: int, tool: str, key: str) -> bool:
    """Whether an answer is kept for a key."""
    return await (await driver(db)).fetchrow(_THERE, person_id, tool, key, LIFETIME) is not None


async def keep(db: AsyncSession, person_id: int, tool: str, key: str, body: bytes, *, preview: bool) -> None:
    """Keep the answer of a key that this transaction has taken."""
    await (await driver(db)).execute(_KEEP, person_id, tool, key, preview, body)


async def forget(db: AsyncSession, limit: int) -> int:
    """Remove answers that are older than `LIFETIME`, the oldest first, and say how many."""
    done = await (await driver(db)).execute(_FORGET, LIFETIME, limit)
    return int(done.rpartition(" ")[2])


async def count_old(db: AsyncSession) -> int:
    """How many answers are older than `LIFETIME`."""
    return await (await driver(db)).fetchval(_COUNT_OLD, LIFETIME)
