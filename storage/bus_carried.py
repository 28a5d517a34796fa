"""What buses between processes have in common: sending in the background, and coming back by themselves."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from abc import ABC, abstractmethod
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Protocol

from storage.bus import EVERYTHING, LocalBus

if TYPE_CHECKING:
    from collections.abc import Collection, Generator
    from contextlib import AbstractAsyncContextManager

    from storage.bus import Heard

log = logging.getLogger(__name__)

AGAIN_SECONDS: Final = (0.2, 1.0, 5.0)
"""How long to wait before another connection is tried, the first time, the second, and from then on."""

LOOK_SECONDS: Final = 15.0
"""How often a silent connection is asked whether it still answers."""

FLUSH_SECONDS: Final = 1.0
"""How long the end of a process waits for its last hints to leave."""

MOST_WAITING: Final = 20_000
"""Topics that wait to be sent. Where there are more, they are dropped: they are only hints."""

MOST_CHARACTERS: Final = 7_000
"""The longest message; PostgreSQL takes less than 8,000 bytes."""


class Line(Protocol):
    """A connection over which messages go to all processes."""

    async def send(self, message: str) -> None:
        """Send a message."""
        ...

    async def check(self) -> None:
        """Fail where the connection does not answer."""
        ...


class CarriedBus(ABC):
    """A bus over a connection that may fail. Within the process hints need none.

    What fails is told once in the log, tried again, and meanwhile nobody waits. Once it works again,
    listeners are told to look at everything.
    """

    FAILURES: tuple[type[Exception], ...] = (OSError, TimeoutError)

    def __init__(self, what: str) -> None:
        """`what` carries the hints, as in: "Redis"."""
        self._what = what
        self._local = LocalBus()
        self._me = secrets.token_hex(6)
        self._listens = False
        self._waiting: set[str] = set()
        self._news = asyncio.Event()
        self._carrying: asyncio.Task[None] | None = None
        self._closing = False
        self._failures = 0
        self._connected = False

    @property
    def carries(self) -> bool:
        """Whether hints of other processes are heard now, as far as is known."""
        return self._connected

    @abstractmethod
    def _line(self, *, listens: bool) -> AbstractAsyncContextManager[Line]:
        """A connection. With `listens` it hands every message to `_heard`, and calls `_lost` when it ends."""

    async def publish(self, topics: Collection[str]) -> None:
        """Hand each topic to the listeners of this process at once, and to the others soon."""
        await self._local.publish(topics)
        if len(self._waiting) + len(topics) <= MOST_WAITING:
            self._waiting.update(topics)
        self._begin()

    @contextmanager
    def listen(self, heard: Heard) -> Generator[None]:
        """Hear every topic for the length of the block."""
        self._listens = True
        self._begin()
        with self._local.listen(heard):
            yield

    async def close(self) -> None:
        """Send what waits, within a moment, and carry nothing from then on."""
        self._closing = True
        if self._carrying is None:
            return
        self._news.set()
        if not self._failures:
            await asyncio.wait({self._carrying}, timeout=FLUSH_SECONDS)
        self._carrying.cancel()
        await asyncio.gather(self._carrying, return_exceptions=True)

    def _begin(self) -> None:
        self._news.set()
        # One that a defect has ended begins anew with the next hint.
        if (self._carrying is None or self._carrying.done()) and not self._closing:
            self._carrying = asyncio.create_task(self._carry(), name="carries hints")

    def _heard(self, message: str) -> None:
        """Tell the listeners what another process sent."""
        sender, *topics = message.split()
        if sender != self._me:
            self._tell(topics)

    def _tell(self, topics: Collection[str]) -> None:
        self._local.tell(topics)

    def _lost(self) -> None:
        """The connection ended: find out now."""
        self._connected = False
        self._news.set()

    async def _carry(self) -> None:
        while True:
            listens = self._listens
            try:
                async with self._line(listens=listens) as line:
                    self._found()
                    await self._work(line, listens=listens)
            except self.FAILURES as error:
                self._failed(error)
                await self._pause()
            finally:
                self._connected = False
            if self._closing:
                return

    async def _work(self, line: Line, *, listens: bool) -> None:
        """Send what waits, until the end, or until somebody listens where nobody did."""
        while not self._closing and self._connected and self._listens == listens:
            try:
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._news.wait()
            except TimeoutError:
                await line.check()
            self._news.clear()
            await self._send(line)
        if self._closing:
            await self._send(line)

    async def _send(self, line: Line) -> None:
        waiting, self._waiting = self._waiting, set()
        for message in _messages(self._me, waiting):
            await line.send(message)

    async def _pause(self) -> None:
        seconds = AGAIN_SECONDS[min(self._failures, len(AGAIN_SECONDS)) - 1]
        self._waiting.clear()
        ends = time.monotonic() + seconds
        while not self._closing and (left := ends - time.monotonic()) > 0:
            self._news.clear()
            try:
                async with asyncio.timeout(left):
                    await self._news.wait()
            except TimeoutError:
                return

    def _found(self) -> None:
        self._connected = True
        if self._failures:
            log.info("%s carries hints between processes again", self._what)
            self._failures = 0
            self._waiting.add(EVERYTHING)
        if self._listens:
            # What was sent while nobody here heard it.
            self._tell([EVERYTHING])

    def _failed(self, error: Exception) -> None:
        if not self._failures:
            kind = type(error).__name__
            log.warning("%s carries no hints now (%s): streams look for news by themselves", self._what, kind)
        self._failures += 1


def _messages(sender: str, topics: Collection[str]) -> Generator[str]:
    """The messages that carry these topics: as few as their length allows."""
    message = sender
    for topic in topics:
        if len(message) + len(topic) >= MOST_CHARACTERS:
            yield message
            message = sender
        message += f" {topic}"
    if message != sender:
        yield message
