"""What the door costs each request, in this process and without a network: `python -m bench.door`."""

import asyncio
import io
import logging
import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bench.racing import goal
from servers import logs, middleware
from servers.adapters.limiter import LocalLimiter

CALLS = 5_000
ROUNDS = 9
CLIENTS = 1_000
CHECK_MOST, DOOR_MOST = 100, 200
"""Microseconds."""

Once = Callable[[int], Awaitable[object]]

HEADERS = [
    (b"host", b"ghar.example"),
    (b"user-agent", b"Mozilla/5.0"),
    (b"accept", b"application/json"),
    (b"accept-encoding", b"gzip"),
]


async def answer(_scope: Scope, _receive: Receive, send: Send) -> None:
    """The smallest answer there is."""
    headers = [(b"content-type", b"application/json"), (b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"{}"})


async def _receive() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _send(_message: Message) -> None:
    return


def _asking(app: ASGIApp) -> Once:
    async def once(number: int) -> None:
        client = (f"198.51.{number % CLIENTS // 250}.{number % 250}", 40_000)
        scope: Any = {
            "type": "http",
            "method": "GET",
            "path": "/api/v1/properties",
            "query_string": b"words=2bhk",
            "headers": HEADERS,
            "client": client,
        }
        await app(scope, _receive, _send)

    return once


async def _cost(once: Once) -> float:
    """Microseconds of CPU for each of many calls."""
    before = time.process_time()
    for number in range(CALLS):
        await once(number)
    return (time.process_time() - before) * 1_000_000 / CALLS


async def _race(entrants: dict[str, Once]) -> dict[str, float]:
    """The median cost of each, in turns."""
    seen: dict[str, list[float]] = {name: [] for name in entrants}
    for _ in range(ROUNDS):
        for name, once in entrants.items():
            seen[name].append(await _cost(once))
    return {name: statistics.median(costs) for name, costs in seen.items()}


async def main() -> None:
    limiter = LocalLimiter(1_000_000)
    bare = _asking(answer)
    whole = _asking(middleware.wrapped(answer, middleware.FrontDoor(limiter=limiter)))

    async def check(number: int) -> int:
        return await limiter.take(f"198.51.100.{number % CLIENTS}", 500)

    quiet = await _race({"limiter": check, "bare": bare, "whole": whole})
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(logs.JsonLines())
    logging.root.addHandler(handler)
    logging.root.setLevel(logging.INFO)
    logged = await _race({"bare": bare, "whole": whole})
    print(f"the whole door without a log line: {quiet['whole'] - quiet['bare']:.1f} µs of CPU a request")
    door = logged["whole"] - logged["bare"]
    print(goal("µs of CPU a check of the rate limiter", quiet["limiter"], most=CHECK_MOST))
    print(goal("µs of CPU a request for the whole door, with its log line", door, most=DOOR_MOST))


if __name__ == "__main__":
    asyncio.run(main())
