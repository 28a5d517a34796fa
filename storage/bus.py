"""The bus: hints between processes that something is new, so that nobody has to look all the time.

A hint carries a topic and no content: what is new stands in the database. It may be lost, so whoever waits
for one also looks by itself now and then.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator, Iterable
    from contextlib import AbstractContextManager

    Heard = Callable[[str], None]
    """Told a topic, in the event loop. It returns at once and does not fail."""


def person(id_: int) -> str:
    """The topic of a person's events."""
    return f"person:{id_}"


def person_of(topic: str) -> int | None:
    """Whose events a topic is about; None where it is about something else."""
    kind, _, id_ = topic.partition(":")
    return int(id_) if kind == "person" and id_.isdecimal() else None


def job(id_: int) -> str:
    """The topic of a job's progress."""
    return f"job:{id_}"


EVERYTHING: Final = "*"
"""The topic that is heard after a time in which hints may have been lost: look at everything."""


class Bus(Protocol):
    """Carries hints. Every process hears all of them, its own too."""

    @property
    def carries(self) -> bool:
        """Whether hints of other processes are heard now, as far as is known."""
        ...

    async def publish(self, topics: Collection[str]) -> None:
        """Send these topics around, at most once each; where that fails, nobody hears them.

        It neither fails nor waits for the network.
        """
        ...

    def listen(self, heard: Heard) -> AbstractContextManager[None]:
        """Hear every topic for the length of the block."""
        ...

    async def close(self) -> None:
        """Send what waits, within a moment, and carry nothing from then on."""
        ...


class LocalBus:
    """A bus within this process."""

    carries = True

    def __init__(self) -> None:
        self._listeners: list[Heard] = []

    async def publish(self, topics: Collection[str]) -> None:
        """Hand each topic to every listener."""
        self.tell(topics)

    def tell(self, topics: Iterable[str]) -> None:
        """Hand each topic to every listener, now."""
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

    async def close(self) -> None:
        """Nothing waits here."""
