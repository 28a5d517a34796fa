"""Idempotency keys: the same key of the same person and tool is done once, and answered alike every time."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import asyncpg
from pydantic import ValidationError

from storage import kept_answers
from tools.consent import Preview
from tools.refusals import Invalid, Refused

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from tools.callers import Caller
    from tools.contract import AnyTool, Model

_FORM: Final = re.compile(r"[!-~]{1,255}")


class KeyReused(Refused):
    """This idempotency key was used with other arguments. Take a new key for a new request."""


class KeyInFlight(Refused):
    """A request with this idempotency key is under way. Ask again in a moment for its answer."""


class AnswerGone(Refused):
    """This was done already, and its answer can no longer be shown. Look at how things are now."""


def checked(key: str) -> str:
    """The key, if it is 1 to 255 visible ASCII characters."""
    if not _FORM.fullmatch(key):
        raise Invalid("An idempotency key is 1 to 255 visible ASCII characters, such as a UUID.")
    return key


async def earlier(db: AsyncSession, tool: AnyTool, ask: Model, caller: Caller) -> Model | None:
    """The answer that a caller's key has already; None where the call is to be done now."""
    if caller.key is None or caller.viewer.id is None:
        return None
    digest = sha256(ask.model_dump_json().encode()).digest()
    try:
        kept = await kept_answers.claim(db, caller.viewer.id, tool.name, caller.key, digest)
    except asyncpg.LockNotAvailableError as error:
        raise KeyInFlight(retry_after=1) from error
    if kept is None:
        return None
    if kept.given_hash != digest:
        raise KeyReused
    try:
        return (Preview if kept.preview else tool.gives).model_validate_json(kept.body)
    except ValidationError as error:
        raise AnswerGone from error


async def keep(db: AsyncSession, tool: AnyTool, answer: Model, caller: Caller) -> None:
    """Keep the answer for a caller's key, in the transaction that made it."""
    if caller.key is None or caller.viewer.id is None:
        return
    body = answer.model_dump_json().encode()
    preview = isinstance(answer, Preview)
    await kept_answers.keep(db, caller.viewer.id, tool.name, caller.key, body, preview=preview)
