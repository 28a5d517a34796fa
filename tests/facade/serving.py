"""The REST surface over a catalog, without a database: no tool of these catalogs opens a connection."""

import socket
from collections.abc import Generator
from contextlib import contextmanager
from threading import Thread
from types import ModuleType

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp

from facade import docs, problems, routes
from storage.engine import Database, DatabaseOptions
from tools.catalog import Catalog
from tools.contract import GUEST, Viewer
from tools.dispatch import Dispatcher
from tools.identity import InvalidToken
from tools.ports import Ports

SCOPES = frozenset({"viewings:read", "viewings:write"})
NOWHERE = "postgresql://nobody@127.0.0.1:1/none"


async def identify(authorization: str | None) -> Viewer:
    """`Bearer member` is a member, `Bearer staff` is staff, and `Bearer visitor` a member without scopes."""
    match authorization:
        case None:
            return GUEST
        case "Bearer member":
            return Viewer(1, "member", SCOPES)
        case "Bearer visitor":
            return Viewer(2, "member")
        case "Bearer staff":
            return Viewer(3, "staff", SCOPES)
        case _:
            raise InvalidToken


def application(ports: Ports, *modules: ModuleType) -> Starlette:
    """An application with the REST surface of these modules' tools, and its documents."""
    catalog = Catalog.of(modules)
    dispatcher = Dispatcher(catalog, Database(DatabaseOptions(NOWHERE)), ports)
    found = [*routes.routes(dispatcher, identify), *docs.routes(catalog)]
    return Starlette(routes=found, exception_handlers=problems.handlers())


def client(app: ASGIApp) -> httpx.AsyncClient:
    """A client that speaks to the application in process."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://testserver")


@contextmanager
def live(app: ASGIApp) -> Generator[str]:
    """The application behind a real server on loopback, at the URL that is given."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", ws="none"))
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
