"""How often one client may do something: counted in this process, or in Redis by all processes together."""

import importlib
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, cast

from servers.settings import Settings
from tools.ports import Limiter

PARTS = 20
"""What a window is counted in. A count is forgotten when its whole part has left the window, so that there
are never more than the limit in any window, and a place is free again a part late at most."""

KEYS = 20_000
"""How many clients are remembered for each length of window; the one that was silent longest goes first."""

USUAL = 500
"""The requests a minute that all other limits were chosen beside."""

Clock = Callable[[], float]


def limiter(settings: Settings, link: Any = None) -> Limiter:
    """What counts requests in this installation: in Redis over a `RedisLink`, where there is one."""
    local = LocalLimiter(settings.requests_per_minute / USUAL)
    if link is None:
        return local
    # The client takes as long to import as all of our own code.
    shared: Any = importlib.import_module("servers.adapters.limiter_redis")
    return cast("Limiter", shared.RedisLimiter(link, local))


def part_of(now: float, seconds: int) -> int:
    """The number of the part that `now` is in."""
    return int(now * PARTS / seconds)


def wait_for(oldest: int, now: float, seconds: int) -> int:
    """How many seconds until the part `oldest` is forgotten, at least one."""
    return max(1, math.ceil((oldest + PARTS + 1) * seconds / PARTS - now))


class _Counted:
    __slots__ = ("parts", "total")

    def __init__(self) -> None:
        self.parts: dict[int, int] = {}
        self.total = 0

    def forget(self, gone: int) -> None:
        """Drop the parts up to and including `gone`."""
        parts = self.parts
        while parts and (first := next(iter(parts))) <= gone:
            self.total -= parts.pop(first)


class LocalLimiter:
    """Counts in this process, in bounded memory."""

    def __init__(self, scale: float = 1.0, *, keys: int = KEYS, now: Clock = time.monotonic) -> None:
        """`scale` makes every limit larger or smaller; `keys` is how many clients are remembered."""
        self._scale = scale
        self._keys = keys
        self._now = now
        self._tables: dict[int, OrderedDict[str, _Counted]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._tables.values()))

    def scaled(self, most: int) -> int:
        """The limit as this installation has it."""
        return max(1, int(most * self._scale))

    async def take(self, key: str, most: int, seconds: int = 60) -> int:
        now = self._now()
        part = part_of(now, seconds)
        counted = self._counted(key, seconds, part - PARTS - 1)
        if counted.total >= self.scaled(most):
            return wait_for(next(iter(counted.parts)), now, seconds)
        counted.parts[part] = counted.parts.get(part, 0) + 1
        counted.total += 1
        return 0

    def _counted(self, key: str, seconds: int, gone: int) -> _Counted:
        table = self._tables.setdefault(seconds, OrderedDict())
        counted = table.get(key)
        if counted is None:
            _make_room(table, self._keys, gone)
            table[key] = counted = _Counted()
        else:
            table.move_to_end(key)
            counted.forget(gone)
        return counted


def _make_room(table: OrderedDict[str, _Counted], keys: int, gone: int) -> None:
    """Drop two who are no longer counted, and of a full table whoever was silent longest."""
    for _ in range(2):
        oldest = next(iter(table.values()), None)
        if oldest is not None and (len(table) >= keys or max(oldest.parts, default=gone) <= gone):
            table.popitem(last=False)
