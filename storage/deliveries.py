"""Deliveries: what left for whom over which channel, each once, and the addresses that take nothing more."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Literal, NamedTuple
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, DateTime, ForeignKey, Index, LargeBinary, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.engine import driver

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

CHANNELS: Final = ("push", "email", "sms")
ADDRESSED: Final = ("email", "sms")
"""The channels with addresses of the person's own; a device is disabled itself."""

State = Literal["sent", "refused", "dropped"]
CLAIMED: Final = "claimed"
STATES: Final = (CLAIMED, "sent", "refused", "dropped")
LEASE: Final = timedelta(minutes=3)
"""Longer than any attempt lasts: a claim that is older than this belongs to somebody who died."""

Reason = Literal["bounced", "complained"]
REASONS: Final[tuple[Reason, ...]] = ("bounced", "complained")


class DeliveryRow(Base):
    """A notification on one channel, to one address."""

    __tablename__ = "deliveries"
    __table_args__ = (
        CheckConstraint(f"channel in {CHANNELS}", name="channel"),
        CheckConstraint(f"state in {STATES}", name="state"),
        Index("deliveries_notification_id_idx", "notification_id"),
        Index("deliveries_person_id_idx", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    """What providers know it by: made of what it is, so that a second attempt has it too."""

    notification_id: Mapped[int] = mapped_column(ForeignKey("notifications.id", ondelete="cascade"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"))
    channel: Mapped[str]
    device_id: Mapped[int | None] = mapped_column(BigInteger)
    """Which device, for a push notification."""

    address_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Of the e-mail address or the phone that it went to."""

    state: Mapped[str]
    """`claimed`, while somebody sends it, or where they died over it; then `sent`; `refused`, where the
    provider does not take it; or `dropped`, where nobody needs it now."""

    claimed_by: Mapped[str | None]
    """Whose attempt it is or was: the job's name, which is the same when it is begun again."""

    why: Mapped[str | None]
    """Why it was not sent, in a word."""

    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))


class SuppressionRow(Base):
    """A channel on which a person cannot be reached, for as long as their address there is the same."""

    __tablename__ = "suppressions"
    __table_args__ = (
        CheckConstraint(f"channel in {ADDRESSED}", name="channel"),
        CheckConstraint(f"reason in {REASONS}", name="reason"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"), primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    address_hash: Mapped[bytes] = mapped_column(LargeBinary)
    reason: Mapped[str]
    """`bounced`, where there is no such mailbox; `complained`, where we were reported as spam."""

    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))


class Suppressed(NamedTuple):
    """Why a channel is off, and since when."""

    channel: str
    reason: str
    at: datetime


class Address(NamedTuple):
    """Where a delivery went."""

    person_id: int
    channel: str
    hashed: bytes


_CLAIM: Final = """
insert into deliveries (id, notification_id, person_id, channel, device_id, claimed_by, state)
values ($1, $2, $3, $4, $5, $6, 'claimed')
on conflict (id) do update set claimed_by = excluded.claimed_by, at = now()
    where deliveries.state = 'claimed'
      and (deliveries.claimed_by = excluded.claimed_by or deliveries.at < now() - $7::interval)
returning id"""
_STATE: Final = "select state from deliveries where id = $1"
# Who was taken for dead and sent it all the same says so, unless whoever took over has said how it ended.
_END: Final = """
update deliveries set state = $2, why = $3, address_hash = $4, at = now()
where id = $1 and state = 'claimed'"""
_RELEASE: Final = "delete from deliveries where id = $1 and state = 'claimed' and claimed_by = $2"
_SENT_TO: Final = """
select person_id, channel, address_hash from deliveries
where id = $1 and address_hash is not null and device_id is null"""
_SUPPRESS: Final = """
insert into suppressions (person_id, channel, address_hash, reason) values ($1, $2, $3, $4)
on conflict (person_id, channel) do update
    set address_hash = excluded.address_hash, reason = excluded.reason, at = now()
    where suppressions.address_hash <> excluded.address_hash
returning true"""
_SUPPRESSED: Final = """
select channel, reason, at from suppressions join people on people.id = person_id
where person_id = $1 and address_hash = sha256(convert_to(
    case channel when 'email' then people.email else people.phone end, 'utf8'))
order by channel"""
_LIFT: Final = "delete from suppressions where person_id = $1 and channel = $2 returning reason"


async def claim(
    db: AsyncSession,
    id_: UUID,
    notification_id: int,
    person_id: int,
    channel: str,
    device_id: int | None,
    *,
    by: str,
) -> bool:
    """Take a delivery; whether that could be done: it has not ended, and nobody else is at it.

    Who claims it again by the same name takes it up again, and anybody does once the `LEASE` is over.
    """
    connection = await driver(db)
    given = (id_, notification_id, person_id, channel, device_id, by, LEASE)
    return await connection.fetchval(_CLAIM, *given) is not None


async def state(db: AsyncSession, id_: UUID) -> State | None:
    """How a delivery ended; None where it has not."""
    found = await (await driver(db)).fetchval(_STATE, id_)
    return None if found == CLAIMED else found


async def release(db: AsyncSession, id_: UUID, by: str) -> None:
    """Give a claim back, of which nothing was sent."""
    await (await driver(db)).execute(_RELEASE, id_, by)


async def end(
    db: AsyncSession, id_: UUID, state: State, why: str | None = None, *, address: str | None = None
) -> None:
    """Say how a delivery that was claimed has ended; `address` is where it went."""
    where = None if address is None else hashed(address)
    await (await driver(db)).execute(_END, id_, state, why, where)


async def sent_to(db: AsyncSession, id_: UUID) -> Address | None:
    """Where a delivery went, unless to a device."""
    row = await (await driver(db)).fetchrow(_SENT_TO, id_)
    return None if row is None else Address(row[0], row[1], row[2])


async def suppress(db: AsyncSession, person_id: int, channel: str, address: bytes, reason: Reason) -> bool:
    """Send a person nothing more on a channel while their address has this hash; whether that is new."""
    connection = await driver(db)
    return bool(await connection.fetchval(_SUPPRESS, person_id, channel, address, reason))


async def suppressed(db: AsyncSession, person_id: int) -> list[Suppressed]:
    """The channels on which a person cannot be reached at the addresses that they have now."""
    return [Suppressed(*row) for row in await (await driver(db)).fetch(_SUPPRESSED, person_id)]


async def lift(db: AsyncSession, person_id: int, channel: str) -> str | None:
    """Let a channel be tried again; why it was off, None where it was not."""
    return await (await driver(db)).fetchval(_LIFT, person_id, channel)


def hashed(address: str) -> bytes:
    """What an address is compared by."""
    return sha256(address.encode()).digest()
