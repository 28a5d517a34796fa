"""A process killed in the middle of an import leaves nothing behind, and the next import is whole."""

import asyncio
import signal
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeAlias

import asyncpg

from storage.engine import Database
from tests.discovery.listing_files import many, write
from tools.discovery.importing.run import import_listings

Driver: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

ROOT = Path(__file__).parents[2]
CHILD = """
import asyncio, sys
from pathlib import Path
from storage.engine import Database, DatabaseOptions
from tools.discovery.importing.run import import_listings

asyncio.run(import_listings(Database(DatabaseOptions(sys.argv[1])), Path(sys.argv[2]), "test"))
"""
TABLES = ("properties", "places", "property_search", "property_texts", "imports", "import_findings")
WAITING = """
select pid from pg_locks join pg_database on pg_database.oid = pg_locks.database
where not granted and datname = current_database()"""


@asynccontextmanager
async def connected(url: str) -> AsyncGenerator[Driver]:
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


async def until(question: Callable[[], Awaitable[object]]) -> object:
    """The first answer that is true; the test's own time limit ends a wait in vain."""
    async with asyncio.timeout(45):
        while not (answer := await question()):
            pass
        return answer


async def test_a_killed_import_leaves_nothing_and_the_next_one_loads_everything(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    path = write(tmp_path, *many(700))
    async with connected(database_url) as holding, connected(database_url) as looking:
        held = holding.transaction()
        await held.start()
        # The import writes its report last, so it waits here with everything else done.
        await holding.execute("lock table imports in access exclusive mode")
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-c", CHILD, database_url, str(path), cwd=ROOT
        )
        pid = await until(lambda: looking.fetchval(WAITING))
        child.send_signal(signal.SIGKILL)
        await child.wait()
        await held.rollback()
        gone = "select not exists (select from pg_stat_activity where pid = $1)"
        await until(lambda: looking.fetchval(gone, pid))
        for table in TABLES:
            assert await looking.fetchval(f"select count(*) from {table}") == 0, table
    report = await import_listings(database, path, "test")
    assert (report.added, report.refused) == (700, 0)
