"""Whether a sign-in still stands, and who is behind it: asked again with every request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import text

from storage.engine import driver

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession


class Standing(NamedTuple):
    """A sign-in that stands."""

    person_id: int
    role: str
    session_id: int
    idle: bool
    """Whether its last use was noted more than a minute ago."""


_SESSION: Final = """
select people.id, people.role, sessions.id, used_at < now() - interval '1 minute'
from sessions join people on people.id = person_id
where ended_at is null and expires_at > now() and erased_at is null"""
_BY_ID: Final = f"{_SESSION} and sessions.id = $1 and kind <> 'web'"
_BY_COOKIE: Final = f"{_SESSION} and token_hash = $1 and kind = 'web'"


async def by_id(db: AsyncSession, session_id: int) -> Standing | None:
    """The session of an access token, unless it has ended or expired, or its person was erased."""
    found = await (await driver(db)).fetchrow(_BY_ID, session_id)
    return None if found is None else Standing(*found)


async def by_cookie(db: AsyncSession, token_hash: bytes) -> Standing | None:
    """The session of a browser's cookie, unless it has ended or expired, or its person was erased."""
    found = await (await driver(db)).fetchrow(_BY_COOKIE, token_hash)
    return None if found is None else Standing(*found)


async def role(db: AsyncSession, person_id: int) -> str | None:
    """The role of a person now; None once erased."""
    found = await (await driver(db)).fetchval(
        "select role from people where id = $1 and erased_at is null", person_id
    )
    return None if found is None else str(found)


async def used(db: AsyncSession, session_ids: Sequence[int]) -> None:
    """Note that these sessions are in use, where that was not noted within the last minute."""
    noted = """
    update sessions set used_at = now()
    where id = any(:ids) and used_at < now() - interval '1 minute'"""
    await db.execute(text(noted), {"ids": list(session_ids)})
