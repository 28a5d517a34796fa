"""The whole application on a free port of loopback, with a database of its own."""

import asyncio
import itertools
import os
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import uvicorn

from servers.app import Application, Prepare
from servers.runtime import Runtime
from servers.settings import Settings
from storage import embedded
from tests import loopback
from tests.homes import settle
from tests.servers.applications import lifespan, settings

UNLIMITED = 10_000_000
"""More requests a minute than any test sends. Tests of the limits choose others."""

_numbers = itertools.count()


@dataclass(frozen=True, slots=True)
class House:
    """A running application, as the world and its tests see it."""

    url: str
    database_url: str
    http: httpx.AsyncClient
    """A client without cookies."""

    settings: Settings
    runtime: Runtime

    @property
    def user(self) -> str:
        """The MCP server of guests and members."""
        return f"{self.url}/mcp"

    @property
    def admin(self) -> str:
        """The MCP server of staff."""
        return f"{self.url}/mcp-admin"

    async def query(self, statement: str, *arguments: Any) -> list[dict[str, Any]]:
        """What a statement finds in the database, from outside the application."""
        connection = await asyncpg.connect(self.database_url)
        try:
            return [dict(row) for row in await connection.fetch(statement, *arguments)]
        finally:
            await connection.close()


@asynccontextmanager
async def open_house(
    server: embedded.Server, template: str, home: Path, prepare: Prepare | None = None, **chosen: Any
) -> AsyncGenerator[House]:
    """A house on an empty database, with these settings; `prepare` is done before it opens."""
    name = f"house_{os.getpid()}_{next(_numbers)}"
    database_url = await server.create_database(name, template)
    try:
        with loopback.listening() as listening:
            usual = {"port": listening.getsockname()[1], "requests_per_minute": UNLIMITED}
            given = settings(database_url, home, **(usual | chosen))
            made: list[Runtime] = []

            async def look(runtime: Runtime) -> None:
                made.append(runtime)
                if prepare is not None:
                    await prepare(runtime)

            app = Application(given, prepare=look)
            async with _serving(app, listening), httpx.AsyncClient(timeout=30) as http:
                yield House(f"http://localhost:{given.port}", database_url, http, given, made[0])
    finally:
        await server.drop_database(name)


@asynccontextmanager
async def furnished(server: embedded.Server, template: str, home: Path) -> AsyncGenerator[House]:
    """A house with the handful of homes in it."""

    async def furnish(runtime: Runtime) -> None:
        await settle(runtime.database, home)

    async with open_house(server, template, home, prepare=furnish) as opened:
        yield opened


@asynccontextmanager
async def _serving(app: Application, listening: socket.socket) -> AsyncGenerator[None]:
    config = uvicorn.Config(
        app, lifespan="off", log_config=None, access_log=False, ws="none", timeout_graceful_shutdown=1
    )
    async with lifespan(app):
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            yield
        finally:
            server.should_exit = True
            await serving
