"""The deck, a shortlist and free times to visit, against the same SQL bare: `python -m bench.core`.

A size is `--count`; without it a hundred thousand properties and a million, with ten swipes for each.
"""

import argparse
import statistics
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import asyncpg
import psutil
import uvloop
from asyncpg.prepared_stmt import PreparedStatement
from pydantic_core import to_json

from bench import data
from bench.processes import cpu_of
from bench.racing import goal
from servers.adapters import embedder
from servers.settings import Settings
from storage.bus import LocalBus
from storage.engine import Database, DatabaseOptions
from storage.search_index import DIMENSIONS
from tools.catalog import whole
from tools.contract import Viewer
from tools.cursors import Cursors
from tools.dispatch import Caller, Dispatcher
from tools.ports import Ports, SystemClock

SWIPES_EACH = 500
"""Swipes of a person; ten for each property, so that a million properties have ten million."""

ASKED = 200
"""People who ask in turn, each of whom keeps some properties."""

GROWTH = 2.5
FILL = """
create temporary table numbered as
  select row_number() over (order by property_id) - 1 as n, property_id from property_search;
create unique index on numbered (n);
insert into people (email, role)
  select 'bench-' || n || '@example.com', case when n < 50 then 'staff' else 'member' end
  from generate_series(1, greatest($people, 300)) n on conflict do nothing;
create temporary table asking as
  select id, row_number() over (order by id) as n from people where email like 'bench-%';
alter table swipes disable trigger user;
insert into swipes (person_id, property_id, choice, swiped_at)
  select a.id, h.property_id,
    case when k % 30 = 0 then 'super_like' when k % 6 = 0 then 'like' else 'pass' end,
    now() - k * interval '1 hour'
  from asking a cross join generate_series(0, $each - 1) k
  join numbered h on h.n = (a.n * 7919 + k * ($count / $each)) % $count
  order by a.id, k;
alter table swipes enable trigger user;
insert into property_interest (property_id, purpose, cell, likes, super_likes, passes, heat)
  select w.property_id, s.purpose, s.cell, count(*) filter (where choice = 'like'),
    count(*) filter (where choice = 'super_like'), count(*) filter (where choice = 'pass'),
    sum(heat_at(swiped_at) * case choice when 'like' then 8 when 'super_like' then 16 else 0 end)
  from swipes w join property_search s using (property_id) group by 1, 2, 3;
insert into shortlists (person_id, property_id)
  select a.id, h.property_id from asking a cross join generate_series(0, 39) k
  join numbered h on h.n = (a.n * 104729 + k * ($count / 40)) % $count
  where a.n <= $asked on conflict do nothing;
insert into portfolios (staff_id, property_id)
  select a.id, h.property_id from numbered h join asking a on a.n = 1 + h.n % 49 where h.n < 2000
  on conflict do nothing;
"""

Statement = tuple[str, tuple[Any, ...]]
Given = tuple[Viewer, dict[str, Any]]


@dataclass
class Recorder:
    """The statements of each question, in order, as the tools sent them."""

    said: list[Statement] = field(default_factory=list[Statement])

    @contextmanager
    def listening(self) -> Generator[None]:
        """Note down whatever is asked of PostgreSQL, in whichever way."""
        connection: Any = asyncpg.Connection
        statements: Any = PreparedStatement
        plain, prepared = connection._execute, statements.fetch
        said = self.said

        async def execute(on: Any, query: str, args: Any, *rest: Any, **named: Any) -> Any:
            said.append((query, tuple(args)))
            return await plain(on, query, args, *rest, **named)

        async def fetch(statement: Any, *args: Any, **named: Any) -> Any:
            said.append((statement.get_query(), args))
            return await prepared(statement, *args, **named)

        connection._execute, statements.fetch = execute, fetch
        try:
            yield
        finally:
            connection._execute, statements.fetch = plain, prepared


async def prepare(url: str, count: int) -> None:
    """Let people swipe, keep and look after these properties, unless they have."""
    connection = await asyncpg.connect(url, timeout=60, command_timeout=7200)
    try:
        if await connection.fetchval("select exists(select from swipes)"):
            return
        values = {
            "people": count * 10 // SWIPES_EACH,
            "each": min(SWIPES_EACH, count),
            "count": count,
            "asked": ASKED,
        }
        statement = FILL
        for name, value in values.items():
            statement = statement.replace(f"${name}", str(value))
        for each in filter(str.strip, statement.split(";\n")):
            await connection.execute(each)
        for table in ("swipes", "property_interest", "shortlists", "people", "portfolios"):
            await connection.execute(f"vacuum analyze {table}")
    finally:
        await connection.close()


async def questions(url: str) -> dict[str, list[Given]]:
    """By tool: who asks what."""
    connection = await asyncpg.connect(url)
    try:
        people = await connection.fetch(
            "select id from people where email like 'bench-%' order by id limit $1", ASKED
        )
        homes = await connection.fetch(
            "select property_id from portfolios order by property_id limit $1", ASKED
        )
    finally:
        await connection.close()
    scopes = frozenset(scope for tool in whole() for scope in tool.scopes)
    viewers = [Viewer(row[0], "member", scopes) for row in people]
    return {
        "next_properties": [(each, {}) for each in viewers],
        "list_shortlist": [(each, {}) for each in viewers],
        "visit_slots": [(each, {"property_id": row[0]}) for each, row in zip(viewers, homes, strict=False)],
    }


@asynccontextmanager
async def dispatching(url: str) -> AsyncGenerator[Dispatcher]:
    """The product's tools on this database, in this process."""
    database = Database(DatabaseOptions(url=url, read_timeout=60_000))
    model = embedder.choose(Settings(), DIMENSIONS)
    try:
        ports = Ports(model, LocalBus(), SystemClock(), Cursors(b"a secret of the benchmarks"))
        yield Dispatcher(whole(), database, ports)
    finally:
        await database.close()
        await model.close()


@dataclass(frozen=True)
class Spent:
    """Milliseconds for one question: of this process's and PostgreSQL's CPU, and until the answer."""

    ours: float
    postgres: float
    p50: float

    @property
    def cpu(self) -> float:
        return self.ours + self.postgres


Backends = list[psutil.Process]


async def backends(asking: "asyncpg.Connection[Any]", *, own: bool) -> Backends:
    """PostgreSQL's process of this connection, or those of all others to the same database.

    What else PostgreSQL does meanwhile, such as filling another database, is not to be counted.
    """
    rows = await asking.fetch(
        "select pid from pg_stat_activity where datname = current_database()"
        " and (pid = pg_backend_pid()) = $1",
        own,
    )
    return [psutil.Process(row[0]) for row in rows]


async def spent(once: Sequence[Callable[[], Awaitable[object]]], postgres: Backends) -> Spent:
    """What these come to, each done once."""
    took: list[float] = []
    before = time.process_time(), cpu_of(postgres)
    for each in once:
        started = time.perf_counter()
        await each()
        took.append(time.perf_counter() - started)
    after = time.process_time(), cpu_of(postgres)
    each_ms = 1_000 / len(once)
    return Spent(
        (after[0] - before[0]) * each_ms, (after[1] - before[1]) * each_ms, statistics.median(took) * 1_000
    )


def middle(rounds: list[Spent]) -> Spent:
    return Spent(
        *(statistics.median(getattr(each, name) for each in rounds) for name in ("ours", "postgres", "p50"))
    )


async def race(dispatcher: Dispatcher, bare: "asyncpg.Connection[Any]", name: str, every: list[Given],
               rounds: int) -> tuple[Spent, Spent]:  # fmt: skip
    """A tool, and what it asks of PostgreSQL asked by nobody's tool: the medians of both, turn by turn."""
    tool = dispatcher.catalog[name]

    async def ours(viewer: Viewer, given: dict[str, Any]) -> bytes:
        answer = await dispatcher.run(tool, given, Caller("rest", viewer))
        return answer.model_dump_json().encode()

    async def asked(statements: list[Statement]) -> bytes:
        rows = [[dict(row) for row in await bare.fetch(query, *args)] for query, args in statements]
        return to_json(rows, serialize_unknown=True, inf_nan_mode="null")

    for given in every:  # What is kept in the process is there before anything is recorded.
        await ours(*given)
    recorded: list[list[Statement]] = []
    for given in every:
        recorder = Recorder()
        with recorder.listening():
            await ours(*given)
        recorded.append(recorder.said)
    we = [partial(ours, *given) for given in every]
    they = [partial(asked, said) for said in recorded]
    await spent(they, [])  # Its plans are made, too, before anything is measured.
    ours_of, theirs_of = await backends(bare, own=False), await backends(bare, own=True)
    seen: tuple[list[Spent], list[Spent]] = ([], [])
    for _ in range(rounds):
        seen[0].append(await spent(we, ours_of))
        seen[1].append(await spent(they, theirs_of))
    return middle(seen[0]), middle(seen[1])


async def measure(url: str, count: int, rounds: int) -> dict[str, tuple[Spent, Spent]]:
    """The figures at one scale; printed as they come."""
    await prepare(url, count)
    every = await questions(url)
    figures: dict[str, tuple[Spent, Spent]] = {}
    print(f"\n### {count:,} properties, {count * 10:,} swipes\n")
    print("| tool | p50 ms | CPU ms (of it PostgreSQL) | bare p50 ms | bare CPU ms (of it PostgreSQL) |")
    print("|---|--:|--:|--:|--:|")
    settings = {"jit": "off", "default_transaction_read_only": "on"}
    bare = await asyncpg.connect(url, server_settings=settings)
    try:
        async with dispatching(url) as dispatcher:
            for name, asks in every.items():
                we, they = figures[name] = await race(dispatcher, bare, name, asks, rounds)
                print(
                    f"| `{name}` | {we.p50:.2f} | {we.cpu:.2f} ({we.postgres:.2f}) "
                    f"| {they.p50:.2f} | {they.cpu:.2f} ({they.postgres:.2f}) |",
                    flush=True,
                )
    finally:
        await bare.close()
    return figures


async def main(counts: list[int], rounds: int) -> None:
    said: list[str] = []
    figures: dict[int, dict[str, tuple[Spent, Spent]]] = {}
    async with data.server() as server:
        for count in counts:
            url = await data.generated(server, count)
            figures[count] = await measure(url, count, rounds)
    for count, each in figures.items():
        for name, (we, they) in each.items():
            most = 1.25 * they.cpu + 0.3
            said.append(goal(f"{count:,}, {name}: CPU ms (bare {they.cpu:.2f})", we.cpu, most=most))
    small, large = figures[min(counts)], figures[max(counts)]
    for name in small if len(counts) > 1 else ():
        growth = large[name][0].p50 / small[name][0].p50
        said.append(goal(f"{name}: p50 at {max(counts):,} over {min(counts):,}, times", growth, most=GROWTH))
    print("\n" + "\n".join(said))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=9)
    given = parser.parse_args()
    uvloop.run(main(given.count, given.rounds))
