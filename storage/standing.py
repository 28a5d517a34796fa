"""Whether a sign-in still stands, and who is behind it: asked again with every request."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias, TypeVar

import asyncpg
from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from storage.drivers import Line


class Standing(NamedTuple):
    """A sign-in that stands."""

    person_id: int
    role: str
    session_id: int
    idle: bool
    """Whether its last use was noted more than a minute ago."""


_IDLE: Final = "used_at < now() - interval '1 minute'"
_STANDS: Final = """
from sessions join people on people.id = person_id
where ended_at is null and expires_at > now() and erased_at is null"""
_BY_ID: Final = f"""
select sessions.id, people.id, people.role, sessions.id, {_IDLE} {_STANDS}
and sessions.id = any($1::bigint[]) and kind <> 'web'"""
_BY_COOKIE: Final = f"""
select token_hash, people.id, people.role, sessions.id, {_IDLE} {_STANDS}
and token_hash = any($1::bytea[]) and kind = 'web'"""

_STILL: Final = """
select array(
           select id from sessions
           where id = any($1::bigint[]) and ended_at is null and expires_at > now()),
       array(select id from people where id = any($2::bigint[]) and erased_at is null)"""

Key = TypeVar("Key", int, bytes)
_Asked: TypeAlias = "dict[Key, list[asyncio.Future[Standing | None]]]"
"""Who waits for which session."""


class Standings:
    """Asks the primary database which sessions stand now.

    Those that are asked for while a question is under way go together in the next one, so that each is told
    what was so after it asked, and a crowd costs no more connections than one person.
    """

    def __init__(self, line: Line) -> None:
        self._line = line
        self._by_id: _Asked[int] = {}
        self._by_cookie: _Asked[bytes] = {}
        self._asking = False
        self._working: asyncio.Task[None] | None = None

    async def by_id(self, session_id: int) -> Standing | None:
        """The session of an access token, unless it has ended or expired, or its person was erased."""
        if self._asking:
            return await self._told(self._by_id, session_id)
        return await self._alone(_BY_ID, session_id)

    async def by_cookie(self, token_hash: bytes) -> Standing | None:
        """The session of a browser's cookie, unless it has ended or expired, or its person was erased."""
        if self._asking:
            return await self._told(self._by_cookie, token_hash)
        return await self._alone(_BY_COOKIE, token_hash)

    async def _alone(self, query: str, key: int | bytes) -> Standing | None:
        """Ask at once, in the task of the request: one of its own would cost as much as the question."""
        self._asking = True
        try:
            return (await self._found(query, [key])).get(key)
        finally:
            self._asking = False
            if self._by_id or self._by_cookie:
                self._asking = True
                self._working = asyncio.create_task(self._work(), name="asks which sessions stand")

    def _told(self, asked: _Asked[Key], key: Key) -> asyncio.Future[Standing | None]:
        answer: asyncio.Future[Standing | None] = asyncio.get_running_loop().create_future()
        asked.setdefault(key, []).append(answer)
        return answer

    async def _work(self) -> None:
        try:
            while self._by_id or self._by_cookie:
                ids, self._by_id = self._by_id, {}
                await self._answer(_BY_ID, ids)
                cookies, self._by_cookie = self._by_cookie, {}
                await self._answer(_BY_COOKIE, cookies)
        finally:
            self._asking = False

    async def _answer(self, query: str, asked: _Asked[Key]) -> None:
        if not asked:
            return
        waiting = [answer for answers in asked.values() for answer in answers]
        try:
            found = await self._found(query, list(asked))
            for key, answers in asked.items():
                for answer in answers:
                    if not answer.done():
                        answer.set_result(found.get(key))
        except (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError) as error:
            for answer in waiting:
                if not answer.done():
                    answer.set_exception(error)
        finally:
            for answer in waiting:
                answer.cancel()

    async def _found(self, query: str, keys: Sequence[int | bytes]) -> dict[int | bytes, Standing]:
        return {row[0]: Standing(*row[1:]) for row in await self._line.fetch(query, keys)}


async def used(db: AsyncSession, session_ids: Sequence[int]) -> None:
    """Note that these sessions are in use, where that was not noted within the last minute."""
    noted = """
    update sessions set used_at = now()
    where id = any(:ids) and used_at < now() - interval '1 minute'"""
    await db.execute(text(noted), {"ids": list(session_ids)})


async def still(line: Line, sessions: Collection[int], people: Collection[int]) -> tuple[set[int], set[int]]:
    """Which of these sessions stand, of whichever kind, and which of these people have not been erased."""
    (row,) = await line.fetch(_STILL, list(sessions), list(people))
    return set(row[0]), set(row[1])
