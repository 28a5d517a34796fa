"""The runtime: what every way of running has in common, started in order and stopped in reverse."""

import asyncio
import importlib
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import SecretStr

from servers.adapters import embedder, hints, limiter, messages
from servers.adapters.messages import Messages
from servers.adapters.outbox import Outbox
from servers.keys import Keys, keys
from servers.reports import reporting
from servers.settings import Settings
from servers.signing import Signer
from storage import embedded, revisions
from storage.bus import Bus
from storage.engine import Database, DatabaseOptions
from storage.search_index import DIMENSIONS
from tools import catalog
from tools.catalog import Catalog
from tools.cursors import Cursors
from tools.dispatch import Dispatcher
from tools.ports import Limiter, Ports, SystemClock

log = logging.getLogger(__name__)

Progress = Callable[[str, float], None]
"""Told of a step and how much of it is done, 0 to 1."""

STOP_SECONDS = 20.0
T = TypeVar("T")


def quiet(_step: str, _done: float) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class Runtime:
    """Everything that runs: made once, handed to the surfaces."""

    settings: Settings
    server: embedded.Server
    catalog: Catalog
    database: Database
    ports: Ports
    dispatcher: Dispatcher
    keys: Keys
    outbox: Outbox | None
    """Where messages stay in development; None where all of them leave."""

    signer: Signer

    @property
    def direct_url(self) -> str:
        """The database past any pooler."""
        return self.database.options.direct_url or self.database.options.url


class Steps:
    """Start steps, and how each is undone. Stopping undoes all of them in reverse, whatever fails."""

    def __init__(self) -> None:
        self._undo: list[tuple[str, Callable[[], Awaitable[object]]]] = []

    def defer(self, name: str, undo: Callable[[], Awaitable[object]]) -> None:
        """Remember how to undo a step that has been done."""
        self._undo.append((name, undo))

    async def enter(self, name: str, context: AbstractAsyncContextManager[T]) -> T:
        """Do a step that is a context; leaving it undoes it."""
        entered = await context.__aenter__()
        self.defer(name, lambda: context.__aexit__(None, None, None))
        return entered

    async def stop(self) -> None:
        """Undo every step, the last one first. One that fails or hangs is logged, and the rest still run."""
        while self._undo:
            name, undo = self._undo.pop()
            try:
                async with asyncio.timeout(STOP_SECONDS):
                    await undo()
            except Exception:
                log.exception("stopping %s failed", name)


@asynccontextmanager
async def stepwise() -> AsyncGenerator[Steps]:
    """Steps that are undone when the block ends."""
    steps = Steps()
    try:
        yield steps
    finally:
        await steps.stop()


@asynccontextmanager
async def running(
    settings: Settings, progress: Progress = quiet, *, migrates: bool | None = None
) -> AsyncGenerator[Runtime]:
    """The runtime for the length of the block. `migrates` overrides what the settings say of migrations."""
    secret = keys(settings)
    async with stepwise() as steps:
        await steps.enter("the reports", reporting(settings))
        server = await embedded.provide(_where(settings), progress)
        steps.defer("the database server", server.close)
        options = _options(settings, server.url)
        if settings.migrates if migrates is None else migrates:
            await _migrate(options, progress)
        database = Database(options)
        steps.defer("the database pools", database.close)
        sending = messages.choose(settings)
        steps.defer("the message connections", sending.close)
        counting, uncount = limiter.limiter(settings)
        steps.defer("the counting of requests", uncount)
        bus = hints.choose(settings, options.direct_url or options.url)
        steps.defer("the hints between processes", bus.close)
        ports, close = _ports(settings, secret, sending, counting, bus)
        steps.defer("the embedder", close)
        whole = catalog.whole()
        yield Runtime(
            settings=settings,
            server=server,
            catalog=whole,
            database=database,
            ports=ports,
            dispatcher=Dispatcher(whole, database, ports),
            keys=secret,
            outbox=sending.outbox,
            signer=Signer(database, secret, settings.url),
        )


def _where(settings: Settings) -> embedded.EmbeddedOptions:
    return embedded.EmbeddedOptions(url=plain(settings.database_url), home=settings.home)


def _options(settings: Settings, url: str) -> DatabaseOptions:
    return DatabaseOptions(
        url=url,
        direct_url=plain(settings.database_direct_url),
        replica_url=plain(settings.database_replica_url),
        pool_size=settings.database_pool_size,
        background_pool_size=settings.database_background_pool_size,
        serverless=settings.serverless,
        read_timeout=settings.read_timeout_ms,
        write_timeout=settings.write_timeout_ms,
    )


def plain(secret: SecretStr | None) -> str | None:
    return None if secret is None else secret.get_secret_value()


async def _migrate(options: DatabaseOptions, progress: Progress) -> None:
    url = options.direct_url or options.url
    if await revisions.reached(url) == revisions.newest():
        return
    progress("Migrating the database", 0.0)
    migrate: Any = await asyncio.to_thread(importlib.import_module, "storage.migrate")
    for revision in await migrate.upgrade(url):
        log.info("applied migration %s", revision)
    progress("Migrating the database", 1.0)


def _ports(
    settings: Settings, secret: Keys, sending: Messages, counting: Limiter, bus: Bus
) -> tuple[Ports, Callable[[], Awaitable[None]]]:
    chosen = embedder.choose(settings, DIMENSIONS)
    ports = Ports(
        embedder=chosen,
        bus=bus,
        clock=SystemClock(),
        cursors=Cursors(secret.of("cursors")),
        mailer=sending.mailer,
        sms=sending.sms,
        limiter=counting,
        url=settings.url,
    )
    return ports, chosen.close
