"""The cache: answers that cost much and are kept for a while, in this process or in Redis for all of them.

Only what everybody may know is kept: nothing of who may do what, and nothing of a person. What is here may be
gone at any moment, so whoever asks can always make it anew.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import OrderedDict
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from storage.bus import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator

    from storage.bus import Bus

    Make = Callable[[], Awaitable[bytes]]

LARGEST: Final = 32 * 1024 * 1024
"""Bytes that a process keeps at most."""

_BESIDE: Final = 200
"""Bytes that an entry takes beside its value, about."""

PATIENCE: Final = 2.0
"""Seconds that somebody waits for what another is making, before making it as well."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of answers that is kept."""

    name: str
    seconds: int
    """How long an answer is good at most: what bounds the age of one whose end nobody could tell us."""

    ends: str
    """What makes it wrong earlier, and who says so."""


FACETS: Final = Kind("facets", 60, "An import or the demo data changes listings, and forgets all of them.")
QUESTIONS: Final = Kind("questions", 86_400, "Nothing: the model is part of the key.")
REFUSED_CLIENTS: Final = Kind("refused-clients", 60, "Nothing: it is asked for again after a minute.")
KINDS: Final = (FACETS, QUESTIONS, REFUSED_CLIENTS)


class Cache(Protocol):
    """Keeps bytes by kind and key. It never fails: where it cannot be asked, nothing is kept."""

    async def get(self, kind: Kind, key: str) -> bytes | None:
        """What is kept, or None."""
        ...

    async def set(self, kind: Kind, key: str, value: bytes) -> None:
        """Keep it for as long as its kind is good."""
        ...

    async def delete(self, kind: Kind, key: str) -> None:
        """Forget one answer."""
        ...

    async def forget(self, kind: Kind) -> None:
        """Forget every answer of a kind, in all processes, those too that are being made now."""
        ...

    async def remember(self, kind: Kind, key: str, make: Make) -> bytes:
        """What is kept, else what `make` gives, which is then kept.

        Of all who ask at the same time one makes it, in their own task. The others make it themselves where
        that one fails or takes long.
        """
        ...


class Uncached:
    """Keeps nothing, for tests of something else."""

    async def get(self, kind: Kind, key: str) -> bytes | None:
        return None

    async def set(self, kind: Kind, key: str, value: bytes) -> None:
        return

    async def delete(self, kind: Kind, key: str) -> None:
        return

    async def forget(self, kind: Kind) -> None:
        return

    async def remember(self, kind: Kind, key: str, make: Make) -> bytes:
        return await make()


UNCACHED: Final = Uncached()


class Flights:
    """What is being made in this process right now."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._up: dict[str, asyncio.Future[bytes | None]] = {}

    async def alone(self, key: str, make: Make) -> bytes:
        """What `make` gives, made by one of those who ask for the same key at the same time."""
        while (up := self._up.get(key)) is not None:
            await asyncio.wait({up}, timeout=self._patience)
            if up.cancelled():
                # Whoever made it went away, which says nothing of the answer: the next one makes it.
                continue
            found = up.result() if up.done() else None
            return await make() if found is None else found
        return await self._made(key, make)

    async def _made(self, key: str, make: Make) -> bytes:
        up = self._up[key] = asyncio.get_running_loop().create_future()
        try:
            made = await make()
            up.set_result(made)
            return made
        except asyncio.CancelledError:
            up.cancel()
            raise
        finally:
            del self._up[key]
            if not up.done():
                up.set_result(None)


class LocalCache:
    """Keeps answers in this process, in bounded memory; what was not asked for the longest goes first."""

    def __init__(
        self, bus: Bus | None = None, *, most: int = LARGEST, now: Callable[[], float] = time.monotonic
    ) -> None:
        """With a bus, what is forgotten here is forgotten by all who listen to it. `most` is in bytes."""
        self._bus = bus
        self._most = most
        self._now = now
        self._kept: OrderedDict[tuple[str, bytes], tuple[float, int, bytes]] = OrderedDict()
        self._bytes = 0
        self._ages: dict[str, int] = {}
        self._flights = Flights()

    def __len__(self) -> int:
        return len(self._kept)

    async def get(self, kind: Kind, key: str) -> bytes | None:
        return self._look((kind.name, digest(key)), self._age(kind))

    async def set(self, kind: Kind, key: str, value: bytes) -> None:
        self._keep(kind, key, value, self._age(kind))

    async def delete(self, kind: Kind, key: str) -> None:
        self._drop((kind.name, digest(key)))

    async def forget(self, kind: Kind) -> None:
        self._forget(kind.name)
        if self._bus is not None:
            await self._bus.publish({_topic(kind.name)})

    async def remember(self, kind: Kind, key: str, make: Make) -> bytes:
        age = self._age(kind)
        found = self._look((kind.name, digest(key)), age)
        if found is not None:
            return found

        async def made() -> bytes:
            value = await make()
            self._keep(kind, key, value, age)
            return value

        return await self._flights.alone(f"{kind.name} {age} {key}", made)

    @contextmanager
    def listening(self) -> Generator[None]:
        """Forget what other processes forget, for the length of the block."""
        topics = {_topic(kind.name): kind.name for kind in KINDS}

        def heard(topic: str) -> None:
            if topic == EVERYTHING:
                for kind in KINDS:
                    self._forget(kind.name)
            elif topic in topics:
                self._forget(topics[topic])

        if self._bus is None:
            yield
            return
        with self._bus.listen(heard):
            yield

    def _age(self, kind: Kind) -> int:
        return self._ages.get(kind.name, 0)

    def _forget(self, name: str) -> None:
        self._ages[name] = self._ages.get(name, 0) + 1
        for at in [at for at in self._kept if at[0] == name]:
            self._drop(at)

    def _look(self, at: tuple[str, bytes], age: int) -> bytes | None:
        held = self._kept.get(at)
        if held is None:
            return None
        until, made, value = held
        if made != age or until <= self._now():
            self._drop(at)
            return None
        self._kept.move_to_end(at)
        return value

    def _keep(self, kind: Kind, key: str, value: bytes, age: int) -> None:
        """Keep what was made while the kind had this age, unless it was forgotten since."""
        if age != self._age(kind):
            return
        at = kind.name, digest(key)
        self._drop(at)
        if len(value) + _BESIDE > self._most:
            return
        self._kept[at] = self._now() + kind.seconds, age, value
        self._bytes += len(value) + _BESIDE
        while self._bytes > self._most:
            self._drop(next(iter(self._kept)))

    def _drop(self, at: tuple[str, bytes]) -> None:
        held = self._kept.pop(at, None)
        if held is not None:
            self._bytes -= len(held[2]) + _BESIDE


def digest(key: str, secret: bytes = b"") -> bytes:
    """What stands for a key: short however long it is, and with a secret nobody can tell what was asked."""
    return hashlib.blake2b(key.encode(), digest_size=16, key=secret[:64]).digest()


def _topic(name: str) -> str:
    return f"cache:{name}"
