"""Counting requests in Redis, so that all processes of an installation share one limit."""

import time
from collections.abc import Sequence
from typing import cast

from servers.adapters.limiter import PARTS, Clock, LocalLimiter, part_of, wait_for
from servers.adapters.redis_link import Away, RedisLink

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

    def __init__(self, link: RedisLink, local: LocalLimiter, *, now: Clock = time.time) -> None:
        self._link = link
        self._script = link.client.register_script(_TAKE)
        self._local = local
        self._now = now

    async def take(self, key: str, most: int, seconds: int = 60) -> int:
        now = self._now()
        given = [part_of(now, seconds), self._local.scaled(most), PARTS, seconds + seconds // PARTS + 1]
        name = f"{self._link.installation}:limit:{seconds}:{key}"
        try:
            oldest = await self._link.ask(lambda: self._count(name, given))
        except Away:
            return await self._local.take(key, most, seconds)
        return 0 if oldest < 0 else wait_for(oldest, now, seconds)

    async def _count(self, key: str, given: Sequence[int]) -> int:
        return cast("int", await self._script(keys=[key], args=list(given)))
