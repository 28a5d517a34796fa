"""The bus: hints between processes that something is new, so that nobody has to look all the time.

A hint carries a topic and no content: what is new stands in the database. It may be lost, so whoever waits
for one also looks by itself now and then.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator
    from contextlib import AbstractContextManager

    Heard = Callable[[str], None]
    """Told a topic, in the event loop. It returns at once and does not fail."""


def person(id_: int) -> str:
    """The topic of a person's events."""
    return f"person:{id_}"


def job(id_: int) -> str:
    """The topic of a job's progress."""
    return f"job:{id_}"


class Bus(Protocol):
    """Carries hints. Every process hears all of them, its own too."""

    async def publish(self, topics: Collection[str]) -> None:
        """Send these topics around, at most once each; where that fails, nobody hears them."""
        ...

    def listen(self, heard: Heard) -> AbstractContextManager[None]:
        """Hear every topic for the length of the block."""
        ...


class LocalBus:
    """A bus within this process."""

    def __init__(self) -> None:
        self._listeners: list[Heard] = []

    async def publish(self, topics: Collection[str]) -> None:
        """Hand each topic to every listener."""
        for topic in topics:
            for heard in list(self._listeners):
                heard(topic)

    @contextmanager
    def listen(self, heard: Heard) -> Generator[None]:
        """Hear every topic for the length of the block."""
        self._listeners.append(heard)
        try:
            yield
        finally:
            self._listeners.remove(heard)
