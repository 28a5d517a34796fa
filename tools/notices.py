"""Notices: telling a person something, once the transaction that it comes from has been committed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError
from pydantic_core import to_json

from storage import queue
from tools.notice import BadNotice
from tools.notice_types import TYPES

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession

    from tools.contract import Call
    from tools.notice import Priority

SENDS: Final = "send_notification"
"""The job that does it."""

PRIORITIES: Final[dict[Priority, int]] = {"high": 10, "normal": 0, "low": -10}


async def notify(call: Call, whom: int, type_: str, **about: Any) -> int:
    """Tell a person something of a type, with what its words need; the id of the job that does it.

    It stands or falls with the call's own transaction. What is no type, or lacks a field, is `BadNotice`,
    with which the transaction fails.
    """
    return await announce(call.db, call.now(), whom, type_, **about)


async def announce(db: AsyncSession, now: datetime, whom: int, type_: str, **about: Any) -> int:
    """The same for what is no tool, such as signing in."""
    notice = TYPES.get(type_)
    if notice is None:
        raise BadNotice(f"there is no type {type_!r}")
    try:
        known = notice.takes.model_validate(about, strict=True)
    except ValidationError as error:
        # Its own words repeat what was given, which may be personal.
        wrong = ", ".join(".".join(map(str, each["loc"])) for each in error.errors(include_input=False))
        raise BadNotice(f"{type_}: {wrong}") from None
    told = known.model_dump(mode="json")
    return await queue.put(
        db,
        SENDS,
        to_json({"person_id": whom, "type": type_, "about": told, "at": now}),
        priority=PRIORITIES[notice.priority],
        key=f"{SENDS} {whom} {type_} {notice.key(known)}",
    )
