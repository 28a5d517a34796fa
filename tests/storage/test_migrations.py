"""Migrations: what they make is what the tables say, and each goes down and up."""

import asyncio
import importlib
import os
import pkgutil

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

import storage
from storage import embedded, migrate
from storage.base import Base
from storage.engine import sqlalchemy_url

SUBJECTS = [
    importlib.import_module(each.name)
    for each in pkgutil.iter_modules(storage.__path__, "storage.")
    if not each.ispkg
]
"""All that declare tables, imported."""

FOREIGN = {"spatial_ref_sys", "pgqueuer", "pgqueuer_log", "pgqueuer_schedules", "pgqueuer_statistics"}
"""Tables that PostGIS and PgQueuer keep."""

TABLES = """
select table_name, column_name, data_type, is_nullable, column_default from information_schema.columns
where table_schema = 'public' order by 1, 2"""


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    return not (kind == "table" and name in FOREIGN)


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"include_name": is_ours})
    return compare_metadata(context, Base.metadata)


async def columns(url: str) -> list[tuple[object, ...]]:
    connection = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await connection.fetch(TABLES)]
    finally:
        await connection.close()


def revisions() -> list[str]:
    scripts = ScriptDirectory(str(migrate.SCRIPTS))
    return [each.revision for each in scripts.walk_revisions()]


async def test_autogenerate_finds_nothing_to_do(database_url: str) -> None:
    engine = create_async_engine(sqlalchemy_url(database_url))
    async with engine.connect() as connection:
        found = await connection.run_sync(differences)
    await engine.dispose()
    assert found == []


async def test_every_migration_goes_down_and_up_again(database_url: str) -> None:
    before = await columns(database_url)
    for below in [*revisions()[1:], "base"]:
        await migrate.downgrade(database_url, below)
        assert len(await migrate.pending(database_url)) > 0
    assert {row[0] for row in await columns(database_url)} & set(Base.metadata.tables) == set()
    assert await migrate.upgrade(database_url) == revisions()[::-1]
    assert await columns(database_url) == before


@pytest.mark.requirement("S20")
async def test_a_migrated_database_has_nothing_pending_and_upgrading_it_does_nothing(
    database_url: str,
) -> None:
    assert await migrate.pending(database_url) == []
    assert await migrate.upgrade(database_url) == []


async def test_of_two_processes_that_migrate_at_once_one_does_it(database_url: str) -> None:
    await migrate.downgrade(database_url, "base")
    applied = await asyncio.gather(migrate.upgrade(database_url), migrate.upgrade(database_url))
    assert sorted(applied, key=len) == [[], revisions()[::-1]]


async def test_there_is_one_line_of_migrations_and_their_names_are_dated() -> None:
    scripts = ScriptDirectory(str(migrate.SCRIPTS))
    assert len(scripts.get_heads()) == 1
    assert all(each.revision[:5].rstrip("_").isdecimal() for each in scripts.walk_revisions())


async def test_an_empty_database_gets_every_table_and_extension(server: embedded.Server) -> None:
    name = f"test_from_nothing_{os.getpid()}"
    url = await server.create_database(name, "template0")
    try:
        await migrate.upgrade(url)
        assert {row[0] for row in await columns(url)} >= set(Base.metadata.tables)
    finally:
        await server.drop_database(name)


@pytest.mark.parametrize("extension", ["postgis", "vector", "pg_trgm", "btree_gist", "unaccent"])
async def test_an_extension_is_there(database_url: str, extension: str) -> None:
    connection = await asyncpg.connect(database_url)
    found = await connection.fetchval("select count(*) from pg_extension where extname = $1", extension)
    await connection.close()
    assert found == 1
