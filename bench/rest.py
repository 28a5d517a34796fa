"""A trivial tool over REST, with all around it, against a bare Starlette route: `python -m bench.rest`."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any

from bench.mcp import trivial
from bench.racing import Entrant, Race, table
from bench.search import options

SERVERS = {"bare Starlette route": "bare-rest", "ours": "our-rest"}
REQUEST: dict[str, Any] = {"method": "GET", "path": "/api/v1/sum?a=2&b=3", "headers": {}, "body": ""}


async def main(race: Race) -> None:
    async with AsyncExitStack() as stack:
        entrants = [
            Entrant(name, await stack.enter_async_context(trivial(kind, 1)), [REQUEST])
            for name, kind in SERVERS.items()
        ]
        await race.warm(entrants, 1)
        for concurrency in (1, 16):
            figures = await race.run(entrants, concurrency)
            print(table(f"trivial tool over REST, concurrency {concurrency}", figures), flush=True)
            bare, ours = (figures[name].server_cpu_ms for name in SERVERS)
            print(
                f"\nOurs costs {ours - bare:.2f} ms of CPU a request more, {ours / bare:.1f} times as much."
            )


if __name__ == "__main__":
    given = options(__doc__).parse_args()
    asyncio.run(main(Race(given.seconds, given.rounds)))
