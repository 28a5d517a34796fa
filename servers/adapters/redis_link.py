"""The connections of a process to Redis, and whether it answers; shared by all that uses it."""

import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

PATIENCE = 0.25
"""Seconds that a request waits for Redis before it goes on without."""

AWAY = 5.0
"""Seconds before Redis is asked again after it did not answer."""

CONNECTIONS = 20
T = TypeVar("T")


class Away(Exception):
    """Redis does not answer now, and has not been asked again where that was found out a moment ago."""


class RedisLink:
    """Asks Redis. While it does not answer, one question every few seconds tries, and no other waits."""

    def __init__(self, url: str, installation: str) -> None:
        """`installation` is what every name begins with that is used through this."""
        self.installation = installation
        pools: Any = BlockingConnectionPool
        pool = pools.from_url(
            url,
            max_connections=CONNECTIONS,
            timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            socket_timeout=PATIENCE,
            # A pooled connection may have died with a restarted Redis: one more attempt, at once.
            retry=Retry(NoBackoff(), 1),
        )
        self.client: Any = Redis.from_pool(pool)
        self._away_until: float | None = None

    @property
    def answers(self) -> bool:
        """Whether the last question was answered."""
        return self._away_until is None

    async def ask(self, question: Callable[[], Awaitable[T]]) -> T:
        """The answer to a question that is put through `client`; `Away` where there is none."""
        if self._away_until is not None and not self._may_try():
            raise Away
        try:
            answer = await question()
        except (RedisError, OSError, TimeoutError) as error:
            self._lost(error)
            raise Away from error
        self._found()
        return answer

    async def close(self) -> None:
        """Close the connections."""
        await self.client.aclose(close_connection_pool=True)

    def _may_try(self) -> bool:
        """Whether it is time to ask again; for one question, while the others go on without."""
        now = time.monotonic()
        if self._away_until is not None and now < self._away_until:
            return False
        self._away_until = now + AWAY
        return True

    def _lost(self, error: BaseException) -> None:
        if self._away_until is None:
            kind = type(error).__name__
            log.warning(
                "Redis does not answer (%s): each process counts requests for itself, and nothing is cached",
                kind,
            )
        self._away_until = time.monotonic() + AWAY

    def _found(self) -> None:
        if self._away_until is not None:
            log.info("Redis answers again: requests are counted there, and answers cached")
            self._away_until = None
