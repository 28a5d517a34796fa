"""A thousand listeners of one process, and of bare Starlette. `python -m bench.events`."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import asyncpg
import httpx
import uvloop
from pydantic import SecretStr

from bench import data
from bench.listeners import Listener, listening, until_heard
from bench.processes import Running, cpu_of_postgres, free_port, serving
from bench.racing import goal
from servers.development import DevelopmentSignIns
from servers.runtime import Runtime, running
from servers.settings import Settings
from storage import events, migrate
from storage.bus import person

PEOPLE, EACH, ROUNDS = 100, 10, 20
MOST_CPU, MOST_KIB = 3.0, 60.0


@dataclass(slots=True)
class Heard:
    """What it took: memory of a listener in KiB, CPU of an event on a stream in microseconds, and delay."""

    kib: float
    cpu_us: float
    postgres_us: float
    delay_ms: float


async def measured(
    server: Running,
    path: str,
    tokens: Sequence[str],
    say: Callable[[int], Awaitable[None]],
    postgres: int | None,
) -> Heard:
    """Open every stream, say something `ROUNDS` times to all, and see what the server uses."""
    empty = server.process.memory_info().rss
    async with listening(server.port, path, tokens) as listeners:
        await _round(listeners, say, 1)
        await server.settle()
        full = server.process.memory_info().rss
        before, asked = server.cpu(), cpu_of_postgres(postgres)
        delays = [await _round(listeners, say, number) for number in range(2, ROUNDS + 2)]
        told = ROUNDS * len(listeners)
        return Heard(
            kib=(full - empty) / 1024 / len(listeners),
            cpu_us=(server.cpu() - before) * 1e6 / told,
            postgres_us=(cpu_of_postgres(postgres) - asked) * 1e6 / told,
            delay_ms=statistics.median(delays),
        )


async def _round(listeners: Sequence[Listener], say: Callable[[int], Awaitable[None]], number: int) -> float:
    began = time.monotonic()
    await say(number)
    await until_heard(listeners, number)
    return (max(each.heard[number - 1][1] for each in listeners) - began) * 1_000


async def ours(url: str, postgres: int | None) -> Heard:
    """Our server, with streams of a hundred people."""
    port = free_port()
    settings = Settings(
        database_url=SecretStr(url), home=Path(data.HOME), port=port, embedder="hashing", vectors=False
    )
    async with running(settings) as runtime:
        whom = await _people(url)
        signing = DevelopmentSignIns(runtime.database, runtime.signer, runtime.catalog)
        tokens = [await signing.token(each, (), timedelta(hours=2)) for each in whom]

        async def say(number: int) -> None:
            await _tell(runtime, whom, number)

        command = ["-c", _SERVE, "serve", "--port", str(port)]
        async with serving(command, port, "/health/ready", data.environment(url)) as server:
            return await measured(server, "/api/v1/events", tokens * EACH, say, postgres)


_SERVE = "from servers.cli import main; main()"


async def _tell(runtime: Runtime, whom: Sequence[int], number: int) -> None:
    """As a tool would: kept in a transaction, and hinted at after it."""
    about = {"number": number, "said": "x" * 60}
    async with runtime.database.writing("background") as db:
        await events.add(db, [(each, "said", about) for each in whom])
    await runtime.ports.bus.publish([person(each) for each in whom])


async def bare() -> Heard:
    """Starlette alone: no sign-in, no database, nothing that is kept."""
    port = free_port()
    async with (
        serving(["-m", "bench.bare_events", str(port)], port, "/ready", {}) as server,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http,
    ):

        async def say(number: int) -> None:
            (await http.get("/say", params={"id": number})).raise_for_status()

        return await measured(server, "/events", ["nobody"] * PEOPLE * EACH, say, None)


async def _people(url: str) -> list[int]:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("truncate events")
        return [row[0] for row in await connection.fetch("select id from people order by id")]
    finally:
        await connection.close()


async def _fill(url: str) -> None:
    await migrate.upgrade(url)
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(
            "insert into people (email) select 'p' || n || '@ghar.test' from generate_series(1, $1) n", PEOPLE
        )
    finally:
        await connection.close()


def told(floor: Heard, found: Heard) -> str:
    """A table, and the goals."""
    rows = [
        f"{PEOPLE * EACH} open streams, {ROUNDS} events for each of them",
        "| | KiB a stream | CPU µs an event and stream | PostgreSQL CPU µs | ms until all have it |",
        "|---|--:|--:|--:|--:|",
    ]
    for name, each in (("bare Starlette", floor), ("ours", found)):
        rows.append(
            f"| {name} | {each.kib:.1f} | {each.cpu_us:.0f} | {each.postgres_us:.0f} | {each.delay_ms:.0f} |"
        )
    rows.append(goal("CPU of an event, times the floor's", found.cpu_us / floor.cpu_us, most=MOST_CPU))
    rows.append(goal("KiB of an open stream", found.kib, most=MOST_KIB))
    return "\n".join(rows)


async def main() -> None:
    async with data.server() as server:
        url = await data.kept(server, "events", _fill, ("bench/events.py",))
        print(told(await bare(), await ours(url, server.pid)))


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main())
