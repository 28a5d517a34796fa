"""The queue: work put in by a write and done by a worker, and by bare PgQueuer. `python -m bench.queue`."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TypeAlias

import asyncpg
import uvloop
from pgqueuer import Job, Queries, QueueManager
from pgqueuer.types import QueueExecutionMode
from pydantic import SecretStr

from bench import data
from bench.processes import cpu_of_postgres
from bench.racing import goal
from bench.rails import TABLE
from servers.runtime import Runtime, running
from servers.settings import Settings
from servers.work import Worker
from storage import migrate
from storage.engine import driver
from tools.catalog import Catalog
from tools.contract import Call, Model, Viewer, tool
from tools.dispatch import Caller, Dispatcher
from tools.jobs import job, later

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"
COUNT, ROUNDS = 300, 7
WRITER = Viewer(1, "member", frozenset({"mcp:read", "mcp:write"}))
BARE, OURS = "bare PgQueuer", "our queue"
MOST_RATIO = 4.0
_WRITER = "insert into people (id, email) overriding system value values (1, 'one@ghar.test')"
_GROWING = ("notes", "kept_answers", "pgqueuer", "pgqueuer_log", "pgqueuer_statistics", "jobs")
_NOTE = "insert into notes (person_id, property_id, note) values (1, $1, 'done later')"


class Later(Model):
    number: int


class Done(Model):
    number: int


@job()
async def note_down(call: Call, ask: Later) -> Done:
    """Note something down."""
    await (await driver(call.db)).execute(_NOTE, ask.number)
    return Done(number=ask.number)


@tool("member", "write")
async def ask_for_a_note(call: Call, ask: Later) -> Done:
    """Have something noted down."""
    await later(call, "note_down", {"number": ask.number})
    return Done(number=ask.number)


@dataclass(slots=True)
class Spent:
    """Milliseconds for each job: of the clock, of our CPU, and of PostgreSQL's."""

    wall: float
    ours: float
    postgres: float


async def spent(what: Callable[[], Awaitable[None]], postgres: int | None) -> Spent:
    """What it takes, for each of `COUNT`."""
    before = time.perf_counter(), time.process_time(), cpu_of_postgres(postgres)
    await what()
    after = time.perf_counter(), time.process_time(), cpu_of_postgres(postgres)
    return Spent(*(1_000 * (end - start) / COUNT for start, end in zip(before, after, strict=True)))


async def put_in_bare(connection: Connection) -> None:
    """A transaction for each, as a tool would have one."""
    queries = Queries.from_asyncpg_connection(connection)
    for number in range(COUNT):
        async with connection.transaction():
            await queries.enqueue("note", str(number).encode())


async def done_bare(connection: Connection, pool: Pool) -> None:
    """As many at once as our worker does."""
    manager = QueueManager(Queries.from_asyncpg_connection(connection))

    @manager.entrypoint("note")
    async def note(job: Job) -> None:  # pyright: ignore[reportUnusedFunction]
        await pool.execute(_NOTE, int(job.payload or b"0"))

    await manager.run(
        mode=QueueExecutionMode.drain,
        batch_size=2,
        max_concurrent_tasks=4,
        heartbeat_timeout=timedelta(seconds=30),
    )


async def put_in_ours(runtime: Runtime) -> None:
    asked = runtime.catalog["ask_for_a_note"]
    for number in range(COUNT):
        await runtime.dispatcher.run(asked, {"number": number}, Caller("rest", WRITER))


async def compared(runtime: Runtime, postgres: int | None) -> dict[str, tuple[list[Spent], list[Spent]]]:
    """What putting in and doing takes, bare and ours, in turns."""
    seen: dict[str, tuple[list[Spent], list[Spent]]] = {BARE: ([], []), OURS: ([], [])}
    async with asyncpg.create_pool(runtime.direct_url, min_size=4, max_size=4) as pool:
        for _ in range(ROUNDS):
            connection = await asyncpg.connect(runtime.direct_url)
            put, done = seen[BARE]
            put.append(await spent(partial(put_in_bare, connection), postgres))
            done.append(await spent(partial(done_bare, connection, pool), postgres))
            await connection.close()
            put, done = seen[OURS]
            put.append(await spent(partial(put_in_ours, runtime), postgres))
            done.append(await spent(partial(Worker(runtime).run, drain=True), postgres))
    return seen


def told(seen: dict[str, tuple[list[Spent], list[Spent]]]) -> str:
    """A table of the medians, and the goal."""
    rows = ["| | a second | wall ms | our CPU ms | PostgreSQL CPU ms |", "|---|--:|--:|--:|--:|"]
    middle: dict[tuple[str, str], Spent] = {}
    for name, parts in seen.items():
        for what, rounds in zip(("put in", "done"), parts, strict=True):
            found = Spent(
                *(statistics.median(getattr(each, part) for each in rounds) for part in Spent.__slots__)
            )
            middle[name, what] = found
            rows.append(
                f"| {name}, {what} | {1_000 / found.wall:.0f} | {found.wall:.2f} | {found.ours:.2f} "
                f"| {found.postgres:.2f} |"
            )
    ratio = sum(middle[OURS, what].wall for what in ("put in", "done")) / sum(
        middle[BARE, what].wall for what in ("put in", "done")
    )
    rows.append(
        goal("time for a job, put in and done, as a multiple of bare PgQueuer", ratio, most=MOST_RATIO)
    )
    return "\n".join(rows)


async def main() -> None:
    async with data.server() as server:
        url = await data.kept(server, "queue", _fill, ("bench/rails.py",))
        settings = Settings(
            database_url=SecretStr(url), home=Path(data.HOME), embedder="hashing", vectors=False
        )
        async with running(settings) as whole:
            catalog = Catalog([ask_for_a_note, note_down])
            dispatcher = Dispatcher(catalog, whole.database, whole.ports)
            runtime = replace(whole, catalog=catalog, dispatcher=dispatcher)
            await _emptied(url)
            print(told(await compared(runtime, server.pid)))


async def _fill(url: str) -> None:
    await migrate.upgrade(url)
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(TABLE)
        await connection.execute(
            "insert into people (id, email) overriding system value values (1, 'one@ghar.test')"
        )
    finally:
        await connection.close()


async def _emptied(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(
            "truncate notes, kept_answers, pgqueuer, pgqueuer_log, pgqueuer_statistics, jobs"
        )
    finally:
        await connection.close()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main())
