"""The floor of `bench.events`: Starlette alone, which sends what it is told to every open stream."""

import asyncio
import sys
from collections.abc import AsyncGenerator

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route

_open: set["asyncio.Queue[bytes]"] = set()


async def events(_request: Request) -> StreamingResponse:
    """A stream that says whatever is said to all."""
    return StreamingResponse(_said(), media_type="text/event-stream")


async def _said() -> AsyncGenerator[bytes]:
    queue: asyncio.Queue[bytes] = asyncio.Queue()
    _open.add(queue)
    try:
        yield b"retry: 3000\n\n"
        while True:
            yield await queue.get()
    finally:
        _open.discard(queue)


async def say(request: Request) -> PlainTextResponse:
    """Say something to all, with the id that is asked for."""
    frame = f"id: {request.query_params['id']}\nevent: said\ndata: {'x' * 80}\n\n".encode()
    for queue in _open:
        queue.put_nowait(frame)
    return PlainTextResponse("said")


async def ready(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("ok")


if __name__ == "__main__":
    routes = [Route("/events", events), Route("/say", say), Route("/ready", ready)]
    uvicorn.run(
        Starlette(routes=routes),
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        ws="none",
        access_log=False,
        log_level="warning",
    )
