"""Servers under measurement: started as processes of their own, with the CPU that they and PostgreSQL use."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).parents[1]
LOG = ROOT / ".ghar" / "bench" / "servers.log"
"""Where the measured servers write; the cost of writing is theirs, too."""

IDLE = 0.03
"""Seconds of CPU in half a second below which a server counts as idle."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measurement: throughput, latency and CPU milliseconds a request, of the server and of PostgreSQL."""

    per_second: float
    p50_ms: float
    p95_ms: float
    server_cpu_ms: float
    postgres_cpu_ms: float
    statuses: dict[str, int]
    bytes: int


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers on loopback."""

    port: int
    process: psutil.Process

    async def measure(
        self, requests: Sequence[Mapping[str, Any]], *, concurrency: int, seconds: float, postgres: int | None
    ) -> Figure:
        """Load the server from another process for `seconds`. `postgres` is the postmaster's process id."""
        before = _cpu(self.process), cpu_of_postgres(postgres)
        said = await asyncio.to_thread(_load, self.port, concurrency, seconds, list(requests))
        after = _cpu(self.process), cpu_of_postgres(postgres)
        count = max(1, said["requests"])
        return Figure(
            per_second=said["per_second"],
            p50_ms=said["p50_ms"],
            p95_ms=said["p95_ms"],
            server_cpu_ms=(after[0] - before[0]) * 1000 / count,
            postgres_cpu_ms=(after[1] - before[1]) * 1000 / count,
            statuses=said["statuses"],
            bytes=said["bytes"],
        )

    async def settle(self, patience: int = 60) -> None:
        """Wait until what a start leaves to the background is done, for at most `patience` seconds."""
        for _ in range(2 * patience):
            before = _cpu(self.process)
            await asyncio.sleep(0.5)
            if _cpu(self.process) - before < IDLE:
                return

    def cpu(self) -> float:
        """Seconds of CPU that it has used so far."""
        return _cpu(self.process)


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def inherited() -> dict[str, str]:
    """The variables of this process, but for one that would have every start compile all modules anew."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@asynccontextmanager
async def serving(
    command: Sequence[str], port: int, ready: str, environment: Mapping[str, str]
) -> AsyncGenerator[Running]:
    """The server of `command`, once `ready` answers 200."""
    variables = inherited() | dict(environment)
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=variables, stdout=log, stderr=log
        )
    try:
        await _answers(f"http://127.0.0.1:{port}{ready}", process)
        running = Running(port, psutil.Process(process.pid))
        await running.settle()
        yield running
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait)


async def _answers(url: str, process: "subprocess.Popen[bytes]", attempts: int = 600) -> None:
    for _ in range(attempts):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode} before it answered")
        if await asyncio.to_thread(_ok, url):
            return
        await asyncio.sleep(0.1)
    raise RuntimeError(f"{url} did not answer")


def _ok(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def _load(port: int, concurrency: int, seconds: float, requests: list[Any]) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.load", str(port), str(concurrency), str(seconds)]
    done = subprocess.run(
        command, input=json.dumps(requests), text=True, capture_output=True, cwd=ROOT, check=True
    )
    return json.loads(done.stdout)


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


def cpu_of_postgres(postmaster: int | None) -> float:
    """Seconds of CPU that the processes of a PostgreSQL have used so far."""
    if postmaster is None:
        return 0.0
    return cpu_of(psutil.Process(postmaster).children())


def cpu_of(processes: Iterable[psutil.Process]) -> float:
    """Seconds of CPU that those of these which are still running have used so far."""
    return sum(_cpu(each) for each in processes if each.is_running())
