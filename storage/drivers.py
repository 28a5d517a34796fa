"""Bare connections for hot reads, without SQLAlchemy's session in between."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeAlias

import asyncpg

if TYPE_CHECKING:
    from collections.abc import Mapping

    Driver: TypeAlias = asyncpg.Connection[asyncpg.Record]


CONNECT_SECONDS = 3.0
"""How long a connection is waited for: for one of the pool to be free, and for a new one to be made."""

CANCEL_SECONDS = 1.0


class Drivers:
    """Connections whose statements are read-only transactions of their own.

    The driver's own pool makes a task for every connection that it takes back, which costs as much as a
    twentieth of a search.
    """

    def __init__(self, url: str, size: int, settings: Mapping[str, str], patience: float) -> None:
        """`patience` is how many seconds a statement may take before its connection is given up as dead."""
        self._url, self._settings, self._patience = url, dict(settings), patience
        self._places = asyncio.Semaphore(size)
        self._idle: list[Driver] = []
        self._closed = False

    async def lend(self) -> Driver:
        """A connection, to be given back."""
        await self._place()
        lent = False
        try:
            driver = self._kept() or await _connected(self._url, self._settings, self._patience)
            lent = True
            return driver
        finally:
            if not lent:
                self._places.release()

    def _kept(self) -> Driver | None:
        """A connection that was given back and is still open."""
        while self._idle:
            driver = self._idle.pop()
            if not driver.is_closed():
                return driver
        return None

    async def give_back(self, driver: Driver, *, doubtful: bool) -> None:
        """Take a connection back. One that may still be busy with a cancelled question is asked another."""
        try:
            if not doubtful or await _answers(driver):
                self._idle.append(driver)
            else:
                driver.terminate()
        finally:
            self._places.release()
        if self._closed:
            await self.close()

    async def _place(self) -> None:
        if self._places.locked():
            async with asyncio.timeout(CONNECT_SECONDS):
                await self._places.acquire()
        else:
            await self._places.acquire()

    async def close(self) -> None:
        """Close every connection that is not lent, and from now on the others when they are given back."""
        self._closed = True
        while self._idle:
            await self._idle.pop().close(timeout=CANCEL_SECONDS)


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
                self._driver = await _connected(self._url, self._settings, self._patience)
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


class Loan:
    """At most one connection for one read, lent when it is first asked for."""

    def __init__(self, drivers: Drivers) -> None:
        self._drivers = drivers
        self._driver: Driver | None = None

    async def driver(self) -> Driver:
        """The connection of this read."""
        if self._driver is None:
            self._driver = await self._drivers.lend()
        return self._driver

    async def end(self, *, doubtful: bool) -> None:
        """Give back what was lent. It is doubtful after a read that did not end by itself."""
        if self._driver is not None:
            driver, self._driver = self._driver, None
            await self._drivers.give_back(driver, doubtful=doubtful)


async def _connected(url: str, settings: Mapping[str, str], patience: float) -> Driver:
    return await asyncpg.connect(
        url, timeout=CONNECT_SECONDS, command_timeout=patience, server_settings=dict(settings)
    )


async def _answers(driver: Driver) -> bool:
    try:
        await driver.execute("select", timeout=CANCEL_SECONDS)
    except asyncio.CancelledError:
        driver.terminate()
        raise
    except (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError):
        return False
    return True
