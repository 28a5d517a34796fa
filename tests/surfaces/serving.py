"""A running `ghar serve`, and what its processes are started with."""

import asyncio
import os
import socket
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.surfaces.callers import GHAR

SECRET = "a secret that all surfaces of the tests share"
READY_WITHIN = 60.0


@dataclass(frozen=True, slots=True)
class Serving:
    """A server that is ready."""

    url: str
    environment: Mapping[str, str]
    """What every process of the product is started with."""


def environment(database_url: str, home: Path) -> Mapping[str, str]:
    """The variables of a process of the product on this database, without what a developer may have set."""
    settings = {
        "GHAR_DATABASE_URL": database_url,
        "GHAR_HOME": str(home),
        "GHAR_SECRET": SECRET,
        "GHAR_EMBEDDER": "hashing",
        "GHAR_VECTORS": "false",
        "GHAR_REQUESTS_PER_MINUTE": "1000000",
        "GHAR_MIGRATE": "false",
        "GHAR_LOG_LEVEL": "warning",
    }
    return {name: value for name, value in os.environ.items() if not name.startswith("GHAR_")} | settings


@asynccontextmanager
async def serving(variables: Mapping[str, str]) -> AsyncGenerator[Serving]:
    """`ghar serve`, once it is ready."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(GHAR, "serve", "--port", str(port), env=dict(variables))
    url = f"http://127.0.0.1:{port}"
    async with httpx.AsyncClient(base_url=url, timeout=30) as http:
        await _ready(http, process)
    yield Serving(url, variables)
    process.terminate()
    await process.wait()


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _ready(http: httpx.AsyncClient, process: asyncio.subprocess.Process) -> None:
    async with asyncio.timeout(READY_WITHIN):
        while process.returncode is None:
            try:
                if (await http.get("/health/ready")).status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.05)
    raise AssertionError(f"ghar serve ended with {process.returncode}")
