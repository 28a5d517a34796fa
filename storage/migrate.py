"""Migrations: bring a database's tables to what this release expects, one process at a time."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from storage.engine import sqlalchemy_url

SCRIPTS = Path(__file__).parent / "migrations"
_LOCK = 360_360_360
_WAIT = "120s"
"""How long to wait for another process that is migrating."""

_LIMITS = ("set lock_timeout = '4s'", "set statement_timeout = '120s'")
"""A migration that cannot have its lock soon gives up, so that the running release is not held behind it."""

T = TypeVar("T")


async def upgrade(url: str, revision: str = "head") -> list[str]:
    """Apply what is missing up to `revision`; answers the revisions applied, oldest first."""
    async with _alone(url) as connection:
        before = await connection.run_sync(_pending)
        await _run(connection, lambda config: command.upgrade(config, revision))
        after = await connection.run_sync(_pending)
    return [each for each in before if each not in after]


async def downgrade(url: str, revision: str) -> None:
    """Take back every migration after `revision`; `base` takes back all of them, and their data."""
    async with _alone(url) as connection:
        await _run(connection, lambda config: command.downgrade(config, revision))


async def pending(url: str) -> list[str]:
    """The revisions that this release has and the database lacks, oldest first."""
    async with _connected(url) as connection:
        return await connection.run_sync(_pending)


@asynccontextmanager
async def _connected(url: str) -> AsyncGenerator[AsyncConnection]:
    engine = create_async_engine(sqlalchemy_url(url), poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            yield connection
    finally:
        await engine.dispose()


@asynccontextmanager
async def _alone(url: str) -> AsyncGenerator[AsyncConnection]:
    """A connection that no other migrating process holds beside this one; closing it frees the lock."""
    async with _connected(url) as connection:
        await connection.execute(text(f"set lock_timeout = '{_WAIT}'"))
        await connection.execute(text(f"select pg_advisory_lock({_LOCK})"))
        for limit in _LIMITS:
            await connection.execute(text(limit))
        await connection.commit()
        yield connection


async def _run(connection: AsyncConnection, act: Callable[[Config], object]) -> None:
    def within(sync: Connection) -> None:
        config = _config()
        config.attributes["connection"] = sync
        act(config)

    await connection.run_sync(within)
    await connection.commit()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return config


def _pending(connection: Connection) -> list[str]:
    has = MigrationContext.configure(connection).get_current_heads()
    scripts = ScriptDirectory.from_config(_config())
    missing = scripts.iterate_revisions("heads", has or "base")
    return [each.revision for each in missing][::-1]
