"""Jobs: tools without a surface, done after the transaction that asks for them, or by the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from storage import queue
from tools.contract import Call, Effect, Model, Tool, tool
from tools.validation import validate
from tools.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tools.contract import Function
    from tools.refusals import Refused

In = TypeVar("In", bound=Model)
Out = TypeVar("Out", bound=Model)


def job(
    effect: Effect = "write",
    *,
    cron: str | None = None,
    attempts: int = 5,
    at_once: int | None = None,
    priority: int = 0,
    minutes: float = 10,
    steps: bool = False,
    tells: bool = False,
    refuses: Mapping[str, type[Refused]] | None = None,
) -> Callable[[Function[In, Out]], Tool[In, Out]]:
    """Declare a job: a tool that nobody can call from outside.

    `cron` is when it is due, in India time, such as `30 9 * * *`; such a job takes no fields that must be
    given. It is tried `attempts` times, ever later, and then kept as a dead letter; what is refused for good,
    such as `NotFound`, is so at once. `at_once` is how many of its kind run at the same time, over all
    processes. One that gives a `Round` is run until nothing remains. No run may take longer than `minutes`.
    One with `steps` holds no transaction: whatever it does in the database it does within `call.apart()`, and
    it can be begun again after each of those. One that `tells` says to its owner itself how it went, in words
    of its own; that it failed for good they are told as ever.
    """
    declare = tool("admin", effect, idempotent=True, surfaces=frozenset(), refuses=refuses)

    def declared(function: Function[In, Out]) -> Tool[In, Out]:
        work = Work(cron, attempts, at_once, priority, minutes, steps, tells)
        return replace(declare(function), work=work)

    return declared


async def later(
    call: Call,
    name: str,
    given: Mapping[str, Any] | None = None,
    *,
    at: datetime | None = None,
    key: str | None = None,
    owner: int | None = None,
) -> int:
    """Put a job into the queue, in the call's own transaction, and say its id.

    It is done after the commit, `at` a time where that is given, at least once, and its effects in our
    database exactly once. While one with the same `key` waits, it is that one, at the sooner of both times.
    `owner` may follow it.
    """
    work = call.catalog[name]
    assert work.work is not None, f"{name} is no job"
    ask = validate(work, given or {})
    return await queue.put(
        call.db,
        name,
        ask.model_dump_json(exclude_unset=True).encode(),
        priority=work.work.priority,
        delay=max(at - call.now(), timedelta()) if at else timedelta(),
        key=key and f"{name} {key}",
        owner=owner,
    )
