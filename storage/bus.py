"""The event bus: what committed transactions have to tell, handed to whoever listens for that person."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol

WAITING = 256
"""Events that a slow listener may leave lying; beyond that its oldest are dropped."""


class Told(Protocol):
    """Something that happened, for one person."""

    @property
    def whom(self) -> int: ...

    @property
    def name(self) -> str: ...

    @property
    def about(self) -> Mapping[str, Any]: ...


class LocalBus:
    """A bus within this process."""

    def __init__(self) -> None:
        self._listeners: dict[int, set[asyncio.Queue[Told]]] = {}

    async def publish(self, events: Sequence[Told]) -> None:
        """Hand each event to everyone who listens for its person; nobody has to."""
        for event in events:
            for queue in self._listeners.get(event.whom, ()):
                if queue.full():
                    queue.get_nowait()
                queue.put_nowait(event)

    @asynccontextmanager
    async def listen(self, whom: int) -> AsyncGenerator[asyncio.Queue[Told]]:
        """A queue of a person's events, for the length of the block."""
        queue: asyncio.Queue[Told] = asyncio.Queue(WAITING)
        self._listeners.setdefault(whom, set()).add(queue)
        try:
            yield queue
        finally:
            self._listeners[whom].discard(queue)
            if not self._listeners[whom]:
                del self._listeners[whom]
