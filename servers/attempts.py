"""Attempts: one try of a job, through dispatch, and how it ends."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import timedelta
from random import SystemRandom
from typing import TYPE_CHECKING, Any, Final, Protocol

from servers.jobs import operator
from storage.queue_work import Begun, Ending
from tools.contract import Model, Round
from tools.refusals import Forbidden, Invalid, NotFound, Refused, SignInRequired

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tools.contract import AnyTool
    from tools.dispatch import Dispatcher
    from tools.host import Capability

log = logging.getLogger(__name__)

_CHANCE = SystemRandom()

FIRST_SECONDS: Final = 5.0
LONGEST_SECONDS: Final = 3_600.0
GROWTH: Final = 5.0
"""The second attempt comes after five seconds, the next after 25, two minutes, ten, and an hour: a quarter
more or less by chance, so that what failed together does not come back together."""

FINAL: Final = (Invalid, NotFound, Forbidden, SignInRequired)
"""What is refused so is refused for good."""

PROGRESS_SECONDS: Final = 0.5
"""How often the progress of a job is written down at the most."""


LONGEST_NOTE: Final = 500


class Follow(Protocol):
    """Writes down how far a job has come."""

    async def __call__(
        self, id_: int, done: int, total: int | None, note: str | None, *, ahead: bool
    ) -> None:
        """`ahead` says that what is done stays done."""
        ...


def delay(attempt: int, wait: int | None = None) -> timedelta:
    """How long to wait after a failed attempt, and at least as many seconds as whoever refused asked for."""
    seconds = min(FIRST_SECONDS * GROWTH ** (attempt - 1), LONGEST_SECONDS)
    return timedelta(seconds=max(seconds * _CHANCE.uniform(0.75, 1.25), wait or 0))


class Watched:
    """The host of a job: whoever follows it."""

    state: str | None = None
    capabilities: frozenset[Capability] = frozenset()

    def __init__(self, id_: int, follow: Follow) -> None:
        self.answers: Mapping[str, Any] = {}
        self._id = id_
        self._follow = follow
        self._written = 0.0

    async def progress(self, done: float, total: float | None = None, said: str | None = None) -> None:
        """Write it down, unless that was done just now."""
        now = asyncio.get_running_loop().time()
        if now - self._written >= PROGRESS_SECONDS:
            self._written = now
            await self._follow(self._id, int(done), None if total is None else int(total), said, ahead=False)

    async def log(self, said: str) -> None:
        """Nobody reads along."""


@dataclass(slots=True)
class _Far:
    """How far an attempt is: once it has got ahead, it counts as the first one."""

    begun: Begun


@dataclass(frozen=True, slots=True)
class Attempts:
    """Tries jobs."""

    dispatcher: Dispatcher
    follow: Follow
    stopping: Callable[[], bool]
    """Whether what can be done later is done later."""

    async def attempt(self, tool: AnyTool, begun: Begun, given: bytes) -> Ending | None:
        """Try it, and say how that ended; None where it is handed back for somebody else to go on with."""
        work = tool.work
        assert work is not None
        if begun.stop:
            return Ending(begun.id, "cancelled")
        if begun.attempt > work.attempts:
            return Ending(begun.id, "failed", "Whoever worked on it died, each time.", "lost")
        far = _Far(begun)
        try:
            answer = await self._done(tool, far, given)
        except Refused as no:
            log.info("job %d %s, attempt %d: %s", begun.id, tool.name, begun.attempt, no.code)
            return _refused(far.begun, work.attempts, no)
        except Exception as defect:
            log.exception("job %d %s, attempt %d", begun.id, tool.name, begun.attempt)
            # Its words may hold what the job was about.
            return _again(far.begun, work.attempts, f"A defect: {type(defect).__name__}.", "defect")
        if answer is None:
            return None
        done = answer.done if isinstance(answer, Round) else None
        return Ending(begun.id, "done", answer.summary()[:LONGEST_NOTE], done=done)

    async def _done(self, tool: AnyTool, far: _Far, given: bytes) -> Model | None:
        begun = far.begun
        # Its effects happen once for this key. Rounds need none: each goes on where the one before ended.
        key = None if issubclass(tool.gives, Round) else f"job {begun.id}"
        done = begun.done
        while True:
            answer = await self._once(tool, begun.id, given, key)
            if not isinstance(answer, Round):
                return answer
            done += answer.done
            far.begun = begun._replace(attempt=1, done=done)
            if not answer.remaining or not answer.done:
                return answer.model_copy(update={"done": done})
            await self.follow(begun.id, done, done + answer.remaining, None, ahead=True)
            if self.stopping():
                return None

    async def _once(self, tool: AnyTool, id_: int, given: bytes, key: str | None) -> Any:
        assert tool.work is not None
        caller = replace(operator(tool, "background", key=key), host=Watched(id_, self.follow))
        try:
            async with asyncio.timeout(tool.work.minutes * 60):
                return await self.dispatcher.run(tool, given, caller)
        except TimeoutError as error:
            raise TookTooLong from error


class TookTooLong(Refused):
    """It took too long and was stopped."""


def _refused(begun: Begun, attempts: int, no: Refused) -> Ending:
    if isinstance(no, FINAL):
        return Ending(begun.id, "failed", no.message, no.code)
    return _again(begun, attempts, no.message, no.code, no.retry_after)


def _again(begun: Begun, attempts: int, note: str, code: str, wait: int | None = None) -> Ending:
    if begun.attempt >= attempts:
        return Ending(begun.id, "failed", note, code)
    return Ending(begun.id, "queued", note, code, delay(begun.attempt, wait))
