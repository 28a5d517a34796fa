"""One server process for all network surfaces, one for stdio, over the same real listings."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack

import httpx
import pytest

from servers.runtime import running
from servers.settings import load
from tests.access.world import URL
from tests.surfaces.callers import LEGACY, MODERN, CommandLine, InAgent, Mcp, Rest, Surface, stdio
from tests.surfaces.serving import SECRET, environment, serving
from tools.catalog import Catalog


@pytest.fixture(scope="session")
async def surfaces(
    gurugram_url: str, catalog: Catalog, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[Mapping[str, Surface]]:
    """Every surface by name."""
    home = tmp_path_factory.mktemp("home")
    kept = {"database_url": gurugram_url, "home": home, "secret": SECRET, "public_url": URL}
    ours = load(**kept, embedder="hashing", migrate=False)
    variables = {**environment(gurugram_url, home), "GHAR_PUBLIC_URL": URL}
    headers = {"host": URL.partition("://")[2]}
    async with AsyncExitStack() as stack:
        runtime = await stack.enter_async_context(running(ours))
        served = await stack.enter_async_context(serving(variables))
        http = await stack.enter_async_context(
            httpx.AsyncClient(base_url=served.url, headers=headers, timeout=30)
        )
        yield {
            "REST": Rest(http, catalog),
            f"MCP {MODERN}": Mcp(http, MODERN),
            f"MCP {LEGACY}": Mcp(http, LEGACY),
            "stdio": await stack.enter_async_context(stdio(served.environment)),
            "command line": CommandLine(served.environment),
            "agent": InAgent(runtime.dispatcher),
        }
