"""Searches by words, with the vector of the words known and new. `python -m bench.words [--count 20000]`."""

import argparse
import asyncio
import itertools
from urllib.parse import urlencode

from bench import data
from bench.processes import ROOT
from bench.racing import Entrant, Race, refused, table
from bench.search import OURS, PATHS, options, ours

QUERIES = ROOT / "bench" / "queries.txt"
NEW = 6_000
"""So many differ that none is asked twice while its vector is remembered."""


def known() -> list[str]:
    """The questions of the recall, all remembered after a warm-up."""
    return QUERIES.read_text().splitlines()


def new() -> list[str]:
    """The same with two of their words after them, so that each is another text."""
    lines = known()
    words = sorted({word for line in lines for word in line.split() if word.isalpha() and len(word) > 3})
    pairs = itertools.product(words, words)
    return [
        f"{lines[at % len(lines)]} {one} {other}"
        for at, (one, other) in enumerate(itertools.islice(pairs, NEW))
    ]


async def measure(count: int, race: Race, url: str) -> None:
    async with ours(url) as running:
        old = Entrant("vector known", running, [_request(line) for line in known()], may_refuse=True)
        await race.warm([old])
        every = [_request(line) for line in new()]
        for at, concurrency in enumerate((1, 16)):
            unknown = Entrant("vector new", running, every[at::2], may_refuse=True)
            figures = await race.run([old, unknown], concurrency)
            print(table(f"{count:,} properties by words, concurrency {concurrency}", figures))
            print(f"\n{refused(figures)}", flush=True)


def _request(words: str) -> dict[str, object]:
    path = f"{PATHS[OURS]}?{urlencode({'words': words})}"
    return {"method": "GET", "path": path, "headers": {}, "body": ""}


async def main(counts: list[int], race: Race) -> None:
    async with data.server() as server:
        for count in counts:
            url = await data.generated(server, count)
            await measure(count, Race(race.seconds, race.rounds, server.pid), url)


if __name__ == "__main__":
    parser: argparse.ArgumentParser = options(__doc__)
    parser.add_argument("--count", type=int, nargs="+", default=[20_000, 100_000])
    given = parser.parse_args()
    asyncio.run(main(given.count, Race(given.seconds, given.rounds)))
