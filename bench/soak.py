"""Minutes of mixed work at 70 % of what one process can do. `python -m bench.soak --minutes 10`."""

import argparse
import asyncio
import itertools
import json
import statistics
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import uvloop
from pydantic import SecretStr

from bench import data, load
from bench.asks import asks
from bench.listeners import Listener, listening, until_heard
from bench.processes import Running, free_port, serving
from bench.racing import goal
from servers.development import DevelopmentSignIns
from servers.runtime import Runtime, running
from servers.settings import Settings
from storage import events, people
from storage.bus import person

HOMES, PEOPLE, EACH = 20_000, 10, 10
SHARE = 0.7
CONNECTIONS = 32
FIND_SECONDS = 15.0
MOST_MIB_A_MINUTE = 1.0
_MCP = {
    "content-type": "application/json",
    "accept": "application/json, text/event-stream",
    "mcp-protocol-version": "2025-11-25",
}


@dataclass(slots=True)
class Seen:
    """What came back, by status and by surface, and how long after it was due."""

    statuses: Counter[str] = field(default_factory=Counter[str])
    seconds: list[float] = field(default_factory=list[float])


def mixture(tokens: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Of ten: six searches over REST, two over MCP, a write, and a look into the inbox."""
    queries, people_ = itertools.cycle(asks()), itertools.cycle(tokens)
    for number in itertools.count():
        turn, who = number % 10, {"authorization": f"Bearer {next(people_)}"}
        if turn < 6:
            path = f"/api/v1/properties?{next(queries).query()}"
            yield "REST", load.encoded({"method": "GET", "path": path})
        elif turn < 8:
            yield "MCP", load.encoded(_call(number))
        elif turn == 8:
            headers = {**who, "content-type": "application/json", "idempotency-key": str(uuid.uuid4())}
            path = f"/api/v1/me/shortlist/{1 + number % 500}"
            yield "write", load.encoded({"method": "PUT", "path": path, "headers": headers, "body": "{}"})
        else:
            path = "/api/v1/me/notifications"
            yield "inbox", load.encoded({"method": "GET", "path": path, "headers": who})


def _call(number: int) -> dict[str, Any]:
    arguments = {"bedrooms": [1 + number % 4], "limit": 5}
    params = {"name": "search_properties", "arguments": arguments}
    body = json.dumps({"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": params})
    return {"method": "POST", "path": "/mcp", "headers": _MCP, "body": body}


async def work(port: int, due: "asyncio.Queue[tuple[float, str, bytes] | None]", seen: Seen) -> None:
    """One connection: asks what is due, and waits for the answer."""
    reader, writer = await asyncio.open_connection(load.HOST, port)
    while (one := await due.get()) is not None:
        since, surface, request = one
        writer.write(request)
        status, _ = await load.answer(reader)
        seen.seconds.append(time.perf_counter() - since)
        seen.statuses[f"{surface} {status}"] += 1
    writer.close()


async def paced(port: int, requests: Iterator[tuple[str, bytes]], rate: float, seconds: float) -> Seen:
    """So many a second, due at even times, whether those before were answered or not."""
    due: asyncio.Queue[tuple[float, str, bytes] | None] = asyncio.Queue()
    seen, began = Seen(), time.perf_counter()
    workers = [asyncio.create_task(work(port, due, seen)) for _ in range(CONNECTIONS)]
    for number in range(int(rate * seconds)):
        at = began + number / rate
        if (wait := at - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        due.put_nowait((at, *next(requests)))
    for _ in workers:
        due.put_nowait(None)
    await asyncio.gather(*workers)
    return seen


async def limit(port: int, requests: Iterator[tuple[str, bytes]]) -> float:
    """Answers a second with sixteen at once."""
    due: asyncio.Queue[tuple[float, str, bytes] | None] = asyncio.Queue(16)
    seen, ends = Seen(), time.perf_counter() + FIND_SECONDS
    workers = [asyncio.create_task(work(port, due, seen)) for _ in range(16)]
    while time.perf_counter() < ends:
        await due.put((time.perf_counter(), *next(requests)))
    for _ in workers:
        await due.put(None)
    await asyncio.gather(*workers)
    return len(seen.seconds) / FIND_SECONDS


async def telling(runtime: Runtime, whom: Sequence[int], seconds: float) -> int:
    """Something for everybody who listens, every second; how often."""
    told, ends = 0, time.perf_counter() + seconds
    while time.perf_counter() < ends:
        async with runtime.database.writing("background") as db:
            await events.add(db, [(each, "said", {"number": told}) for each in whom])
        await runtime.ports.bus.publish([person(each) for each in whom])
        told += 1
        await asyncio.sleep(1)
    return told


async def weighing(server: Running, seconds: float) -> list[tuple[float, float]]:
    """The server's memory in MiB, at minutes since the beginning."""
    began, weights = time.perf_counter(), list[tuple[float, float]]()
    while (since := time.perf_counter() - began) < seconds:
        weights.append((since / 60, server.process.memory_info().rss / 2**20))
        await asyncio.sleep(2)
    return weights


async def soaked(
    server: Running, runtime: Runtime, whom: Sequence[int], tokens: Sequence[str], minutes: float
) -> list[str]:
    """The work itself, and what is to be told of it."""
    requests, seconds = mixture(tokens), minutes * 60
    most = await limit(server.port, requests)
    async with listening(server.port, "/api/v1/events", list(tokens) * EACH) as listeners:
        seen, told, weights = await asyncio.gather(
            paced(server.port, requests, most * SHARE, seconds),
            telling(runtime, whom, seconds),
            weighing(server, seconds),
        )
        await until_heard(listeners, told)
    return said(most, seen, weights, listeners)


def said(
    most: float, seen: Seen, weights: Sequence[tuple[float, float]], listeners: Sequence[Listener]
) -> list[str]:
    """What was seen, and the goals."""
    ordered = sorted(seen.seconds)
    heard = sum(len(each.heard) for each in listeners)
    wrong = {name: count for name, count in seen.statuses.items() if not name.endswith(" 200")}
    middle, late = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]
    # The first third warms caches and pools up.
    settled = weights[len(weights) // 3 :]
    slope = statistics.linear_regression(*zip(*settled, strict=True)).slope
    return [
        f"limit {most:.0f} a second; at {SHARE:.0%} of it {len(ordered)} answers, {heard} events heard",
        f"by surface: {dict(sorted(seen.statuses.items()))}",
        f"p50 {middle * 1000:.1f} ms, p99 {late * 1000:.0f} ms",
        f"MiB: {weights[0][1]:.0f} at first, {settled[0][1]:.0f} after a third, {weights[-1][1]:.0f} at last",
        goal("answers other than 200", sum(wrong.values()), most=0),
        goal("growth of memory in MiB a minute, after the first third", slope, most=MOST_MIB_A_MINUTE),
    ]


async def main(minutes: float) -> None:
    async with AsyncExitStack() as stack:
        found = await stack.enter_async_context(data.server())
        url, port = await data.generated(found, HOMES), free_port()
        settings = Settings(
            database_url=SecretStr(url), home=Path(data.HOME), port=port, embedder="hashing", vectors=False
        )
        runtime = await stack.enter_async_context(running(settings))
        async with runtime.database.writing() as db:
            whom = [(await people.ensure(db, f"soak{each}@ghar.test")).id for each in range(PEOPLE)]
        signing = DevelopmentSignIns(runtime.database, runtime.signer, runtime.catalog)
        tokens = [await signing.token(each, (), timedelta(hours=3)) for each in whom]
        command = ["-c", "from servers.cli import main; main()", "serve", "--port", str(port)]
        environment = data.environment(url) | {"GHAR_EMBEDDER": "hashing"}
        server = await stack.enter_async_context(serving(command, port, "/health/ready", environment))
        print("\n".join(await soaked(server, runtime, whom, tokens, minutes)))


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=10.0)
    chosen = options.parse_args().minutes
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(chosen))
