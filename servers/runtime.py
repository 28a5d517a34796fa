"""The runtime: what every way of running has in common, started in order and stopped in reverse."""

import asyncio
import importlib
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from pydantic import SecretStr

from servers.adapters import blobs, hints, messages
from servers.adapters.embedder import Embedders
from servers.adapters.imaging import Darkroom
from servers.adapters.messages import Messages
from servers.adapters.outbox import Outbox
from servers.adapters.questions import remembering
from servers.adapters.sharing import Shared, sharing
from servers.adapters.timetable import IndiaTimetable
from servers.keys import Keys, keys
from servers.reports import reporting
from servers.settings import Settings
from servers.signing import Signer
from servers.steps import Steps, stepwise
from storage import embedded, revisions
from storage.bus import Bus
from storage.engine import Database, DatabaseOptions
from storage.search_index import DIMENSIONS
from tools import catalog
from tools.catalog import Catalog
from tools.cursors import Cursors
from tools.dispatch import Dispatcher
from tools.faults import DATABASE_ERRORS
from tools.ports import Clock, Ports, SystemClock

log = logging.getLogger(__name__)

Progress = Callable[[str, float], None]
"""Told of a step and how much of it is done, 0 to 1."""


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
    sending: Messages
    """The ways by which messages leave."""

    shared: Shared
    """What all processes of the installation share."""

    signer: Signer
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once this process is to end: what runs for long then comes to its end by itself."""

    @property
    def outbox(self) -> Outbox | None:
        """Where messages stay in development; None where all of them leave."""
        return self.sending.outbox

    @property
    def direct_url(self) -> str:
        """The database past any pooler."""
        return _direct(self.database.options)


class Unprepared(embedded.EmbeddedError):
    """The database cannot be used as it is; the text says what it lacks."""


@asynccontextmanager
async def running(
    settings: Settings, progress: Progress = quiet, *, migrates: bool | None = None
) -> AsyncGenerator[Runtime]:
    """The runtime for the length of the block. `migrates` overrides what the settings say of migrations."""
    async with stepwise(settings.drain_seconds) as steps:
        yield await begin(steps, settings, progress, migrates=migrates)


async def begin(
    steps: Steps,
    settings: Settings,
    progress: Progress = quiet,
    *,
    migrates: bool | None = None,
    clock: Clock | None = None,
) -> Runtime:
    """Do the first steps of every start; the runtime, which ends with them."""
    secret = keys(settings)
    await steps.enter("the reports", reporting(settings))
    with steps.timed("the database server", "starting"):
        server = await embedded.provide(_where(settings), progress)
        steps.defer("the database server", server.close)
    options = _options(settings, server.url)
    database = Database(options)
    steps.defer("the database pools", database.close)
    bus = hints.choose(settings, _direct(options), secret.installation)
    steps.defer("the hints between processes", bus.close)
    shared = await steps.enter("the cache", sharing(settings, secret, bus))
    with steps.timed("the migrations", "applying"):
        await _prepared(settings, _direct(options), progress, migrates=migrates)
    sending = messages.choose(settings)
    steps.defer("the message connections", sending.close)
    embedders = Embedders(settings, DIMENSIONS)
    steps.defer("the embedder", embedders.close)
    store = blobs.choose(settings)
    steps.defer("the store of photos", lambda: blobs.close(store))
    ports = _ports(settings, secret, sending, shared, bus, embedders, store, clock or SystemClock())
    with steps.timed("the catalog", "reading"):
        whole = catalog.whole()
    return Runtime(
        settings=settings,
        server=server,
        catalog=whole,
        database=database,
        ports=ports,
        dispatcher=Dispatcher(whole, database, ports),
        keys=secret,
        sending=sending,
        shared=shared,
        signer=Signer(database, secret, settings.url, ports.clock),
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


def _direct(options: DatabaseOptions) -> str:
    return options.direct_url or options.url


async def _prepared(
    settings: Settings, url: str, progress: Progress, *, migrates: bool | None = None
) -> None:
    """Have the database as this release needs it: migrated, or only looked at, where others migrate it."""
    if settings.migrates if migrates is None else migrates:
        state = await _looked(url)
        if state.revision != revisions.newest():
            await _migrate(url, progress)
        return
    try:
        state = await _looked(url)
    except DATABASE_ERRORS as error:
        # It may come back; until then whoever asks is told to try again.
        log.warning("The database could not be looked at: %s", str(error) or type(error).__name__)
        return
    if state.revision != revisions.newest():
        log.warning(
            "The database is at migration %s, and this release needs %s: ghar db migrate",
            state.revision or "none",
            revisions.newest(),
        )


async def _looked(url: str) -> revisions.State:
    """The state of the database. Refuses one that lacks an extension."""
    state = await revisions.state(url)
    if state.lacks:
        raise Unprepared(
            f"PostgreSQL at the database's address has no {' and no '.join(state.lacks)}: "
            "install what is missing there, see compose.yaml for packages that have it."
        )
    return state


async def _migrate(url: str, progress: Progress) -> None:
    progress("Migrating the database", 0.0)
    migrate: Any = await asyncio.to_thread(importlib.import_module, "storage.migrate")
    for revision in await migrate.upgrade(url):
        log.info("applied migration %s", revision)
    progress("Migrating the database", 1.0)


def _ports(
    settings: Settings,
    secret: Keys,
    sending: Messages,
    shared: Shared,
    bus: Bus,
    embedders: Embedders,
    store: blobs.Store,
    clock: Clock,
) -> Ports:
    return Ports(
        embedder=remembering(embedders.chosen, shared),
        embedder_of=embedders.of,
        timetable=IndiaTimetable(),
        bus=bus,
        clock=clock,
        cursors=Cursors(secret.of("cursors")),
        mailer=sending.mailer,
        sms=sending.sms,
        push=sending.push,
        blobs=store,
        imaging=Darkroom(),
        limiter=shared.limiter,
        cache=shared.cache,
        url=settings.url,
    )
