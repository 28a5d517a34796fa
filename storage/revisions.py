"""Which migration a database has reached, told without Alembic, whose import is half of a start."""

from pathlib import Path

import asyncpg

VERSIONS = Path(__file__).parent / "migrations" / "versions"


def newest() -> str:
    """The last revision that this release has: the names of the files begin with it, and sort by it."""
    last = max(path.name for path in VERSIONS.glob("[0-9]*.py"))
    return "_".join(last.split("_")[:4])


async def reached(url: str) -> str | None:
    """The revision that the database at `url` is at; None before the first migration."""
    connection = await asyncpg.connect(url)
    try:
        if await connection.fetchval("select to_regclass('alembic_version')") is None:
            return None
        found = await connection.fetchval("select version_num from alembic_version")
    finally:
        await connection.close()
    return None if found is None else str(found)
