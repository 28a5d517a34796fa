"""Who waits for news of which topic, where one look at the database serves one stream."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator


class Watching:
    """Topics that somebody in this process waits for."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[asyncio.Event]] = {}

    def tell(self, topic: str) -> None:
        """Wake whoever waits for this topic."""
        for news in self._waiting.get(topic, ()):
            news.set()

    def tell_all(self) -> None:
        """Wake everybody."""
        for topic in self._waiting:
            self.tell(topic)

    @contextmanager
    def watched(self, topic: str, news: asyncio.Event) -> Generator[None]:
        """Set `news` with every hint of this topic, for the length of the block."""
        waiting = self._waiting.setdefault(topic, [])
        waiting.append(news)
        try:
            yield
        finally:
            waiting.remove(news)
            if not waiting:
                del self._waiting[topic]
