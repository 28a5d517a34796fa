"""A small application behind the door, and clients that come to it from chosen addresses."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import httpx
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route, Router
from starlette.types import ASGIApp

from servers.logs import request_id

CLIENT = "203.0.113.7"
PATHS = ("/token", "/sign-in", "/mcp", "/health/live", "/pages")


async def hello(request: Request) -> Response:
    """Says who asks, as the door has it."""
    host = request.client.host if request.client else None
    said = {"client": host, "scheme": request.url.scheme, "request_id": request_id.get()}
    return JSONResponse(said)


async def varied(_request: Request) -> Response:
    """An answer with headers of its own."""
    return PlainTextResponse("varied", headers={"vary": "Authorization", "cache-control": "private"})


async def stream(_request: Request) -> Response:
    """A stream of a hundred pieces."""

    async def pieces() -> AsyncGenerator[str]:
        for number in range(100):
            yield f"data: {number}\n\n"
            await asyncio.sleep(0)

    return StreamingResponse(pieces(), media_type="text/event-stream")


async def parse(request: Request) -> Response:
    """Parses whatever comes, by Python's own parser."""
    return JSONResponse({"kind": type(await request.json()).__name__})


def small() -> ASGIApp:
    """The application."""
    every = ["GET", "POST"]
    routes = [
        Route("/hello", hello, methods=[*every, "DELETE"]),
        Route("/varied", varied),
        Route("/stream", stream),
        Route("/parse", parse, methods=["POST"]),
        *(Route(path, hello, methods=every) for path in PATHS),
    ]
    return Router(routes, redirect_slashes=False)


@asynccontextmanager
async def coming_from(
    app: ASGIApp, host: str = CLIENT, scheme: str = "http"
) -> AsyncGenerator[httpx.AsyncClient]:
    """A client of an application, at an address."""
    transport = httpx.ASGITransport(app, client=(host, 40_000))
    async with httpx.AsyncClient(transport=transport, base_url=f"{scheme}://ghar.test") as client:
        yield client
