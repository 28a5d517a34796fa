"""The tally: what a worker did, told in a line of the log now and then."""

from __future__ import annotations

import logging
import time
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from storage.queue import State

log = logging.getLogger(__name__)

EVERY_SECONDS: Final = 60.0
_SAID: Final[dict[State, str]] = {
    "done": "done",
    "queued": "to be tried again",
    "failed": "failed",
    "cancelled": "cancelled",
}


class Tally:
    """Counts attempts and how long they took."""

    def __init__(self) -> None:
        self._begin()

    def took(self, name: str, state: State, seconds: float) -> None:
        """Count one."""
        self._states[state] += 1
        self._names[name] += 1
        self._seconds += seconds
        self._slowest = max(self._slowest, (seconds, name))

    def tell(self) -> None:
        """Write the line, if the last one is old enough."""
        passed = time.monotonic() - self._since
        if passed < EVERY_SECONDS or not self._states:
            return
        seconds, name = self._slowest
        log.info(
            "the queue in %.0f s: %s; %.0f ms each, the slowest %s with %.1f s; %s",
            passed,
            ", ".join(
                f"{self._states[state]} {said}" for state, said in _SAID.items() if self._states[state]
            ),
            1_000 * self._seconds / self._states.total(),
            name,
            seconds,
            ", ".join(f"{count} {name}" for name, count in self._names.most_common(5)),
        )
        self._begin()

    def _begin(self) -> None:
        self._since = time.monotonic()
        self._states: Counter[State] = Counter()
        self._names: Counter[str] = Counter()
        self._seconds = 0.0
        self._slowest = (0.0, "")
