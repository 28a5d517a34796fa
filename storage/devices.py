"""Devices: the phones and browsers that push messages reach, each of one person at a time."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import BigInteger, CheckConstraint, DateTime, ForeignKey, Identity, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.engine import driver

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

PLATFORMS: Final = ("android", "ios", "web")


class DeviceRow(Base):
    """An installed app, by the token with which the push service reaches it."""

    __tablename__ = "devices"
    __table_args__ = (
        CheckConstraint(f"platform in {PLATFORMS}", name="platform"),
        Index("devices_person_id_idx", "person_id"),
        Index("devices_session_id_idx", "session_id"),
        Index("devices_seen_at_idx", "seen_at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("sessions.id", ondelete="cascade"))
    """The sign-in that registered it: with that it ends."""

    token: Mapped[str]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    platform: Mapped[str]
    registered_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))
    seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))
    disabled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """Since when the push service no longer knows it."""


class Device(NamedTuple):
    """A device that can be sent to."""

    id: int
    token: str
    platform: str


_STANDS: Final = """
disabled_at is null and (session_id is null or exists (
    select 1 from sessions where sessions.id = session_id and ended_at is null and expires_at > now()))"""
_REGISTER: Final = """
insert into devices (person_id, session_id, token, token_hash, platform) values ($1, $2, $3, $4, $5)
on conflict (token_hash) do update set person_id = excluded.person_id, session_id = excluded.session_id,
    platform = excluded.platform, seen_at = now(), disabled_at = null,
    registered_at = case when devices.person_id = excluded.person_id then devices.registered_at else now() end
returning id"""
_KEEP: Final = """
delete from devices where person_id = $1 and id not in (
    select id from devices where person_id = $1 order by seen_at desc, id desc limit $2)"""
_OF: Final = f"select id, token, platform from devices where person_id = $1 and {_STANDS} order by id"  # noqa: S608
_FORGET: Final = """
delete from devices where person_id = $1 and (token_hash = $2 or id = $3) returning id"""
_DISABLE: Final = "update devices set disabled_at = now() where id = $1 and token_hash = $2"
_FORGET_OLD: Final = "delete from devices where seen_at < $1::timestamptz"


def hashed(token: str) -> bytes:
    """What a token is looked up by."""
    return sha256(token.encode()).digest()


async def register(
    db: AsyncSession, person_id: int, token: str, platform: str, *, session: int | None, most: int
) -> int:
    """Let a device be a person's, and nobody else's from now on; its id.

    Of more than `most` the ones that were not seen for the longest are forgotten.
    """
    connection = await driver(db)
    id_: int = await connection.fetchval(_REGISTER, person_id, session, token, hashed(token), platform)
    await connection.execute(_KEEP, person_id, most)
    return id_


async def of(db: AsyncSession, person_id: int) -> list[Device]:
    """The devices that a person is reached on: those that stand, of sign-ins that stand."""
    return [Device(*row) for row in await (await driver(db)).fetch(_OF, person_id)]


async def forget(
    db: AsyncSession, person_id: int, *, token: str | None = None, id_: int | None = None
) -> int | None:
    """Forget a person's device, by its token or its id; the id of the one that was there."""
    given = None if token is None else hashed(token)
    return await (await driver(db)).fetchval(_FORGET, person_id, given, id_)


async def disable(db: AsyncSession, id_: int, token: str) -> None:
    """Send no more to a device, unless it has been registered anew with another token."""
    await (await driver(db)).execute(_DISABLE, id_, hashed(token))


async def forget_old(db: AsyncSession, before: datetime) -> int:
    """Forget devices that were not seen since, and say how many."""
    done = await (await driver(db)).execute(_FORGET_OLD, before)
    return int(done.rpartition(" ")[2])
