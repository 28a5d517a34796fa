"""Servers with a trivial tool, ours and bare: `python -m bench.trivial KIND PORT TOOLS`."""

import dataclasses
import sys
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
import uvloop
from fastmcp import FastMCP
from pydantic_core import to_json
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp

from facade.routes import routes
from servers import logs, middleware
from servers.adapters.embedder import ThreadedEmbedder
from servers.adapters.hashing import HashingModel
from servers.adapters.limiter import LocalLimiter
from servers.mcp import build, http_app
from servers.settings import Settings
from storage.bus import LocalBus
from storage.engine import Database, DatabaseOptions
from tools.catalog import Catalog
from tools.contract import GUEST, Call, Model, Viewer, tool
from tools.cursors import Cursors
from tools.dispatch import Dispatcher
from tools.identity import Door
from tools.ports import Ports, SystemClock

UNUSED = "postgresql://nobody@127.0.0.1:1/none"
"""No trivial tool asks the database, so none is connected to."""


class Numbers(Model):
    a: int
    b: int


class Sum(Model):
    total: int


@tool("guest", "read", http="GET /sum")
async def add(call: Call, ask: Numbers) -> Sum:
    """The sum of two numbers."""
    return Sum(total=ask.a + ask.b)


def dispatcher(count: int) -> Dispatcher:
    """Ours, with `count` tools: `add`, and copies of it under other names."""
    copies = [
        dataclasses.replace(add, name=f"add_{number}", http=f"GET /sum/{number}")
        for number in range(1, count)
    ]
    embedder = ThreadedEmbedder("hashing", 8, lambda: HashingModel(8))
    ports = Ports(embedder, LocalBus(), SystemClock(), Cursors(b"of the benchmark"))
    return Dispatcher(Catalog([add, *copies]), Database(DatabaseOptions(url=UNUSED)), ports)


async def guest(_scope: Mapping[str, Any], _door: Door) -> Viewer:
    """Everybody is a guest here."""
    return GUEST


def wrapped(app: ASGIApp) -> ASGIApp:
    """Behind everything that a request of ours passes."""
    return middleware.wrapped(app, middleware.FrontDoor(LocalLimiter(1_000_000)))


def our_mcp(count: int) -> ASGIApp:
    endpoint = http_app(build(dispatcher(count), "user"), "/mcp", identify=guest)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncGenerator[None]:
        async with endpoint.lifespan():
            yield

    # The lifespan belongs to the router, the middleware to requests alone.
    return Starlette(
        routes=[Route("/ready", ready), Route("/mcp", wrapped(endpoint.asgi), methods=["POST"])],
        lifespan=lifespan,
    )


def bare_mcp(count: int) -> ASGIApp:
    server: FastMCP[None] = FastMCP("bare")
    for number in range(count):
        server.tool(_plain_add, name=f"add_{number}" if number else "add")
    app = server.http_app(path="/mcp", stateless_http=True, json_response=True)
    app.router.routes.append(Route("/ready", ready))
    return app


def _plain_add(a: int, b: int) -> Sum:
    """The sum of two numbers."""
    return Sum(total=a + b)


def our_rest(count: int) -> ASGIApp:
    return Starlette(routes=[Route("/ready", ready), *_api(count)])


def _api(count: int) -> list[Route]:
    api = wrapped(Router(list(routes(dispatcher(count), guest))))
    return [Route("/api/v1/sum", api)]


def bare_rest(_count: int) -> ASGIApp:
    async def plain(request: Request) -> Response:
        asked = request.query_params
        body = to_json({"total": int(asked["a"]) + int(asked["b"])})
        return Response(body, media_type="application/json")

    return Starlette(routes=[Route("/ready", ready), Route("/api/v1/sum", plain)])


async def ready(_request: Request) -> Response:
    """Says that requests are answered."""
    return Response()


KINDS: dict[str, Callable[[int], ASGIApp]] = {
    "our-mcp": our_mcp,
    "bare-mcp": bare_mcp,
    "our-rest": our_rest,
    "bare-rest": bare_rest,
}


async def main() -> None:
    kind, port, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    if kind.startswith("our"):
        logs.configure(Settings())
    config = uvicorn.Config(
        KINDS[kind](count),
        port=port,
        loop="uvloop",
        http="httptools",
        ws="none",
        access_log=False,
        log_level="warning",
    )
    await uvicorn.Server(config).serve()


if __name__ == "__main__":
    uvloop.run(main())
