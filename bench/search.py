"""Structured search against the floor. `python -m bench.search [--count 20000 100000]`."""

import argparse
import asyncio
import json
import urllib.error
import urllib.request
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from bench import data
from bench.asks import Ask, asks, requests
from bench.processes import Figure, Running, free_port, serving
from bench.racing import Entrant, Race, goal, table
from tools.discovery.search import FEW

OURS, SAME, PLAIN = "ours", "bare route, our query", "bare route, plain query"
PATHS = {OURS: "/api/v1/properties", SAME: "/ours", PLAIN: "/plain"}
EDGE = 1
"""Answers of the plain query may differ by this many of a hundred, where a home lies on the very edge."""

PLAINLY = 200
"""Questions that the plain query is asked too while the answers are compared: it takes seconds for each."""

PATIENCE = 300
"""Seconds for one answer while the answers are compared: of a million properties, the disk may be cold."""

ATTEMPTS = 5
"""How often a question is asked that took longer than a search may, which a cold disk does to the first."""

EXTRA = frozenset({"why"})
"""What our cards say beyond the floor's."""


@asynccontextmanager
async def ours(url: str) -> AsyncGenerator[Running]:
    """Our server as it is shipped, on this database."""
    port = free_port()
    command = ["-c", "from servers.cli import main; main()", "serve", "--port", str(port)]
    async with serving(command, port, "/health/ready", data.environment(url)) as running:
        yield running


@asynccontextmanager
async def floor(url: str) -> AsyncGenerator[Running]:
    """The floor's server on the same database."""
    port = free_port()
    async with serving(["-m", "bench.floor", str(port), url], port, "/ready", {}) as running:
        yield running


@asynccontextmanager
async def servers(url: str) -> AsyncGenerator[dict[str, Running]]:
    """All three, by name."""
    async with AsyncExitStack() as stack:
        we = await stack.enter_async_context(ours(url))
        bare = await stack.enter_async_context(floor(url))
        yield {OURS: we, SAME: bare, PLAIN: bare}


def entrants(where: dict[str, Running], every: list[Ask]) -> list[Entrant]:
    """Each of the servers with these questions."""
    return [Entrant(name, running, requests(PATHS[name], every)) for name, running in where.items()]


def compared(where: dict[str, Running], every: list[Ask]) -> tuple[list[Ask], list[Ask]]:
    """See that the servers tell the same; the questions that find a few homes, and those that find fewer.

    The plain query, which alone measures distances in another way, is compared in the first `PLAINLY` of
    them. For fewer we also say what could be relaxed, which the floor does not, so that those are measured
    apart.
    """
    differ, plainly = 0, min(PLAINLY, len(every))
    sorted_out: tuple[list[Ask], list[Ask]] = ([], [])
    for number, ask in enumerate(every):
        asked = where if number < plainly else {name: where[name] for name in (OURS, SAME)}
        told = {name: _items(running.port, PATHS[name], ask) for name, running in asked.items()}
        assert told[OURS] == told[SAME], f"our answers differ for {ask}"
        if PLAIN in told:
            differ += [each["id"] for each in told[OURS]] != [each["id"] for each in told[PLAIN]]
        sorted_out[len(told[OURS]) < FEW].append(ask)
    assert differ * 100 <= EDGE * plainly, f"the plain query differs in {differ} of {plainly}"
    print(
        f"Answers are equal in {len(every)}, and in {plainly - differ} of {plainly} by the plain query; "
        f"{len(sorted_out[1])} are short."
    )
    return sorted_out


def _items(port: int, path: str, ask: Ask, attempts: int = ATTEMPTS) -> list[dict[str, Any]]:
    url = f"http://127.0.0.1:{port}{path}?{ask.query()}"
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
            items: list[dict[str, Any]] = json.load(answer)["items"]
    except urllib.error.HTTPError as refused:
        if refused.code != 503 or attempts == 1:
            raise
        return _items(port, path, ask, attempts - 1)
    return [{key: value for key, value in item.items() if key not in EXTRA} for item in items]


def held(running: Running, ask: Ask) -> list[dict[str, Any]]:
    """A question asked again by somebody who holds its answer."""
    path = f"{PATHS[OURS]}?{ask.query()}"
    with urllib.request.urlopen(f"http://127.0.0.1:{running.port}{path}", timeout=PATIENCE) as answer:
        tag = answer.headers["etag"]
    return requests(PATHS[OURS], [ask], {"if-none-match": tag})


async def measure(count: int, race: Race, url: str) -> dict[int, dict[str, Figure]]:
    """The figures at one scale, by concurrency; printed as they come."""
    figures: dict[int, dict[str, Figure]] = {}
    async with servers(url) as where:
        many, few = await asyncio.to_thread(compared, where, asks())
        racing = entrants(where, many)
        await race.warm(racing)
        for concurrency in (1, 16):
            figures[concurrency] = await race.run(racing, concurrency)
            print(table(f"{count:,} properties, concurrency {concurrency}", figures[concurrency]), flush=True)
        if few:
            short = await race.run(entrants(where, few), 1)
            print(table(f"{count:,} properties, fewer than {FEW} found, concurrency 1", short), flush=True)
        again = [
            Entrant("ours, one request", where[OURS], requests(PATHS[OURS], many[:1])),
            Entrant("ours, If-None-Match", where[OURS], held(where[OURS], many[0]), 304),
        ]
        for concurrency in (1, 16):
            seen = await race.run(again, concurrency)
            print(table(f"{count:,} properties, asked again, concurrency {concurrency}", seen), flush=True)
    return figures


def verdicts(count: int, figures: dict[int, dict[str, Figure]]) -> list[str]:
    """The goals of a structured search at this scale."""
    said: list[str] = []
    for concurrency, each in figures.items():
        allowed = 1.25 * each[SAME].server_cpu_ms + 0.3
        where = f"{count:,}, c={concurrency}"
        said.append(
            goal(
                f"{where}: our CPU ms (bare {each[SAME].server_cpu_ms:.2f})",
                each[OURS].server_cpu_ms,
                most=allowed,
            )
        )
        if count >= 100_000:
            times = each[OURS].per_second / each[PLAIN].per_second
            said.append(goal(f"{where}: throughput of the plain query, times", times, least=2.3))
    return said


async def main(counts: list[int], race: Race) -> None:
    said: list[str] = []
    async with data.server() as server:
        for count in counts:
            url = await data.generated(server, count)
            timed = Race(race.seconds, race.rounds, server.pid)
            said += verdicts(count, await measure(count, timed, url))
    print("\n" + "\n".join(said))


def options(described: str | None) -> argparse.ArgumentParser:
    """What every race can be told."""
    parser = argparse.ArgumentParser(description=described)
    parser.add_argument("--seconds", type=float, default=1.0, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=15, help="of which the medians are told")
    return parser


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("--count", type=int, nargs="+", default=[20_000, 100_000])
    given = parser.parse_args()
    asyncio.run(main(given.count, Race(given.seconds, given.rounds)))
