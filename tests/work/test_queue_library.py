"""The queue and PgQueuer: what we write in SQL of our own is what the library would have written."""

from __future__ import annotations

from datetime import timedelta

import asyncpg
from pgqueuer import Queries

from storage import queue
from storage.engine import Database

ROW = """
select priority, entrypoint, payload, status::text, dedupe_key, attempts, slot, queue_manager_id, headers,
    extract(epoch from execute_after - created)::int as after
from pgqueuer where id = $1"""
LOGGED = "select status::text, priority, entrypoint, traceback from pgqueuer_log where job_id = $1"


async def test_the_migration_makes_what_the_library_would_install(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    plan = await Queries.from_asyncpg_connection(connection).plan_upgrade()
    await connection.close()
    assert (list(plan.statements), list(plan.notes)) == ([], [])


async def test_a_job_is_put_in_as_the_library_would(database: Database, database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    library = Queries.from_asyncpg_connection(connection)
    later = timedelta(seconds=90)
    (theirs,) = await library.enqueue("paint", b"{}", 3, later, "theirs", on_conflict="skip")
    async with database.writing() as db:
        ours = await queue.put(db, "paint", b"{}", priority=3, delay=later, key="ours")
        again = await queue.put(db, "paint", b"{}", priority=3, delay=later, key="ours")
    rows = [dict(await connection.fetchrow(ROW, id_) or ()) for id_ in (theirs, ours)]
    logged = [await connection.fetch(LOGGED, id_) for id_ in (theirs, ours)]
    skipped = await library.enqueue("paint", b"{}", 3, later, "ours", on_conflict="skip")
    await connection.close()
    assert [row.pop("dedupe_key") for row in rows] == ["theirs", "ours"]
    assert [row.pop("headers") for row in rows] == ["null", None]
    assert rows[0] == rows[1]
    assert logged[0] == logged[1]
    assert (again, skipped) == (ours, [None])


async def test_a_key_is_free_from_the_moment_in_which_its_job_is_taken(
    database: Database, database_url: str
) -> None:
    async with database.writing() as db:
        first = await queue.put(db, "paint", b"{}", key="same")
    connection = await asyncpg.connect(database_url)
    await connection.execute("update pgqueuer set status = 'picked' where id = $1", first)
    await connection.close()
    async with database.writing() as db:
        assert await queue.put(db, "paint", b"{}", key="same") != first
