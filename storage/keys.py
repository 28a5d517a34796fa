"""Signing keys at rest: read them all, and let the next one take over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, text, update

from storage.oauth import SigningKeyRow

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

_LOCK = 360_360_363


@dataclass(frozen=True, slots=True)
class SealedKey:
    """A signing key as it is stored."""

    kid: str
    sealed: bytes
    created_at: datetime
    retired_at: datetime | None


async def every(db: AsyncSession) -> list[SealedKey]:
    """All keys, the one that signs first."""
    columns = (
        SigningKeyRow.kid,
        SigningKeyRow.sealed,
        SigningKeyRow.created_at,
        SigningKeyRow.retired_at,
    )
    newest = (SigningKeyRow.retired_at.desc().nulls_first(), SigningKeyRow.created_at.desc())
    found = await db.execute(select(*columns).order_by(*newest))
    return [SealedKey(*row) for row in found]


async def alone(db: AsyncSession) -> None:
    """Let no other transaction change the keys until this one has ended."""
    await db.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


async def succeed(db: AsyncSession, key: SealedKey, kids: Sequence[str]) -> None:
    """Keep a new key, and retire those from the moment of its making."""
    retiring = update(SigningKeyRow).where(SigningKeyRow.kid.in_(kids), SigningKeyRow.retired_at.is_(None))
    await db.execute(retiring.values(retired_at=key.created_at))
    await db.execute(insert(SigningKeyRow).values(kid=key.kid, sealed=key.sealed, created_at=key.created_at))


async def forget(db: AsyncSession, by: datetime) -> None:
    """Delete the keys that were retired by then."""
    await db.execute(delete(SigningKeyRow).where(SigningKeyRow.retired_at <= by))
