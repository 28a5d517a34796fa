"""Bare connections for hot reads, without SQLAlchemy's session in between."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeAlias, cast

import asyncpg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from asyncpg.pool import PoolConnectionProxy

    Pool: TypeAlias = asyncpg.Pool[asyncpg.Record]
    Lent: TypeAlias = PoolConnectionProxy[asyncpg.Record]
    Driver: TypeAlias = asyncpg.Connection[asyncpg.Record]


CONNECT_SECONDS = 3.0
"""How long a connection is waited for: for one of the pool to be free, and for a new one to be made."""

CANCEL_SECONDS = 1.0


class Drivers:
    """A pool of connections whose statements are read-only transactions of their own."""

    def __init__(self, url: str, size: int, settings: Mapping[str, str], patience: float) -> None:
        """`patience` is how many seconds a statement may take before its connection is given up as dead."""
        self._url, self._size, self._settings, self._patience = url, size, dict(settings), patience
        self._opening = asyncio.Lock()
        self._pool: Pool | None = None

    async def lend(self) -> Lent:
        """A connection, to be given back."""
        pool = self._pool or await self._opened()
        return await pool.acquire(timeout=CONNECT_SECONDS)

    async def give_back(self, driver: Lent) -> None:
        """Take a connection back; one whose question was cancelled is waited for, or closed."""
        if self._pool is not None:
            await self._pool.release(driver, timeout=CANCEL_SECONDS)

    async def close(self) -> None:
        """Close every connection."""
        if self._pool is not None:
            await self._pool.close()
            self._pool = None

    async def _opened(self) -> Pool:
        async with self._opening:
            if self._pool is None:
                self._pool = await asyncpg.create_pool(
                    self._url,
                    min_size=0,
                    max_size=self._size,
                    max_queries=1_000_000_000,
                    max_inactive_connection_lifetime=0,
                    timeout=CONNECT_SECONDS,
                    command_timeout=self._patience,
                    server_settings=self._settings,
                    reset=_as_it_is,
                )
            return self._pool


class Line:
    """One connection for short questions, asked one after the other and kept open between them."""

    def __init__(self, url: str, settings: Mapping[str, str], patience: float, *, keeps: bool) -> None:
        """`keeps` says whether it stays open between questions; `patience` is as for `Drivers`."""
        self._url, self._settings, self._patience, self._keeps = url, dict(settings), patience, keeps
        self._driver: Driver | None = None
        self._turn = asyncio.Lock()

    async def fetch(self, query: str, *given: object) -> list[asyncpg.Record]:
        """The rows of a question. After one that failed the next goes over a new connection."""
        async with self._turn:
            return await self._fetch(query, *given)

    async def _fetch(self, query: str, *given: object) -> list[asyncpg.Record]:
        answered = False
        try:
            if self._driver is None or self._driver.is_closed():
                self._driver = await asyncpg.connect(
                    self._url,
                    timeout=CONNECT_SECONDS,
                    command_timeout=self._patience,
                    server_settings=self._settings,
                )
            found = await self._driver.fetch(query, *given)
            answered = True
        finally:
            if self._driver is not None and not answered:
                self._driver.terminate()
                self._driver = None
        if not self._keeps:
            await self.close()
        return found

    async def close(self) -> None:
        """Close the connection."""
        if self._driver is not None:
            await self._driver.close(timeout=CANCEL_SECONDS)
            self._driver = None


async def _as_it_is(_driver: Driver) -> None:
    """Reads leave no state behind, so nothing is reset, which would cost a question more for every read."""


class Loan:
    """At most one connection for one read, lent when it is first asked for."""

    def __init__(self, drivers: Drivers) -> None:
        self._drivers = drivers
        self._driver: Lent | None = None

    async def driver(self) -> Driver:
        """The connection of this read."""
        if self._driver is None:
            self._driver = await self._drivers.lend()
        return cast("Driver", self._driver)

    async def end(self) -> None:
        """Give back what was lent."""
        if self._driver is not None:
            await self._drivers.give_back(self._driver)
            self._driver = None
