"""What it costs to know who is asking: a guest's read against a member's: `python -m bench.identity`."""

import asyncio
import statistics
import time
from pathlib import Path
from typing import Any

import uvloop

from bench import data
from bench.processes import free_port, serving
from bench.racing import Entrant, Figure, Race, goal, table
from bench.search import options
from servers.development import DevelopmentSignIns
from servers.identity import of
from servers.runtime import running
from servers.settings import load
from servers.signin.websession import WebSessions

PATH = "/api/v1/amenities"
"""A guest's tool that asks the database nothing, so that all that differs is the sign-in."""

GUEST, MEMBER, BROWSER = "guest", "member, by a token", "member, by a cookie"
CALLS, ROUNDS = 1_600, 9
CPU_MOST = 0.2
"""Milliseconds of the server's CPU."""


async def signed_in(url: str, home: Path, port: int) -> dict[str, dict[str, str]]:
    """The headers of each kind of caller."""
    chosen = load(database_url=url, home=home, port=port, embedder="hashing", vectors=False)
    async with running(chosen) as runtime:
        people = DevelopmentSignIns(runtime.database, runtime.signer, runtime.catalog)
        person = await people.person("member")
        token = await people.token(person)
        web = WebSessions(runtime.database, runtime.keys, secure=False)
        cookie = (await web.begin(person, "bench")).partition(";")[0]
    return {GUEST: {}, MEMBER: {"authorization": f"Bearer {token}"}, BROWSER: {"cookie": cookie}}


async def checked(url: str, home: Path, port: int, token: str) -> list[str]:
    """What the check alone costs in this process, where nothing else is measured along."""
    said: list[str] = []
    async with running(load(database_url=url, home=home, port=port, embedder="hashing")) as runtime:
        identity = of(runtime)
        scope = {"method": "GET", "headers": [(b"authorization", f"Bearer {token}".encode())]}
        for concurrency in (1, 16):
            rounds: list[float] = []
            for _ in range(ROUNDS):
                before = time.process_time()
                for _ in range(CALLS // concurrency):
                    asked = (identity.identify(scope, "any") for _ in range(concurrency))
                    await asyncio.gather(*asked)
                rounds.append((time.process_time() - before) * 1_000 / CALLS)
            spent = statistics.median(rounds)
            said.append(goal(f"c={concurrency}: CPU ms of the check alone", spent, most=CPU_MOST))
    return said


def request(headers: dict[str, str]) -> dict[str, Any]:
    """The one question of the race."""
    return {"method": "GET", "path": PATH, "headers": headers, "body": ""}


def verdict(concurrency: int, figures: dict[str, Figure]) -> str:
    """Whether the token costs no more than it may."""
    more = figures[MEMBER].server_cpu_ms - figures[GUEST].server_cpu_ms
    return goal(f"c={concurrency}: CPU ms that a token adds to a request", more, most=CPU_MOST)


async def main(race: Race) -> None:
    said: list[str] = []
    async with data.server() as server:
        url = await data.kept(server, "signins", _nothing, ("storage/migrations",))
        port = free_port()
        headers = await signed_in(url, data.HOME, port)
        token = headers[MEMBER]["authorization"].removeprefix("Bearer ")
        said += await checked(url, data.HOME, port, token)
        command = ["-c", "from servers.cli import main; main()", "serve", "--port", str(port)]
        timed = Race(race.seconds, race.rounds, server.pid)
        async with serving(command, port, "/health/ready", data.environment(url)) as ours:
            entrants = [Entrant(name, ours, [request(sent)]) for name, sent in headers.items()]
            await timed.warm(entrants)
            for concurrency in (1, 16):
                figures = await timed.run(entrants, concurrency)
                print(table(f"a trivial read over REST, concurrency {concurrency}", figures), flush=True)
                said.append(verdict(concurrency, figures))
    print("\n" + "\n".join(said))


async def _nothing(_url: str) -> None:
    """Leave the database as the migrations make it."""


if __name__ == "__main__":
    given = options(__doc__).parse_args()
    uvloop.run(main(Race(given.seconds, given.rounds)))
