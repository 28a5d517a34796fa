"""Counting requests in Redis, so that all processes of an installation share one limit."""

import logging
import time
from collections.abc import Sequence
from typing import Any, cast

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from servers.adapters.limiter import PARTS, Clock, LocalLimiter, part_of, wait_for

log = logging.getLogger(__name__)

PATIENCE = 0.25
"""Seconds that a request waits for Redis before it is counted here."""

AWAY = 5.0
"""Seconds before Redis is asked again after it did not answer."""

CONNECTIONS = 20

_TAKE = """
local part, most, window = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local kept = redis.call('HGETALL', KEYS[1])
local total, oldest = 0, part
for at = 1, #kept, 2 do
  local counted = tonumber(kept[at])
  -- A part from the future is that of a clock which was put right since.
  if counted < part - window or counted > part + 1 then
    redis.call('HDEL', KEYS[1], kept[at])
  else
    total = total + tonumber(kept[at + 1])
    if counted < oldest then oldest = counted end
  end
end
if total >= most then return oldest end
redis.call('HINCRBY', KEYS[1], ARGV[1], 1)
redis.call('EXPIRE', KEYS[1], ARGV[4])
return -1
"""


class RedisLimiter:
    """Counts in Redis by one script a request; in this process for as long as Redis does not answer."""

    def __init__(self, url: str, local: LocalLimiter, *, now: Clock = time.time) -> None:
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
        self._redis = Redis.from_pool(pool)
        self._script = self._redis.register_script(_TAKE)
        self._local = local
        self._now = now
        self._away_until: float | None = None

    async def take(self, key: str, most: int, seconds: int = 60) -> int:
        if self._away_until is not None and not self._may_try():
            return await self._local.take(key, most, seconds)
        now = self._now()
        given = [part_of(now, seconds), self._local.scaled(most), PARTS, seconds + seconds // PARTS + 1]
        try:
            oldest = await self._count(f"ghar:limit:{seconds}:{key}", given)
        except (RedisError, OSError, TimeoutError) as error:
            self._lost(error)
            return await self._local.take(key, most, seconds)
        self._found()
        return 0 if oldest < 0 else wait_for(oldest, now, seconds)

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose(close_connection_pool=True)

    async def _count(self, key: str, given: Sequence[int]) -> int:
        return cast("int", await self._script(keys=[key], args=list(given)))

    def _may_try(self) -> bool:
        """Whether it is time to ask again; for one request, while the others go on here."""
        now = time.monotonic()
        if self._away_until is not None and now < self._away_until:
            return False
        self._away_until = now + AWAY
        return True

    def _lost(self, error: BaseException) -> None:
        if self._away_until is None:
            kind = type(error).__name__
            log.warning("Redis does not answer (%s): each process counts requests for itself", kind)
        self._away_until = time.monotonic() + AWAY

    def _found(self) -> None:
        if self._away_until is not None:
            log.info("Redis answers again: requests are counted there")
            self._away_until = None
