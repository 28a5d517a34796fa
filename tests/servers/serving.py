"""Servers for tests: a dispatcher over any catalog, and real HTTP on a free loopback port."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from servers.mcp import Endpoint
from storage.bus import LocalBus
from storage.engine import Database, DatabaseOptions
from tests import loopback
from tests.bearers import DOOR, bearer
from tools.catalog import Catalog
from tools.contract import GUEST, Viewer
from tools.cursors import Cursors
from tools.dispatch import Dispatcher
from tools.identity import AuthProviderUnreachable, Door, InvalidToken
from tools.ports import Ports, SystemClock

VIEWERS = {
    "Bearer member": Viewer(7, "member", DOOR | {"visits:read", "visits:write"}),
    "Bearer other": Viewer(8, "member", DOOR | {"visits:read", "visits:write"}),
    "Bearer narrow": Viewer(9, "member", DOOR | {"visits:read"}),
    "Bearer staff": Viewer(10, "staff", DOOR),
    "Bearer admin": Viewer(11, "admin", DOOR | {"people:read", "listings:review"}),
}
OUTAGE = "Bearer outage"
NOWHERE = "postgresql://nobody@127.0.0.1:1/nowhere"


async def identify(scope: Mapping[str, Any], _door: Door) -> Viewer:
    """The people above, by their tokens."""
    return known(bearer(scope))


def known(authorization: str | None) -> Viewer:
    """Who one of these headers stands for."""
    if authorization is None:
        return GUEST
    if authorization == OUTAGE:
        raise AuthProviderUnreachable
    if authorization not in VIEWERS:
        raise InvalidToken
    return VIEWERS[authorization]


class NoEmbedder:
    """Says that it has no vectors; nothing that is tested with it asks for one."""

    model = "none"
    dimensions = 0

    async def query(self, text: str) -> list[float]:
        return []

    async def passages(self, texts: Sequence[str]) -> list[list[float]]:
        return []


def dispatcher(catalog: Catalog, url: str = NOWHERE) -> Dispatcher:
    """A dispatcher for tools that touch no database, unless `url` names one."""
    return Dispatcher(catalog, Database(DatabaseOptions(url)), _ports())


@asynccontextmanager
async def dispatching(catalog: Catalog, url: str) -> AsyncGenerator[Dispatcher]:
    """A dispatcher for tools that write to the database at `url`."""
    database = Database(DatabaseOptions(url))
    yield Dispatcher(catalog, database, _ports())
    await database.close()


def _ports() -> Ports:
    return Ports(NoEmbedder(), LocalBus(), SystemClock(), Cursors(b"for tests only"))


@asynccontextmanager
async def listening(app: ASGIApp) -> AsyncGenerator[str]:
    """`app` on a free loopback port; gives its base URL."""
    with loopback.listening() as listener:
        port: int = listener.getsockname()[1]
        config = uvicorn.Config(app, lifespan="off", log_config=None, timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            await serving


@asynccontextmanager
async def serving(endpoint: Endpoint) -> AsyncGenerator[str]:
    """The endpoint over real HTTP; gives its URL."""
    async with endpoint.lifespan(), listening(endpoint.asgi) as base:
        yield base + endpoint.path
