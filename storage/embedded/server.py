"""The database server as its users see it: a URL, databases made on demand, and a watch that restarts it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

import asyncpg

from storage.embedded import locks
from storage.embedded.cluster import SUPERUSER, Cluster, Postmaster
from storage.embedded.errors import EmbeddedError, in_words
from storage.embedded.processes import ended

log = logging.getLogger(__name__)

RESTART_PAUSE = 1.0
RESTART_SECONDS = 60.0
_RESTARTING = (
    ConnectionError,
    FileNotFoundError,
    asyncpg.CannotConnectNowError,
    asyncpg.ConnectionDoesNotExistError,
)
"""What a connection fails with while the server that it is for dies or comes back."""


class Server:
    """A PostgreSQL server that is ours or the caller's. `url` is a plain `postgresql://` one."""

    def __init__(self, url: str, *, home: Path | None = None) -> None:
        self.url = url
        self.home = home
        """The folder of an embedded server; None for one that the caller named."""

    @property
    def sqlalchemy_url(self) -> str:
        """The same URL for SQLAlchemy, naming the asyncpg driver."""
        return self.database_url(scheme="postgresql+asyncpg")

    def database_url(self, name: str | None = None, *, scheme: str = "postgresql") -> str:
        """The URL of another database on the same server."""
        parts = urlsplit(self.url)
        path = parts.path if name is None else f"/{quote(name, safe='')}"
        # urlunsplit drops the empty host of a socket URL after an unknown scheme.
        return f"{scheme}://{parts.netloc}{urlunsplit(('', '', path, parts.query, ''))}"

    async def create_database(self, name: str, template: str | None = None) -> str:
        """Make a database, as a copy of `template` if given; the answer is its URL."""
        source = f" TEMPLATE {_quoted(template)}" if template else ""
        connection = await self._connect()
        try:
            # Logging every block, which is the custom since 15, costs more than copying the files.
            how = " STRATEGY FILE_COPY" if connection.get_server_version().major >= 15 else ""
            await connection.execute(f"CREATE DATABASE {_quoted(name)}{source}{how}")
        finally:
            await connection.close()
        return self.database_url(name)

    async def drop_database(self, name: str) -> None:
        """Remove a database and everything in it, disconnecting whoever uses it."""
        connection = await self._connect()
        try:
            await connection.execute(f"DROP DATABASE IF EXISTS {_quoted(name)} WITH (FORCE)")
        finally:
            await connection.close()

    async def ensure_database(self, name: str) -> None:
        """Make a database unless it exists."""
        connection = await self._connect()
        try:
            if not await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", name):
                await connection.execute(f"CREATE DATABASE {_quoted(name)}")
        except (asyncpg.DuplicateDatabaseError, asyncpg.UniqueViolationError):
            log.debug("another process made database %s at the same moment", name)
        finally:
            await connection.close()

    async def ensure_template(self, name: str, fill: Callable[[str], Awaitable[None]]) -> None:
        """Make a template database once: `fill` gets its URL. Whoever asks meanwhile waits."""
        connection = await self._connect()
        try:
            await connection.execute("SELECT pg_advisory_lock(hashtext($1))", name)
            finished = "SELECT true FROM pg_database WHERE datname = $1 AND datistemplate"
            if await connection.fetchval(finished, name):
                return
            await connection.execute(f"DROP DATABASE IF EXISTS {_quoted(name)} WITH (FORCE)")
            await connection.execute(f"CREATE DATABASE {_quoted(name)}")
            await fill(self.database_url(name))
            await connection.execute(f"ALTER DATABASE {_quoted(name)} IS_TEMPLATE true")
        finally:
            await connection.close()

    async def close(self) -> None:
        """Leave the server. One that the caller named is left alone."""

    async def _connect(self) -> "asyncpg.Connection[asyncpg.Record]":
        return await asyncpg.connect(self.database_url("postgres"))


@dataclass(slots=True)
class _Membership:
    share: locks.Share
    watch: "asyncio.Task[None]"


class EmbeddedServer(Server):
    """A server of ours: held up while anyone uses it, restarted if it dies, stopped by the last to leave."""

    def __init__(self, cluster: Cluster, share: locks.Share, postmaster: Postmaster, database: str) -> None:
        super().__init__(_socket_url(postmaster, database), home=cluster.home)
        self.tcp_url = _tcp_url(postmaster, database, cluster.password()) if postmaster.listens else None
        """The URL over loopback, with its password, when the server was started with a port."""
        self._cluster = cluster
        watch = asyncio.create_task(self._watch(postmaster.pid))
        self._member: _Membership | None = _Membership(share, watch)

    @property
    def pid(self) -> int | None:
        """The process id of the running postmaster."""
        server = self._cluster.running()
        return server.pid if server else None

    async def close(self) -> None:
        """Leave the server; it stops when nobody else uses it. Close your connections before."""
        if self._member is None:
            return
        member, self._member = self._member, None
        member.watch.cancel()
        await asyncio.gather(member.watch, return_exceptions=True)
        await asyncio.to_thread(self._leave, member.share)

    async def _connect(self) -> "asyncpg.Connection[asyncpg.Record]":
        """A connection, waited for while the watch brings back a server that was dying when it was joined."""
        async with asyncio.timeout(RESTART_SECONDS):
            while True:
                try:
                    return await super()._connect()
                except _RESTARTING:
                    await asyncio.sleep(0.05)

    def _leave(self, share: locks.Share) -> None:
        with locks.exclusive(self._cluster.lock()):
            try:
                if share.is_last():
                    self._cluster.stop()
            finally:
                share.release()

    async def _watch(self, pid: int) -> None:
        while True:
            await ended(pid)
            log.warning("PostgreSQL (process %d) has died; starting it again", pid)
            try:
                pid = (await asyncio.to_thread(self._ensure)).pid
            except EmbeddedError:
                log.exception("PostgreSQL could not be started again")
                await asyncio.sleep(RESTART_PAUSE)

    def _ensure(self) -> Postmaster:
        with in_words(self._cluster.home), locks.exclusive(self._cluster.lock()):
            return self._cluster.ensure(lambda step, _: log.info("%s", step))


def _socket_url(postmaster: Postmaster, database: str) -> str:
    query = urlencode({"host": str(postmaster.sockets), "port": postmaster.port})
    return f"postgresql://{SUPERUSER}@/{database}?{query}"


def _tcp_url(postmaster: Postmaster, database: str, password: str) -> str:
    return f"postgresql://{SUPERUSER}:{quote(password)}@127.0.0.1:{postmaster.port}/{database}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
