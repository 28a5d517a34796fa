"""The engines: a read-only pool and a writing pool for requests, and one for streams and jobs."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, cast

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import NullPool

from storage.drivers import CONNECT_SECONDS, Drivers, Line, Loan

if TYPE_CHECKING:
    from storage.drivers import Driver

_LOAN = "loan"
_DRIVER = "driver"
Lane = Literal["request", "background"]

LOCK_TIMEOUT = 3_000
"""Milliseconds that a request waits for what another transaction holds."""


@dataclass(frozen=True, slots=True)
class DatabaseOptions:
    """How to reach PostgreSQL. URLs are `postgresql://...`; timeouts are in milliseconds."""

    url: str
    direct_url: str | None = None
    """Past a pooler: for migrations, LISTEN and advisory locks."""

    replica_url: str | None = None
    pool_size: int = 10
    background_pool_size: int = 5
    serverless: bool = False
    """Open a connection per call and keep none."""

    read_timeout: int = 5_000
    write_timeout: int = 15_000


@dataclass(frozen=True, slots=True, eq=False)
class _Reads:
    """What reads of one server go through."""

    sessions: async_sessionmaker[AsyncSession]
    drivers: Drivers | None
    idle: list[AsyncSession] = field(default_factory=list["AsyncSession"])


class Database:
    """Hands out sessions. Reads run in read-only transactions, which PostgreSQL itself enforces."""

    def __init__(self, options: DatabaseOptions) -> None:
        self.options = options
        self._primary = self._reads(options.url)
        self._replica = self._primary if options.replica_url is None else self._reads(options.replica_url)
        self.line = self.new_line()
        """To the primary, for what every request asks."""

        self._writing = _sessions(self._engine(options.url, options.pool_size))
        self._background = _sessions(self._engine(options.url, options.background_pool_size, patient=True))

    @asynccontextmanager
    async def reading(self, *, primary: bool = False) -> AsyncGenerator[AsyncSession]:
        """A session whose every statement is its own read-only transaction with a statement timeout.

        It is on the replica where there is one; `primary` is for what must be seen as it is now.
        """
        reads = self._primary if primary else self._replica
        session = reads.idle.pop() if reads.idle else reads.sessions()
        loan = None if reads.drivers is None else Loan(reads.drivers)
        session.info[_LOAN] = loan
        doubtful = True
        try:
            yield session
            doubtful = False
        finally:
            if loan is not None:
                await loan.end(doubtful=doubtful)
            session.info[_LOAN] = None
            # One that was never used holds nothing, and closing it would cost as much as a small query.
            if session.in_transaction():
                await asyncio.shield(session.close())
            # A closed session is as good as new, and making one costs more than looking up a cached answer.
            reads.idle.append(session)

    @asynccontextmanager
    async def writing(
        self, lane: Lane = "request", *, snapshot: bool = False
    ) -> AsyncGenerator[AsyncSession]:
        """A session in one transaction: committed when the block ends, rolled back when it raises.

        With `snapshot` all of it sees the database as it was at its first statement, and whoever would change
        what somebody else has changed since fails.
        """
        sessions = self._writing if lane == "request" else self._background
        async with sessions() as session, session.begin():
            if snapshot:
                await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            session.info[_DRIVER] = None
            yield session

    def new_line(self) -> Line:
        """One more connection to the primary for short questions; whoever takes it closes it."""
        return Line(
            self.options.url,
            self._settings(read_only=True),
            _patience(self.options.read_timeout),
            keeps=not self.options.serverless,
        )

    async def close(self) -> None:
        """Close every pool."""
        await self.line.close()
        for reads in {self._primary, self._replica}:
            if reads.drivers is not None:
                await reads.drivers.close()
            await _engine_of(reads.sessions).dispose()
        for sessions in (self._writing, self._background):
            await _engine_of(sessions).dispose()

    def _reads(self, url: str) -> "_Reads":
        size, settings = self.options.pool_size, self._settings(read_only=True)
        patience = _patience(self.options.read_timeout)
        drivers = None if self.options.serverless else Drivers(url, size, settings, patience)
        return _Reads(_sessions(self._engine(url, size, read_only=True)), drivers)

    def _settings(self, *, read_only: bool) -> dict[str, str]:
        timeout = self.options.read_timeout if read_only else self.options.write_timeout
        settings = {"jit": "off", "statement_timeout": str(timeout), "timezone": "UTC"}
        return settings | {"default_transaction_read_only": "on"} if read_only else settings

    def _engine(self, url: str, size: int, *, read_only: bool = False, patient: bool = False) -> AsyncEngine:
        settings = self._settings(read_only=read_only)
        connecting: dict[str, Any] = {"server_settings": settings, "timeout": CONNECT_SECONDS}
        if not patient:
            settings["lock_timeout"] = str(LOCK_TIMEOUT)
            connecting["command_timeout"] = _patience(int(settings["statement_timeout"]))
        # No overflow: such connections are closed after each use, and opening one costs more than a search.
        pool: dict[str, Any] = {"pool_size": size, "max_overflow": 0, "pool_use_lifo": True}
        pool["pool_timeout"] = CONNECT_SECONDS
        if self.options.serverless:
            pool = {"poolclass": NullPool}
        return create_async_engine(
            sqlalchemy_url(url),
            isolation_level="AUTOCOMMIT" if read_only else "READ COMMITTED",
            connect_args=connecting,
            **pool,
        )


async def driver(session: AsyncSession) -> "Driver":
    """A session's asyncpg connection, for hot queries that must not pay for SQLAlchemy's layers.

    In a writing session it is in the session's own transaction. In a reading session it is a connection that
    is lent until the session ends.
    """
    loan = session.info.get(_LOAN)
    if loan is not None:
        return await loan.driver()
    found: Driver | None = session.info.get(_DRIVER)
    if found is None:
        connection = await session.connection()
        raw = await connection.get_raw_connection()
        found = cast("Driver", raw.driver_connection)
        if _DRIVER in session.info:
            # SQLAlchemy begins the transaction only with a statement that goes through it.
            if not found.is_in_transaction():
                await connection.exec_driver_sql("select 1")
            session.info[_DRIVER] = found
    return found


def _patience(timeout: int) -> float:
    """Seconds after which the server, which would have stopped a statement itself, is taken for dead."""
    return timeout / 1_000 + 1.0


def sqlalchemy_url(url: str) -> str:
    """The same URL, naming the asyncpg driver."""
    return url.replace("postgresql://", "postgresql+asyncpg://", 1)


def _sessions(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    return async_sessionmaker(engine, expire_on_commit=False, autobegin=True)


def _engine_of(sessions: async_sessionmaker[AsyncSession]) -> AsyncEngine:
    engine = sessions.kw["bind"]
    assert isinstance(engine, AsyncEngine)
    return engine
