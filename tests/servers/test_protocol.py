"""Heads of requests: what is too large or does not come is ended, and nothing else notices."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from servers.protocol import MOST_HEAD, BoundedProtocol


class Hasty(BoundedProtocol):
    patience = 0.3


@pytest.fixture
async def address() -> AsyncGenerator[tuple[str, int]]:
    """A server that answers the length of what it is sent, and waits for heads but a moment."""

    async def length(request: Request) -> Response:
        return Response(str(len(await request.body())))

    app = Starlette(routes=[Route("/", length, methods=["GET", "POST"])])
    server = uvicorn.Server(uvicorn.Config(app, port=0, http=Hasty, ws="none", log_config=None))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0)
    yield server.servers[0].sockets[0].getsockname()
    server.should_exit = True
    await serving


@asynccontextmanager
async def connected(
    address: tuple[str, int],
) -> AsyncGenerator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection(*address)
    try:
        yield reader, writer
    finally:
        writer.close()


async def asked(address: tuple[str, int], *parts: bytes) -> bytes:
    """What comes back until the server ends the connection."""
    async with asyncio.timeout(20), connected(address) as (reader, writer):
        for part in parts:
            writer.write(part)
            await writer.drain()
        return await reader.read()


@pytest.mark.parametrize("size", [MOST_HEAD + 1, 4 * MOST_HEAD, 40 * MOST_HEAD])
async def test_headers_that_are_too_large_are_refused(address: tuple[str, int], size: int) -> None:
    try:
        answer = await asked(address, b"GET / HTTP/1.1\r\nhost: a\r\nx: " + b"x" * size, b"\r\n\r\n")
    except ConnectionError:
        return
    assert answer.startswith(b"HTTP/1.1 400") or answer == b""


async def test_headers_that_trickle_in_without_end_are_refused(address: tuple[str, int]) -> None:
    line = b"x: " + b"x" * 997 + b"\r\n"
    answer = await asked(address, b"GET / HTTP/1.1\r\nhost: a\r\n", *([line] * (MOST_HEAD // 1000 + 2)))
    assert answer.startswith(b"HTTP/1.1 400")


async def test_a_connection_that_stops_before_or_in_its_head_is_closed(
    address: tuple[str, int],
) -> None:
    assert await asked(address) == b""
    assert await asked(address, b"GET / HTTP/1.1\r\nhost: a\r\n") == b""


async def test_a_body_may_be_larger_and_slower_than_a_head(address: tuple[str, int]) -> None:
    size = 4 * MOST_HEAD
    head = b"POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: %d\r\n\r\n" % (2 * size)
    async with asyncio.timeout(20), connected(address) as (reader, writer):
        writer.write(head + b"x" * size)
        assert await asked(address) == b"", "meanwhile, the time for a head has passed"
        writer.write(b"x" * size)
        assert (await reader.read()).endswith(str(2 * size).encode())


async def test_a_connection_is_used_again_as_ever(address: tuple[str, int]) -> None:
    async with asyncio.timeout(20), connected(address) as (reader, writer):
        for _ in range(3):
            writer.write(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n")
            assert await reader.readline() == b"HTTP/1.1 200 OK\r\n"
            assert (await reader.readuntil(b"\r\n\r\n0")).endswith(b"0")
