"""Tickets that open one stream, for pages that cannot send a header with it. Only their hashes are kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import ARRAY, BigInteger, DateTime, ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.engine import driver

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession


class StreamTicketRow(Base):
    """A ticket that has not been used."""

    __tablename__ = "stream_tickets"
    __table_args__ = (
        Index("stream_tickets_person_id_idx", "person_id"),
        Index("stream_tickets_session_id_idx", "session_id"),
        Index("stream_tickets_expires_at_idx", "expires_at"),
    )

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("people.id", ondelete="cascade"))
    session_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("sessions.id", ondelete="cascade"))
    """The sign-in that asked for it, and ends what it opened."""

    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    """What whoever asked for it may do."""

    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Bearer(NamedTuple):
    """Whose ticket it is, and what they may do."""

    person_id: int
    session_id: int | None
    scopes: list[str]


_ISSUE: Final = """
with forgotten as (
    delete from stream_tickets where token_hash = any(array(
        select token_hash from stream_tickets where expires_at < now() limit 100 for update skip locked)))
insert into stream_tickets (token_hash, person_id, session_id, scopes, expires_at)
values ($1, $2, $3, $4, now() + $5::interval) returning expires_at"""
_REDEEM: Final = """
with used as (delete from stream_tickets where token_hash = $1 returning *)
select used.person_id, used.session_id, used.scopes
from used
join people on people.id = used.person_id
left join sessions on sessions.id = used.session_id
where used.expires_at > now() and people.erased_at is null
  and (used.session_id is null or (sessions.ended_at is null and sessions.expires_at > now()))"""


async def issue(db: AsyncSession, token_hash: bytes, bearer: Bearer, lifetime: timedelta) -> datetime:
    """Keep a ticket and say until when it serves. Some that nobody used are forgotten with it."""
    connection = await driver(db)
    return await connection.fetchval(_ISSUE, token_hash, *bearer, lifetime)


async def redeem(db: AsyncSession, token_hash: bytes) -> Bearer | None:
    """Use a ticket: whose it was, if it serves still and its sign-in stands. It never serves again."""
    row = await (await driver(db)).fetchrow(_REDEEM, token_hash)
    return None if row is None else Bearer(*row)
