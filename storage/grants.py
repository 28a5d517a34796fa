"""Grants: authorization codes and refresh tokens, each good for one use, and the sessions they begin."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession

CODE_LIFETIME = timedelta(seconds=90)
REFRESH_LIFETIME = timedelta(days=30)
"""How long a refresh token waits for its use; each use gives a new one."""

SESSION_LIFETIME = timedelta(days=90)
"""How long a client keeps what it was granted at most, however often it refreshes."""


class Grant(NamedTuple):
    """What a client may do on whose behalf, from the moment that its code or refresh token was taken."""

    session_id: int
    person_id: int
    role: str
    audience: str
    scopes: list[str]


class Code(NamedTuple):
    """An authorization code as it was given out."""

    person_id: int
    audience: str
    scopes: list[str]
    code_challenge: str
    redirect_uri: str
    redirect_uri_given: bool
    expires_at: datetime
    used: bool


class Refresh(NamedTuple):
    """A refresh token and the session that it belongs to."""

    session_id: int
    person_id: int
    audience: str
    scopes: list[str]
    expires_at: datetime
    used: bool


_ADD_CODE: Final = """
insert into oauth_codes (code_hash, client_id, person_id, audience, scopes, code_challenge, redirect_uri,
                         redirect_uri_given, expires_at)
values (:code_hash, :client_id, :person_id, :audience, :scopes, :code_challenge, :redirect_uri,
        :redirect_uri_given, now() + :lifetime)"""


async def add_code(db: AsyncSession, code_hash: bytes, given: Mapping[str, Any]) -> None:
    """Give out a code; `given` are its columns except hash and expiry."""
    await db.execute(text(_ADD_CODE), {**given, "code_hash": code_hash, "lifetime": CODE_LIFETIME})


_CODE: Final = """
select person_id, audience, scopes, code_challenge, redirect_uri, redirect_uri_given, expires_at,
       used_at is not null
from oauth_codes where code_hash = :code_hash and client_id = :client_id"""


async def code(db: AsyncSession, client_id: str, code_hash: bytes) -> Code | None:
    """The code of that hash, if it was given to this client; used and expired ones too."""
    found = await db.execute(text(_CODE), {"code_hash": code_hash, "client_id": client_id})
    row = found.one_or_none()
    return None if row is None else Code(*row)


_TAKE: Final = """
update oauth_codes set used_at = now()
from people
where code_hash = :code_hash and client_id = :client_id and used_at is null and oauth_codes.expires_at > now()
  and people.id = person_id and erased_at is null
returning person_id, role, audience, scopes"""
_BEGIN: Final = """
insert into sessions (person_id, kind, client_id, audience, scopes, label, expires_at)
values (:person_id, 'oauth', :client_id, :audience, :scopes, :label, now() + :lifetime)
returning id"""
_BEGAN: Final = "update oauth_codes set session_id = :session_id where code_hash = :code_hash"


async def take_code(db: AsyncSession, client_id: str, code_hash: bytes, label: str) -> Grant | None:
    """Use up a code and begin its session; None when it was used, has expired or is not this client's."""
    given = {"code_hash": code_hash, "client_id": client_id}
    taken = (await db.execute(text(_TAKE), given)).one_or_none()
    if taken is None:
        return None
    person_id, role, audience, scopes = taken
    about = {"person_id": person_id, "client_id": client_id, "audience": audience, "scopes": scopes}
    about |= {"label": label, "lifetime": SESSION_LIFETIME}
    session_id: int = (await db.execute(text(_BEGIN), about)).scalar_one()
    await db.execute(text(_BEGAN), {"session_id": session_id, "code_hash": code_hash})
    return Grant(session_id, person_id, role, audience, scopes)


_END_OF_CODE: Final = """
update sessions set ended_at = now()
where ended_at is null and id = (select session_id from oauth_codes
                                 where code_hash = :code_hash and client_id = :client_id)
returning id"""


async def end_of_code(db: AsyncSession, client_id: str, code_hash: bytes) -> bool:
    """End the session that a code began; answers whether it stood until now."""
    ended = await db.execute(text(_END_OF_CODE), {"code_hash": code_hash, "client_id": client_id})
    return ended.scalar_one_or_none() is not None


_ADD_REFRESH: Final = """
insert into oauth_refresh_tokens (token_hash, session_id, expires_at)
select :token_hash, id, least(now() + :lifetime, expires_at) from sessions where id = :session_id"""


async def add_refresh(db: AsyncSession, token_hash: bytes, session_id: int) -> None:
    """Give a session its next refresh token, which ends with the session at the latest."""
    given = {"token_hash": token_hash, "session_id": session_id, "lifetime": REFRESH_LIFETIME}
    await db.execute(text(_ADD_REFRESH), given)


_REFRESH: Final = """
select session_id, person_id, audience, scopes, oauth_refresh_tokens.expires_at,
       oauth_refresh_tokens.used_at is not null
from oauth_refresh_tokens join sessions on sessions.id = session_id
where oauth_refresh_tokens.token_hash = :token_hash and client_id = :client_id"""


async def refresh(db: AsyncSession, client_id: str, token_hash: bytes) -> Refresh | None:
    """The refresh token of that hash, if this client owns it; used and expired ones too."""
    found = await db.execute(text(_REFRESH), {"token_hash": token_hash, "client_id": client_id})
    row = found.one_or_none()
    return None if row is None else Refresh(*row)


_TAKE_REFRESH: Final = """
update oauth_refresh_tokens set used_at = now()
from sessions join people on people.id = person_id
where oauth_refresh_tokens.token_hash = :token_hash and oauth_refresh_tokens.used_at is null
  and oauth_refresh_tokens.expires_at > now()
  and sessions.id = session_id and client_id = :client_id
  and ended_at is null and sessions.expires_at > now() and erased_at is null
returning session_id, person_id, role, audience, scopes"""
_USED: Final = "update sessions set used_at = now() where id = :session_id"


async def take_refresh(db: AsyncSession, client_id: str, token_hash: bytes) -> Grant | None:
    """Use up a refresh token; None when it was used, or it or its session has ended."""
    given = {"token_hash": token_hash, "client_id": client_id}
    taken = (await db.execute(text(_TAKE_REFRESH), given)).one_or_none()
    if taken is None:
        return None
    await db.execute(text(_USED), {"session_id": taken[0]})
    return Grant(*taken)


_END_OF_USED: Final = """
update sessions set ended_at = now()
where ended_at is null and client_id = :client_id
  and id = (select session_id from oauth_refresh_tokens
            where token_hash = :token_hash and used_at is not null)
returning id"""


async def end_of_used(db: AsyncSession, client_id: str, token_hash: bytes) -> bool:
    """End the session of a refresh token that was used before; answers whether it stood until now."""
    given = {"token_hash": token_hash, "client_id": client_id}
    return (await db.execute(text(_END_OF_USED), given)).scalar_one_or_none() is not None


_FORGET: Final = (
    "delete from oauth_codes where expires_at < now() - interval '1 day'",
    "delete from oauth_refresh_tokens where expires_at < now() - interval '1 day'",
)


async def forget(db: AsyncSession) -> None:
    """Delete codes and refresh tokens that ended more than a day ago. Until then a replay is recognised."""
    for statement in _FORGET:
        await db.execute(text(statement))
