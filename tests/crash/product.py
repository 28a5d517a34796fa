"""The real product in processes of its own, on a home of its own: started, asked, killed."""

import asyncio
import json
import os
import re
import resource
import signal
import socket
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import asyncpg
import httpx

ROOT = Path(__file__).parents[2]
GHAR = str(Path(sys.executable).parent / "ghar")
PATIENCE = 60.0
BETWEEN = 0.05
T = TypeVar("T")


async def until(what: str, look: Callable[[], Awaitable[T | None]], within: float = PATIENCE) -> T:
    """What `look` finds, once it finds something. Fails with `what` was awaited when that takes too long."""
    ends = time.monotonic() + within
    while time.monotonic() < ends:
        if (found := await look()) is not None:
            return found
        await asyncio.sleep(BETWEEN)
    raise AssertionError(f"{what}: not within {within:g} s")


@dataclass(slots=True)
class Product:
    """One home, and the processes that work on it."""

    home: Path
    port: int
    processes: list[asyncio.subprocess.Process] = field(default_factory=list[asyncio.subprocess.Process])
    settings: dict[str, str] = field(default_factory=dict[str, str])
    """More variables for whatever is started."""

    largest: int = resource.RLIM_INFINITY
    """The bytes beyond which no file of whatever is started can grow, as if the disk were full."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def ghar(self, *arguments: str) -> asyncio.subprocess.Process:
        """A command, started."""
        environment = {
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "HOME": os.environ.get("HOME", "/"),
            "PYTHONPATH": str(ROOT),
            "GHAR_HOME": str(self.home),
            "GHAR_EMBEDDER": "hashing",
            "GHAR_VECTORS": "false",
            "GHAR_REQUESTS_PER_MINUTE": "1000000",
            **self.settings,
        }
        with (self.home.parent / f"{arguments[0]}.log").open("ab") as said:
            process = await asyncio.create_subprocess_exec(
                *(GHAR, *arguments),
                env=environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=said,
                start_new_session=True,
                preexec_fn=self._limit,
            )
        self.processes.append(process)
        return process

    def _limit(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (self.largest, resource.RLIM_INFINITY))

    async def end(self) -> None:
        """End what runs in good order, PostgreSQL too."""
        for process in self.processes:
            if process.returncode is None:
                process.terminate()
                await process.wait()

        async def gone() -> bool | None:
            return None if (self.home / "data/postmaster.pid").exists() else True

        await until("PostgreSQL has ended", gone)

    async def done(self, *arguments: str) -> Any:
        """What a command that must succeed printed, read as JSON."""
        process = await self.ghar(*arguments)
        out, _ = await process.communicate()
        assert process.returncode == 0, self.said(arguments[0])
        return json.loads(out) if out else None

    async def serve(self, port: int | None = None) -> asyncio.subprocess.Process:
        """A server that is ready to search, on the product's own port or another."""
        port = port or self.port
        process = await self.ghar("serve", "--port", str(port))
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http:

            async def ready() -> bool | None:
                assert process.returncode is None, self.said("serve")
                try:
                    return (await http.get("/health/ready")).status_code == 200 or None
                except httpx.TransportError:
                    return None

            await until("the server is ready", ready)
        return process

    def said(self, command: str) -> str:
        """What that command's processes wrote to standard error."""
        return (self.home.parent / f"{command}.log").read_text(errors="replace")

    @property
    def postmaster(self) -> int:
        """The process id of the embedded PostgreSQL's first process."""
        return int((self.home / "data/postmaster.pid").read_text().split()[0])

    @property
    def database_url(self) -> str:
        return f"postgresql://ghar@/ghar?host={quote(str(self.home / 'run'))}&port=5432"

    @asynccontextmanager
    async def connected(self) -> AsyncGenerator["asyncpg.Connection[asyncpg.Record]"]:
        """A look at the database from outside, once it can be reached."""

        async def connect() -> "asyncpg.Connection[asyncpg.Record] | None":
            try:
                return await asyncpg.connect(self.database_url, timeout=5)
            except (OSError, asyncpg.PostgresError, TimeoutError):
                return None

        connection = await until("the database answers", connect)
        try:
            yield connection
        finally:
            await connection.close()

    async def properties(self) -> list[tuple[str, str]]:
        """Every property's source and id there, in order."""
        async with self.connected() as db:
            rows = await db.fetch("select source, source_id from properties order by source, source_id")
        return [(row["source"], row["source_id"]) for row in rows]

    async def orphans(self) -> list[Any]:
        """Whatever belongs to no property, or is missing beside one."""
        async with self.connected() as db:
            return await db.fetch(
                "select s.property_id from property_search s full join properties p on p.id = s.property_id "
                "where s.property_id is null or p.id is null"
            )

    async def backend(self, doing: str) -> int:
        """The process id of a backend whose statement holds these words, once there is one."""
        async with self.connected() as db:

            async def busy() -> int | None:
                return await db.fetchval(
                    "select pid from pg_stat_activity where state <> 'idle' and query ilike $1 "
                    "and pid <> pg_backend_pid()",
                    f"%{doing}%",
                )

            return await until(f"a backend does {doing!r}", busy)

    async def stop(self) -> None:
        """End everything that was started, PostgreSQL too."""
        for process in self.processes:
            if process.returncode is None:
                process.kill()
                await process.wait()
        pid_file = self.home / "data/postmaster.pid"
        if pid_file.exists():
            pid = self.postmaster
            kill(pid, signal.SIGQUIT)

            async def gone() -> bool | None:
                return None if Path(f"/proc/{pid}").exists() and pid_file.exists() else True

            await until("PostgreSQL ends", gone)


def kill(pid: int, how: signal.Signals = signal.SIGKILL) -> None:
    """End a process that may have ended by itself."""
    try:
        os.kill(pid, how)
    except ProcessLookupError:
        return


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class Answers:
    """What a steady stream of searches got, in order: status, code, and seconds taken."""

    got: list[tuple[int, str, float]] = field(default_factory=list[tuple[int, str, float]])

    @property
    def statuses(self) -> set[int]:
        return {status for status, _, _ in self.got}

    async def until_status(self, status: int, after: int) -> None:
        """Wait for an answer of this status beyond the first `after`."""

        async def seen() -> bool | None:
            return any(each == status for each, _, _ in self.got[after:]) or None

        await until(f"a search gets {status}", seen)

    @property
    def slowest(self) -> float:
        return max(seconds for _, _, seconds in self.got)


@contextmanager
def freeze(product: Product) -> Generator[None]:
    """PostgreSQL stands still for the length of the block: it neither answers nor hangs up."""
    first = product.postmaster
    children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    family = [first, *map(int, children)]
    for pid in family:
        kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in family:
            kill(pid, signal.SIGCONT)


@asynccontextmanager
async def searching(url: str, clients: int = 4) -> AsyncGenerator[Answers]:
    """Searches from several clients for the length of the block, every answer checked as it comes."""
    answers, going = Answers(), asyncio.Event()
    async with httpx.AsyncClient(base_url=url, timeout=30) as http:
        asking = [asyncio.create_task(_search(http, answers, going, number)) for number in range(clients)]
        try:
            yield answers
        finally:
            going.set()
            await asyncio.gather(*asking)


async def _search(http: httpx.AsyncClient, answers: Answers, ended: asyncio.Event, number: int) -> None:
    asked = {"limit": 5, "sort": ("best", "price", "newest")[number % 3]}
    while not ended.is_set():
        begun = time.monotonic()
        answer = await http.get("/api/v1/properties", params=asked)
        code = ""
        if answer.status_code != 200:
            error = answer.json()["error"]
            code = error["code"]
            assert set(error) == {"code", "message", "details"}
            assert re.search(r"[.]$", error["message"])
            assert answer.status_code != 503 or int(answer.headers["retry-after"]) > 0
        answers.got.append((answer.status_code, code, time.monotonic() - begun))


async def recovered(answers: Answers, runs: int = 20, within: float = PATIENCE) -> float:
    """Seconds until the last `runs` searches in a row succeeded, from now."""
    begun, seen = time.monotonic(), len(answers.got)

    async def well() -> bool | None:
        new = answers.got[seen:]
        return (len(new) >= runs and all(status == 200 for status, _, _ in new[-runs:])) or None

    await until("searches succeed again", well, within)
    return time.monotonic() - begun
