"""The REST surface over a catalog, in process or behind a real server."""

from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from threading import Thread
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp

from facade import docs, problems, routes
from facade.challenges import Challenges
from storage.engine import Database, DatabaseOptions
from tests import loopback
from tests.bearers import DOOR, bearer
from tools.catalog import Catalog
from tools.contract import GUEST, Viewer
from tools.dispatch import Dispatcher
from tools.identity import AuthProviderUnreachable, Door, Identify, InvalidToken
from tools.ports import Ports

GHAR = Challenges("https://ghar.in")
NOWHERE = "postgresql://nobody@127.0.0.1:1/none"
"""Enough for catalogs whose tools open no connection: reads that need none."""


def identifying(scopes: frozenset[str]) -> Identify:
    """`Bearer member` and `Bearer staff` have these scopes, `Bearer visitor` none but the door's."""

    async def identify(scope: Mapping[str, Any], _door: Door) -> Viewer:
        match bearer(scope):
            case None:
                return GUEST
            case "Bearer member":
                return Viewer(1, "member", DOOR | scopes)
            case "Bearer visitor":
                return Viewer(2, "member", DOOR)
            case "Bearer staff":
                return Viewer(3, "staff", DOOR | scopes)
            case "Bearer outage":
                raise AuthProviderUnreachable
            case _:
                raise InvalidToken

    return identify


def application(ports: Ports, catalog: Catalog, url: str = NOWHERE) -> Starlette:
    """An application with the REST surface of a catalog, and its documents, on the database at `url`."""
    database = Database(DatabaseOptions(url))

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[None]:
        yield
        await database.close()

    dispatcher = Dispatcher(catalog, database, ports)
    identify = identifying(frozenset(tool.scope for tool in catalog if tool.scope))
    found = [*routes.routes(dispatcher, identify, GHAR), *docs.routes(catalog)]
    return Starlette(routes=found, exception_handlers=problems.handlers(GHAR), lifespan=lifespan)


@asynccontextmanager
async def client(app: Starlette) -> AsyncGenerator[httpx.AsyncClient]:
    """A client that speaks to the running application in process."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://testserver") as opened,
    ):
        yield opened


@contextmanager
def live(app: ASGIApp) -> Generator[str]:
    """The application behind a real server on loopback, at the URL that is given."""
    with loopback.listening() as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on", ws="none"))
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
