"""The bus over PostgreSQL's LISTEN and NOTIFY, on one connection of its own past any pooler."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

import asyncpg

from storage.bus_carried import CarriedBus
from storage.drivers import CONNECT_SECONDS

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from storage.drivers import Driver

CHANNEL: Final = "ghar_hints"
PATIENCE: Final = 5.0
_NOTIFY: Final = f"select pg_notify('{CHANNEL}', $1)"


class PostgresBus(CarriedBus):
    """Carries hints by NOTIFY. Its connection is made when it is first needed."""

    FAILURES = (
        asyncpg.PostgresError,
        asyncpg.InterfaceError,
        asyncpg.InternalClientError,
        OSError,
        TimeoutError,
    )

    def __init__(self, url: str) -> None:
        """`url` is the database itself: a pooler would not keep the connection ours."""
        super().__init__("PostgreSQL")
        self._url = url

    @asynccontextmanager
    async def _line(self, *, listens: bool) -> AsyncGenerator[_Notifying]:
        driver = await asyncpg.connect(self._url, timeout=CONNECT_SECONDS, command_timeout=PATIENCE)
        try:
            driver.add_termination_listener(lambda _driver: self._lost())
            if listens:
                await driver.add_listener(CHANNEL, self._notified)
            yield _Notifying(driver)
        finally:
            driver.terminate()

    def _notified(self, _driver: Any, _pid: int, _channel: str, payload: object) -> None:
        self._heard(str(payload))


class _Notifying:
    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    async def send(self, message: str) -> None:
        """Send a message: committed at once, and by itself."""
        await self._driver.execute(_NOTIFY, message)

    async def check(self) -> None:
        """Fail where the database does not answer."""
        await self._driver.execute("select")
