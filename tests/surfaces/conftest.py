"""One server process for all network surfaces, one for stdio, over the same real listings."""

import asyncio
import os
import socket
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest

from servers.runtime import running
from servers.settings import load
from tests.surfaces.callers import GHAR, LEGACY, MODERN, CommandLine, InAgent, Mcp, Rest, Surface, stdio
from tools.catalog import Catalog

SECRET = "a secret that all surfaces of the tests share"
READY_WITHIN = 60.0


@pytest.fixture(scope="session")
def environment(gurugram_url: str, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """What every process of the product is started with."""
    settings = {
        "GHAR_DATABASE_URL": gurugram_url,
        "GHAR_HOME": str(tmp_path_factory.mktemp("home")),
        "GHAR_SECRET": SECRET,
        "GHAR_EMBEDDER": "hashing",
        "GHAR_VECTORS": "false",
        "GHAR_MIGRATE": "false",
        "GHAR_LOG_LEVEL": "warning",
    }
    return {name: value for name, value in os.environ.items() if not name.startswith("GHAR_")} | settings


@pytest.fixture(scope="session")
async def live(environment: Mapping[str, str]) -> AsyncGenerator[httpx.AsyncClient]:
    """A client of `ghar serve`, once it is ready."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(GHAR, "serve", "--port", str(port), env=dict(environment))
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as http:
        await answering(http, process)
        yield http
    process.terminate()
    await process.wait()


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def answering(http: httpx.AsyncClient, process: asyncio.subprocess.Process) -> None:
    """Wait until the server says that it is ready."""
    async with asyncio.timeout(READY_WITHIN):
        while process.returncode is None:
            try:
                if (await http.get("/health/ready")).status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.05)
    raise AssertionError(f"ghar serve ended with {process.returncode}")


@pytest.fixture(scope="session")
async def surfaces(
    live: httpx.AsyncClient, environment: Mapping[str, str], catalog: Catalog
) -> AsyncGenerator[Mapping[str, Surface]]:
    """Every surface by name."""
    ours = load(
        database_url=environment["GHAR_DATABASE_URL"],
        home=Path(environment["GHAR_HOME"]),
        secret=SECRET,
        embedder="hashing",
        migrate=False,
    )
    async with AsyncExitStack() as stack:
        runtime = await stack.enter_async_context(running(ours))
        yield {
            "REST": Rest(live, catalog),
            f"MCP {MODERN}": Mcp(live, MODERN),
            f"MCP {LEGACY}": Mcp(live, LEGACY),
            "stdio": await stack.enter_async_context(stdio(environment)),
            "command line": CommandLine(environment),
            "agent": InAgent(runtime.dispatcher),
        }
