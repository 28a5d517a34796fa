"""Idempotency keys: the same key of the same person and tool is done once, and answered alike every time."""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import asynccontextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, Final
from weakref import WeakValueDictionary

import asyncpg
from pydantic import ValidationError

from storage import kept_answers
from storage.engine import LOCK_TIMEOUT
from tools.consent import Preview
from tools.refusals import Invalid, Refused

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from sqlalchemy.ext.asyncio import AsyncSession

    from tools.callers import Caller
    from tools.contract import AnyTool, Model

_FORM: Final = re.compile(r"[!-~]{1,255}")
_HELD: Final = (asyncpg.LockNotAvailableError, asyncpg.SerializationError)
"""What a claim fails with while another process holds the key, or has just let go of it."""

_Name = tuple[int, str, str]


class KeyReused(Refused):
    """This idempotency key was used with other arguments. Take a new key for a new request."""


class KeyInFlight(Refused):
    """A request with this idempotency key is under way. Ask again in a moment for its answer."""


class AnswerGone(Refused):
    """This was done already, and its answer can no longer be shown. Look at how things are now."""


class InFlight:
    """What is under way with a key in this process.

    Whoever repeats it waits here and holds no connection, so that repeats cannot use up the pool. Between
    processes the database makes them wait.
    """

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[_Name, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def alone(self, tool: AnyTool, caller: Caller) -> AsyncGenerator[None]:
        """The only call with this key for the length of the block. Refuses when that takes too long."""
        if caller.key is None or caller.viewer.id is None:
            yield
            return
        name = (caller.viewer.id, tool.name, caller.key)
        lock = self._locks.setdefault(name, asyncio.Lock())
        try:
            async with asyncio.timeout(LOCK_TIMEOUT / 1_000):
                await lock.acquire()
        except TimeoutError as error:
            raise KeyInFlight(retry_after=1) from error
        try:
            yield
        finally:
            lock.release()


def checked(key: object) -> str:
    """The key, if it is 1 to 255 visible ASCII characters."""
    if not isinstance(key, str) or not _FORM.fullmatch(key):
        raise Invalid("An idempotency key is 1 to 255 visible ASCII characters, such as a UUID.")
    return key


def of_turn(turn: str, call_id: str) -> str:
    """The key of a model's call of a tool, whose id is only unique within its turn of the conversation."""
    return sha256(f"{turn}\n{call_id}".encode(errors="replace")).hexdigest()


def digest(ask: Model) -> bytes:
    """A hash of arguments, equal exactly when they are. One that was left out is not one that was null."""
    given = ask.model_dump(mode="json", exclude_unset=True)
    return sha256(json.dumps(given, sort_keys=True, separators=(",", ":")).encode()).digest()


async def earlier(db: AsyncSession, tool: AnyTool, ask: Model, caller: Caller) -> Model | None:
    """The answer that a caller's key has already; None where the call is to be done now."""
    if caller.key is None or caller.viewer.id is None:
        return None
    given = digest(ask)
    try:
        kept = await kept_answers.claim(db, caller.viewer.id, tool.name, caller.key, given)
    except _HELD as error:
        raise KeyInFlight(retry_after=1) from error
    if kept is None:
        return None
    if kept.given_hash != given:
        raise KeyReused
    try:
        return (Preview if kept.preview else tool.gives).model_validate_json(kept.body)
    except ValidationError as error:
        raise AnswerGone from error


async def answered(db: AsyncSession, tool: AnyTool, caller: Caller) -> bool:
    """Whether an answer is kept for a caller's key, whatever was asked."""
    if caller.key is None or caller.viewer.id is None:
        return False
    return await kept_answers.there(db, caller.viewer.id, tool.name, caller.key)


async def keep(db: AsyncSession, tool: AnyTool, answer: Model, caller: Caller) -> None:
    """Keep the answer for a caller's key, in the transaction that made it."""
    if caller.key is None or caller.viewer.id is None:
        return
    body = answer.model_dump_json().encode()
    preview = isinstance(answer, Preview)
    await kept_answers.keep(db, caller.viewer.id, tool.name, caller.key, body, preview=preview)
