"""The embedded PostgreSQL: whoever calls gets a server with PostGIS and pgvector, wherever it comes from."""

import asyncio
import logging
import os
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from storage.embedded import locks, prefix
from storage.embedded.account import Account
from storage.embedded.cluster import Cluster, Postmaster, ServerSettings
from storage.embedded.errors import EmbeddedError, Interrupted, NoPostgres, in_words
from storage.embedded.machine import Binaries, Machine
from storage.embedded.prefix import Progress
from storage.embedded.server import EmbeddedServer, Server

__all__ = [
    "EmbeddedError",
    "EmbeddedOptions",
    "EmbeddedServer",
    "Interrupted",
    "Machine",
    "NoPostgres",
    "Progress",
    "Server",
    "ServerSettings",
    "default_cache",
    "provide",
    "server",
]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class EmbeddedOptions:
    """Where the server is to come from. Everything has a default that works for a newcomer."""

    url: str | None = None
    """A server of the caller's; nothing is started then."""

    home: Path = Path(".ghar")
    """Where the data is kept."""

    cache: Path | None = None
    """Where PostgreSQL's programs are kept, once made; by default the user's or the system's cache."""

    database: str = "ghar"
    settings: ServerSettings = field(default_factory=ServerSettings)
    machine: Machine = field(default_factory=Machine)


def _quiet(_step: str, _fraction: float) -> None:
    pass


@asynccontextmanager
async def server(options: EmbeddedOptions, progress: Progress = _quiet) -> AsyncGenerator[Server]:
    """A server for the length of the block; see `provide`."""
    provided = await provide(options, progress)
    try:
        yield provided
    finally:
        await provided.close()


async def provide(options: EmbeddedOptions, progress: Progress = _quiet) -> Server:
    """The caller's server, or one of ours that is joined or started; `await close()` leaves it.

    `progress` is called with a step and how much is done (0 to 1), from another thread. Whatever cannot be
    had is an `EmbeddedError` that says what to do.
    """
    if options.url:
        return Server(options.url.replace("postgresql+asyncpg://", "postgresql://", 1))
    entering = asyncio.create_task(asyncio.to_thread(_enter, options, progress))
    try:
        cluster, share, postmaster = await asyncio.shield(entering)
    except asyncio.CancelledError:
        # The thread cannot be stopped; what it brings up is left again.
        with suppress(EmbeddedError):
            await _attach(options, *await entering).close()
        raise
    async with AsyncExitStack() as undo:
        provided = _attach(options, cluster, share, postmaster)
        undo.push_async_callback(provided.close)
        await provided.ensure_database(options.database)
        undo.pop_all()
    progress("The database is ready", 1.0)
    return provided


def _attach(
    options: EmbeddedOptions, cluster: Cluster, share: locks.Share, found: Postmaster
) -> EmbeddedServer:
    return EmbeddedServer(cluster, share, found, options.database)


def _enter(options: EmbeddedOptions, progress: Progress) -> tuple[Cluster, locks.Share, Postmaster]:
    home = _home(options.home)

    def binaries(major: int | None) -> Binaries:
        return _binaries(options, cluster.account, major, progress)

    cluster = Cluster(home, binaries, options.settings)
    with in_words(home), locks.exclusive(cluster.lock()), ExitStack() as undo:
        share = locks.Share(cluster.users())
        undo.callback(share.release)
        postmaster = cluster.ensure(progress)
        undo.pop_all()
        return cluster, share, postmaster


def _home(wanted: Path) -> Path:
    """The data folder; for root one that the server's account can reach."""
    home = wanted.absolute()
    account = Account.of_server(home / "data")
    if not account.reaches(home):
        home = Path("/var/lib/ghar") / sha256(os.fsencode(home)).hexdigest()[:16]
        log.warning("the account PostgreSQL runs as cannot reach %s: the data is in %s", wanted, home)
    with in_words(home):
        account.make(home)
    return home


def _binaries(options: EmbeddedOptions, account: Account, major: int | None, progress: Progress) -> Binaries:
    """Installed programs of the data's version, else those of the private prefix."""
    for installed in options.machine.postgres():
        if major in (None, installed.major):
            return installed
    recipe = prefix.recipe_for(options.machine)
    if major not in (None, recipe.major):
        raise EmbeddedError(
            f"The data was made by PostgreSQL {major}, and this machine has {recipe.major}. Install "
            f"PostgreSQL {major} with PostGIS and pgvector, or move the data folder away to start anew."
        )
    cache = (options.cache or default_cache()).absolute()
    if not account.reaches(cache):
        raise EmbeddedError(
            f"The account PostgreSQL runs as cannot reach {cache}. Choose another cache folder."
        )
    with in_words(cache):
        account.make(cache)
        return prefix.ready(recipe, options.machine, cache, progress)


def default_cache() -> Path:
    """The user's cache folder; for root the system's, which the server's account can reach."""
    return Path("/var/cache/ghar") if os.geteuid() == 0 else Path("~/.cache/ghar").expanduser()
