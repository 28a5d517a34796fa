"""The cache in Redis, shared by all processes of an installation."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

from servers.adapters.redis_link import Away, RedisLink
from storage.cache import PATIENCE, Flights, Kind, digest

T = TypeVar("T")
Make = Callable[[], Awaitable[bytes]]

LOOK_SECONDS = 0.03
"""How often it is looked whether another process has made what is waited for."""

_AGE_BYTES = 8


class RedisCache:
    """Keeps answers in Redis. While it does not answer nothing is kept, and everybody makes their own.

    Each kind has an age, a random word that stands with every answer made in it: another age, and none of
    them counts. An answer is kept with the age that it was asked in, so that one which was being made while
    its kind was forgotten does not count either.
    """

    def __init__(self, link: RedisLink, secret: bytes) -> None:
        """With the secret keys are hashed, so that Redis is not told what anybody asked."""
        self._link = link
        self._secret = secret
        self._of = f"{link.installation}:cache"
        self._owed: set[str] = set()
        self._flights = Flights()

    async def get(self, kind: Kind, key: str) -> bytes | None:
        try:
            return (await self._ask(lambda: self._look(kind, key)))[1]
        except Away:
            return None

    async def set(self, kind: Kind, key: str, value: bytes) -> None:
        with suppress(Away):
            age, _ = await self._ask(lambda: self._look(kind, key))
            await self._keep(kind, key, age, value)

    async def delete(self, kind: Kind, key: str) -> None:
        at = self._at(kind, key)
        with suppress(Away):
            await self._ask(lambda: self._link.client.delete(at, f"{at}:made"))

    async def forget(self, kind: Kind) -> None:
        # What could not be told is told before anything is believed again.
        self._owed.add(kind.name)
        with suppress(Away):
            await self._ask(_nothing)

    async def remember(self, kind: Kind, key: str, make: Make) -> bytes:
        try:
            age, found = await self._ask(lambda: self._look(kind, key))
        except Away:
            return await self._flights.alone(f"{kind.name} {key}", make)
        if found is not None:
            return found
        return await self._flights.alone(
            f"{kind.name} {age.hex()} {key}", lambda: self._made(kind, key, age, make)
        )

    async def _made(self, kind: Kind, key: str, age: bytes, make: Make) -> bytes:
        """What is not there, made here, or by another process if that has begun."""
        turn = f"{self._at(kind, key)}:made"
        if not await self._first(turn, age):
            found = await self._awaited(kind, key, age)
            if found is not None:
                return found
        try:
            made = await make()
            with suppress(Away):
                await self._keep(kind, key, age, made)
        finally:
            with suppress(Away):
                await asyncio.shield(self._link.ask(lambda: self._link.client.delete(turn)))
        return made

    async def _first(self, turn: str, age: bytes) -> bool:
        """Whether nobody else makes it now, as far as is known."""
        try:
            return bool(
                await self._link.ask(
                    lambda: self._link.client.set(turn, age, nx=True, px=int(PATIENCE * 1_000))
                )
            )
        except Away:
            return True

    async def _awaited(self, kind: Kind, key: str, age: bytes) -> bytes | None:
        """What another process makes, or None where that takes long or comes to nothing."""
        turn = f"{self._at(kind, key)}:made"
        with suppress(Away, TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while True:
                    await asyncio.sleep(LOOK_SECONDS)
                    making = await self._link.ask(lambda: self._link.client.exists(turn))
                    now, found = await self._ask(lambda: self._look(kind, key))
                    if found is not None or not making or now != age:
                        return found if now == age else None
        return None

    async def _look(self, kind: Kind, key: str) -> tuple[bytes, bytes | None]:
        """The age of a kind, and what is kept under the key in it."""
        age, held = await self._link.client.mget(self._age(kind.name), self._at(kind, key))
        if age is None:
            await self._link.client.set(self._age(kind.name), secrets.token_bytes(_AGE_BYTES), nx=True)
            return await self._link.client.get(self._age(kind.name)), None
        return age, held[_AGE_BYTES:] if held is not None and held[:_AGE_BYTES] == age else None

    async def _keep(self, kind: Kind, key: str, age: bytes, value: bytes) -> None:
        at = self._at(kind, key)
        await self._ask(lambda: self._link.client.set(at, age + value, ex=kind.seconds))

    async def _ask(self, question: Callable[[], Awaitable[T]]) -> T:
        """Ask, after what is owed: kinds that were forgotten while Redis did not answer."""

        async def settled() -> T:
            for name in sorted(self._owed):
                await self._link.client.set(self._age(name), secrets.token_bytes(_AGE_BYTES))
                self._owed.discard(name)
            return await question()

        return await self._link.ask(settled)

    def _age(self, name: str) -> str:
        return f"{self._of}:{name}:age"

    def _at(self, kind: Kind, key: str) -> str:
        return f"{self._of}:{kind.name}:{digest(key, self._secret).hex()}"


async def _nothing() -> None:
    return
