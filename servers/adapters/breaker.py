"""A breaker: a provider that does not answer is left alone for a while, so that nothing waits for it."""

import logging
import time
from collections.abc import Callable

from tools.ports import Undelivered
from tools.refusals import Unavailable

log = logging.getLogger(__name__)

FAILURES = 3
"""Failures in a row after which a provider is taken to be away."""

AWAY = 15.0
"""Seconds before one message is tried again there."""


class Breaker:
    """Knows whether one provider answers."""

    def __init__(
        self,
        what: str,
        *,
        now: Callable[[], float] = time.monotonic,
        refusal: type[Unavailable] = Undelivered,
    ) -> None:
        """`what` goes through it, as a sentence of the log begins: "An e-mail"."""
        self._what = what
        self._refusal = refusal
        self._now = now
        self._failures = 0
        self._until = 0.0

    @property
    def open(self) -> bool:
        """Whether the provider is taken to be away."""
        return self._failures >= FAILURES or self._now() < self._until

    def check(self) -> None:
        """Refuse while the provider is away; now and then one passes, to see."""
        now = self._now()
        if now < self._until:
            raise self._refusal(retry_after=int(self._until - now) + 1)
        if self._failures >= FAILURES:
            self._until = now + AWAY

    def lost(self, why: str, *, retry_after: int | None = None) -> Unavailable:
        """Note that the provider did not do its part, and why; gives what to refuse with.

        Where it says itself when to come again, it is left alone until then.
        """
        self._failures += 1
        away = retry_after or (AWAY if self._failures >= FAILURES else 0)
        if away and not self._now() < self._until:
            log.warning("%s could not be sent: %s. None is tried for %d s", self._what, why, away)
        else:
            log.warning("%s could not be sent: %s", self._what, why)
        self._until = max(self._until, self._now() + away)
        return self._refusal(retry_after=max(retry_after or 0, int(away)) or 5)

    def found(self) -> None:
        """Note that the provider answers."""
        if self._failures >= FAILURES:
            log.info("%s could be sent again", self._what)
        self._failures, self._until = 0, 0.0
