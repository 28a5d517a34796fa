"""The bus over Redis's publish and subscribe."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from storage.bus_carried import CarriedBus

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

PATIENCE: Final = 2.0
"""Seconds until Redis is taken to be away; nobody waits for it meanwhile."""


class RedisBus(CarriedBus):
    """Carries hints through one channel. Its two connections are made when they are first needed."""

    FAILURES = (RedisError, OSError, TimeoutError)

    def __init__(self, url: str, channel: str) -> None:
        super().__init__("Redis")
        self._url = url
        self._channel = channel

    @asynccontextmanager
    async def _line(self, *, listens: bool) -> AsyncGenerator[_Publishing]:
        clients: Any = Redis
        client = clients.from_url(
            self._url,
            socket_connect_timeout=PATIENCE,
            socket_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 0),
            single_connection_client=True,
        )
        try:
            await client.ping()
            if not listens:
                yield _Publishing(client, self._channel)
                return
            async with self._subscribed() as subscription:
                hearing = asyncio.create_task(self._hear(subscription), name="hears hints")
                try:
                    yield _Publishing(client, self._channel)
                finally:
                    hearing.cancel()
                    await asyncio.gather(hearing, return_exceptions=True)
        finally:
            await client.aclose(close_connection_pool=True)

    @asynccontextmanager
    async def _subscribed(self) -> AsyncGenerator[Any]:
        """A connection of its own: while one listens it says nothing else."""
        clients: Any = Redis
        client = clients.from_url(
            self._url, socket_connect_timeout=PATIENCE, retry=Retry(NoBackoff(), 0), socket_keepalive=True
        )
        subscription = client.pubsub(ignore_subscribe_messages=True)
        try:
            async with asyncio.timeout(PATIENCE):
                await subscription.subscribe(self._channel)
            yield subscription
        finally:
            await subscription.aclose()
            await client.aclose(close_connection_pool=True)

    async def _hear(self, subscription: Any) -> None:
        try:
            async for message in subscription.listen():
                self._heard(message["data"].decode())
        except self.FAILURES:
            return
        finally:
            self._lost()


class _Publishing:
    def __init__(self, client: Any, channel: str) -> None:
        self._client = client
        self._channel = channel

    async def send(self, message: str) -> None:
        """Send a message."""
        await self._client.publish(self._channel, message)

    async def check(self) -> None:
        """Fail where Redis does not answer."""
        await self._client.ping()
