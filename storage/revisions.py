"""Which migration a database has reached, told without Alembic, whose import is half of a start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import asyncpg

from storage.drivers import CONNECT_SECONDS

if TYPE_CHECKING:
    from storage.drivers import Driver

EXTENSIONS: Final = {"postgis": "PostGIS", "vector": "pgvector"}
PATIENCE: Final = 15.0
"""Seconds that a start waits for the database to say what it has."""

VERSIONS = Path(__file__).parent / "migrations" / "versions"


def newest() -> str:
    """The last revision that this release has: the names of the files begin with it, and sort by it."""
    last = max(path.name for path in VERSIONS.glob("[0-9]*.py"))
    return "_".join(last.split("_")[:4])


class State(NamedTuple):
    """What a database has of what a start needs."""

    revision: str | None
    """The migration that it is at; None before the first."""

    lacks: tuple[str, ...]
    """Extensions that are neither there nor can be made there, in the words of people."""


async def state(url: str) -> State:
    """What the database at `url` has."""
    connection = await asyncpg.connect(url, timeout=PATIENCE, command_timeout=PATIENCE)
    try:
        lacks = tuple(EXTENSIONS[row["name"]] for row in await connection.fetch(_LACKS, list(EXTENSIONS)))
        return State(await _revision(connection), lacks)
    finally:
        await connection.close()


async def reached(url: str) -> str | None:
    """The revision that the database at `url` is at; None before the first migration."""
    connection = await asyncpg.connect(url, timeout=CONNECT_SECONDS, command_timeout=CONNECT_SECONDS)
    try:
        return await _revision(connection)
    finally:
        await connection.close()


async def _revision(connection: Driver) -> str | None:
    if await connection.fetchval("select to_regclass('alembic_version')") is None:
        return None
    found = await connection.fetchval("select version_num from alembic_version")
    return None if found is None else str(found)


_LACKS: Final = """
select needed.name from unnest($1::text[]) as needed(name)
where not exists (select from pg_extension where extname = needed.name)
  and not exists (select from pg_available_extensions available where available.name = needed.name)
order by needed.name"""
