"""What the rails add to a write: idempotency, activity and telling. `python -m bench.writes`."""

import itertools
import json
import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import uvloop

from bench import data
from bench.processes import Running, cpu_of_postgres, free_port, serving
from bench.racing import Entrant, Figure, Race, goal, table
from bench.rails import TABLE, WRITER, both
from bench.search import options
from storage import migrate
from storage.bus import LocalBus
from storage.engine import Database, DatabaseOptions
from tools.dispatch import Caller, Dispatcher

BARE, RAILED = "a bare write", "with the rails"
PATHS = {BARE: "/api/v1/bare", RAILED: "/api/v1/railed"}
CALLS, ROUNDS = 1_000, 9
EACH_ROUND = 3_000
"""More writes than one measurement makes, so that no key comes twice."""

CPU_MOST = 1.5
"""Milliseconds of CPU, ours and PostgreSQL's together."""

_numbers = itertools.count()


async def fill(url: str) -> None:
    """The product's tables, and one for the notes."""
    await migrate.upgrade(url)
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(TABLE)
    finally:
        await connection.close()


async def emptied(url: str) -> None:
    """Begin with tables of the same size in every run."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("truncate notes, kept_answers")
        await connection.execute("vacuum analyze")
    finally:
        await connection.close()


def key() -> str:
    """A key that was not used before."""
    return f"0b9e1f0c-2f6d-4b41-8f3b-{next(_numbers):012}-{time.time_ns():x}"


async def spent(dispatcher: Dispatcher, *, keyed: bool, postgres: int | None) -> tuple[float, float]:
    """Milliseconds of CPU of one write, ours and PostgreSQL's."""
    (tool,) = dispatcher.catalog
    keys = [key() if keyed else None for _ in range(CALLS)]
    before = time.process_time(), cpu_of_postgres(postgres)
    for number, each in enumerate(keys):
        given = {"property_id": number, "note": "near the metro"}
        await dispatcher.run(tool, given, Caller("rest", WRITER, key=each))
    after = time.process_time(), cpu_of_postgres(postgres)
    return (after[0] - before[0]) * 1_000 / CALLS, (after[1] - before[1]) * 1_000 / CALLS


async def in_process(url: str, postgres: int | None) -> str:
    """The difference in this process, where nothing else is measured along."""
    database, bus = Database(DatabaseOptions(url=url)), LocalBus()
    bare, railed = both(database, bus)
    once: dict[str, Callable[[], Awaitable[tuple[float, float]]]] = {
        BARE: lambda: spent(bare, keyed=False, postgres=postgres),
        RAILED: lambda: spent(railed, keyed=True, postgres=postgres),
    }
    rounds: dict[str, list[tuple[float, float]]] = {name: [] for name in once}
    with bus.listen(lambda _topic: None):
        for _ in range(ROUNDS):
            for name, write in once.items():
                rounds[name].append(await write())
    await database.close()
    medians = {
        name: [statistics.median(each) for each in zip(*seen, strict=True)] for name, seen in rounds.items()
    }
    ours, theirs = (after - before for before, after in zip(medians[BARE], medians[RAILED], strict=True))
    print(f"in process: {medians[BARE]} bare, {medians[RAILED]} with the rails (ours, PostgreSQL's)")
    print(f"the rails add {ours:.2f} ms of our CPU and {theirs:.2f} ms of PostgreSQL's")
    return goal("in process: CPU ms that the rails add to a write", ours + theirs, most=CPU_MOST)


def requests(name: str, count: int) -> list[dict[str, Any]]:
    """Writes, each with a key of its own where there are rails."""
    body = json.dumps({"property_id": 360, "note": "near the metro"})
    usual = {"content-type": "application/json", "authorization": "Bearer of-the-benchmark"}
    return [
        {
            "method": "POST",
            "path": PATHS[name],
            "headers": usual | ({"idempotency-key": key()} if name == RAILED else {}),
            "body": body,
        }
        for _ in range(count)
    ]


async def done(url: str) -> int:
    """How many writes there were with the rails, by their kept answers."""
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval("select count(*) from kept_answers")
    finally:
        await connection.close()


async def over_rest(url: str, ours: Running, race: Race) -> list[str]:
    """The difference over REST, at both concurrencies."""
    said: list[str] = []
    await race.warm([Entrant(name, ours, requests(name, EACH_ROUND)) for name in PATHS])
    for concurrency in (1, 16):
        entrants = [Entrant(name, ours, requests(name, EACH_ROUND * race.rounds)) for name in PATHS]
        before = await done(url)
        figures = await race.run(entrants, concurrency)
        made, asked = await done(url) - before, sum(figures[RAILED].statuses.values())
        assert made >= asked, f"{asked - made} of {asked} keys came twice"
        print(table(f"a write over REST, concurrency {concurrency}", figures), flush=True)
        said.append(verdict(concurrency, figures))
    return said


def verdict(concurrency: int, figures: dict[str, Figure]) -> str:
    """Whether the rails cost no more than they may."""
    bare, railed = (figures[name].server_cpu_ms + figures[name].postgres_cpu_ms for name in (BARE, RAILED))
    return goal(f"c={concurrency}: CPU ms that the rails add to a write", railed - bare, most=CPU_MOST)


async def main(race: Race) -> None:
    async with data.server() as server:
        url = await data.kept(server, "writes", fill, ("storage/migrations", "bench/rails.py"))
        await emptied(url)
        said = [await in_process(url, server.pid)]
        port = free_port()
        timed = Race(race.seconds, race.rounds, server.pid)
        async with serving(["-m", "bench.rails", str(port), url], port, "/ready", {}) as ours:
            said += await over_rest(url, ours, timed)
    print("\n" + "\n".join(said))


if __name__ == "__main__":
    given = options(__doc__).parse_args()
    uvloop.run(main(Race(given.seconds, given.rounds)))
