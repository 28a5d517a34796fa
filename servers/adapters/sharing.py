"""What the processes of an installation share, in Redis where there is one: counts of requests, the cache."""

from __future__ import annotations

import importlib
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from servers.adapters.limiter import limiter
from storage import search_places
from storage.cache import LocalCache

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from servers.adapters.redis_link import RedisLink
    from servers.keys import Keys
    from servers.settings import Settings
    from storage.bus import Bus
    from storage.cache import Cache
    from tools.ports import Limiter


@dataclass(frozen=True, slots=True)
class Shared:
    """What is shared, or stands in for it within this process."""

    limiter: Limiter
    cache: Cache
    link: RedisLink | None
    """The connections to Redis; None where there is none."""

    bus: Bus

    @asynccontextmanager
    async def listening(self) -> AsyncGenerator[None]:
        """Forget what other processes forget, for the length of the block."""
        kept = self.cache.listening() if isinstance(self.cache, LocalCache) else nullcontext()
        with kept, search_places.listening(self.bus):
            yield


@asynccontextmanager
async def sharing(settings: Settings, keys: Keys, bus: Bus) -> AsyncGenerator[Shared]:
    """What the settings choose, for the length of the block."""
    if settings.redis_url is None:
        yield Shared(limiter(settings), LocalCache(bus), None, bus)
        return
    # The client takes as long to import as all of our own code.
    links: Any = importlib.import_module("servers.adapters.redis_link")
    caches: Any = importlib.import_module("servers.adapters.cache_redis")
    link = links.RedisLink(settings.redis_url.get_secret_value(), keys.installation)
    try:
        yield Shared(limiter(settings, link), caches.RedisCache(link, keys.of("cache")), link, bus)
    finally:
        await link.close()
