"""Steps of a start, timed, and undone in reverse when what they began comes to its end."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from typing import TypeVar

log = logging.getLogger(__name__)

SLOW_SECONDS = 2.0
"""A step that takes longer is told of as a warning."""

STOP_SECONDS = 20.0
LEAST_SECONDS = 1.0
"""What every step has for its undoing, also where those before it used up all the time."""

T = TypeVar("T")


class Steps:
    """Start steps, and how each is undone. Stopping undoes all of them in reverse, whatever fails."""

    def __init__(self, seconds: float = STOP_SECONDS) -> None:
        """`seconds` is how long stopping may take."""
        self._seconds = seconds
        self._ends: float | None = None
        self._undo: list[tuple[str, Callable[[], Awaitable[object]]]] = []
        self._took: list[tuple[str, float]] = []

    def __str__(self) -> str:
        """What took how long since this was last asked, the longest first."""
        told, self._took = sorted(self._took, key=lambda entry: -entry[1]), []
        return ", ".join(f"{name} {seconds * 1_000:.0f}" for name, seconds in told if seconds >= 0.001)

    @property
    def names(self) -> list[str]:
        """The steps that have been done and not undone, in the order of the start."""
        return [name for name, _ in self._undo]

    def hurry(self) -> None:
        """Count the time for stopping from now on, because it is known that a stop will come."""
        self._ends = self._ends or time.monotonic() + self._seconds

    def defer(self, name: str, undo: Callable[[], Awaitable[object]]) -> None:
        """Remember how to undo a step that has been done."""
        self._undo.append((name, undo))

    async def enter(self, name: str, context: AbstractAsyncContextManager[T]) -> T:
        """Do a step that is a context; leaving it undoes it."""
        with self.timed(name, "starting"):
            entered = await context.__aenter__()
        self.defer(name, lambda: context.__aexit__(None, None, None))
        return entered

    @contextmanager
    def timed(self, name: str, doing: str) -> Generator[None]:
        """Note how long the block took."""
        began = time.monotonic()
        try:
            yield
        finally:
            took = time.monotonic() - began
            self._took.append((name, took))
            if took > SLOW_SECONDS:
                log.warning("%s %s took %.1f s", doing, name, took)

    async def stop(self) -> None:
        """Undo every step, the last one first. One that fails or hangs is logged, and the rest still run."""
        self.hurry()
        while self._undo:
            name, undo = self._undo.pop()
            left = max((self._ends or 0.0) - time.monotonic(), LEAST_SECONDS)
            with self.timed(name, "stopping"):
                await _undone(name, undo, left)


async def _undone(name: str, undo: Callable[[], Awaitable[object]], seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await undo()
    except TimeoutError:
        log.exception("stopping %s was given up after %.0f s", name, seconds)
    except Exception:
        log.exception("stopping %s failed", name)


@asynccontextmanager
async def stepwise(seconds: float = STOP_SECONDS) -> AsyncGenerator[Steps]:
    """Steps that are undone when the block ends."""
    steps = Steps(seconds)
    try:
        yield steps
    finally:
        await steps.stop()
