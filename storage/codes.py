"""One-time codes: counted, added, tried and spent, one contact at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import text

if TYPE_CHECKING:
    from datetime import timedelta

    from sqlalchemy.ext.asyncio import AsyncSession


class Counts(NamedTuple):
    """How many codes went to a contact within a window, and when the window has room for another."""

    sent: int
    failed: int
    """Attempts that were wrong."""

    seconds: int
    """Until the oldest of these codes leaves the window."""


class Tried(NamedTuple):
    """The code that an attempt was counted against."""

    id: int
    code_hash: bytes


async def hold(db: AsyncSession, contact: str) -> None:
    """Wait for everyone else who handles this contact's codes, and keep others out until the end."""
    await db.execute(
        text("select pg_advisory_xact_lock(hashtextextended(:contact, 360))"), {"contact": contact}
    )


_COUNTS: Final = """
select count(*) as sent, coalesce(sum(attempts - (used_at is not null)::int), 0)::int as failed,
  greatest(ceil(extract(epoch from min(sent_at) + cast(:window as interval) - clock_timestamp())), 1)::int
    as seconds
from sign_in_codes where contact = :contact and sent_at > now() - cast(:window as interval)"""


async def counts(db: AsyncSession, contact: str, window: timedelta) -> Counts:
    """What happened to a contact's codes within a window until now."""
    found = (await db.execute(text(_COUNTS), {"contact": contact, "window": window})).one()
    return Counts(found.sent, found.failed, found.seconds)


_ADD: Final = """
insert into sign_in_codes (contact, code_hash, expires_at)
values (:contact, :code_hash, now() + cast(:lifetime as interval))"""


async def add(db: AsyncSession, contact: str, code_hash: bytes, lifetime: timedelta) -> None:
    """Note a code that is about to be sent; those before it are worth nothing from now on."""
    given = {"contact": contact, "code_hash": code_hash, "lifetime": lifetime}
    await db.execute(text(_ADD), given)


_ATTEMPT: Final = """
update sign_in_codes set attempts = attempts + 1
where id = (select max(id) from sign_in_codes where contact = :contact)
  and attempts < :most and used_at is null and expires_at > now()
returning id, code_hash"""


async def attempt(db: AsyncSession, contact: str, most: int) -> Tried | None:
    """Count an attempt against the newest code, unless it is spent, expired or was tried `most` times."""
    found = (await db.execute(text(_ATTEMPT), {"contact": contact, "most": most})).one_or_none()
    return None if found is None else Tried(found.id, found.code_hash)


async def spend(db: AsyncSession, code_id: int) -> bool:
    """Use a code up; answers whether it was unused until now."""
    spent = text("update sign_in_codes set used_at = now() where id = :id and used_at is null returning id")
    return (await db.execute(spent, {"id": code_id})).scalar_one_or_none() is not None
