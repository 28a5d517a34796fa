"""A process that serves streams over real HTTP, people who listen, and another process that tells them."""

import asyncio
import json
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import uvicorn
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.routing import Router
from websockets.asyncio.client import ClientConnection, connect

from facade import problems
from servers import identity, middleware, streams
from servers.development import DevelopmentSignIns
from servers.protocol import SOCKETS, BoundedProtocol
from servers.runtime import Runtime, running
from servers.signin.websession import WebSessions
from storage import events, people, signins
from storage.bus import Bus, person
from tests.servers.applications import settings

PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person who has signed in."""

    id: int
    token: str
    session: int

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"}


@dataclass(slots=True)
class Place:
    """A server of streams."""

    runtime: Runtime
    url: str
    web: WebSessions
    streams: streams.Streams
    server: uvicorn.Server
    http: httpx.AsyncClient
    elsewhere: Bus
    """How another process sends its hints."""

    async def somebody(self, *scopes: str) -> Somebody:
        """Somebody new."""
        signing_in = DevelopmentSignIns(self.runtime.database, self.runtime.signer, self.runtime.catalog)
        async with self.runtime.database.writing() as db:
            found = await people.ensure(db, f"{uuid4().hex}@ghar.test")
        token = await signing_in.token(found.id, scopes)
        async with self.runtime.database.reading(primary=True) as db:
            (session,) = await signins.of_person(db, found.id, before=None, limit=1)
        return Somebody(found.id, token, session.id)

    async def told(self, whom: Somebody, *names: str, hint: bool = True) -> list[int]:
        """Let another process tell a person these events; gives the newest ids, the last one first."""
        async with self.runtime.database.writing() as db:
            await events.add(db, [(whom.id, name, {"which": name}) for name in names])
        if hint:
            await self.elsewhere.publish({person(whom.id)})
        async with self.runtime.database.reading(primary=True) as db:
            return [event.id for event in await events.after(db, {whom.id: 0}, 10_000)][::-1]

    async def signed_out(self, whom: Somebody) -> None:
        """End a person's sign-in."""
        async with self.runtime.database.writing() as db:
            await signins.end(db, whom.session)

    @asynccontextmanager
    async def listening(
        self, headers: dict[str, str], path: str = "/api/v1/events", **query: Any
    ) -> AsyncGenerator["Listening"]:
        """A stream that was opened."""
        async with self.http.stream("GET", path, headers=headers, params=query) as answer:
            assert answer.status_code == 200, await answer.aread()
            yield Listening(answer)

    @asynccontextmanager
    async def socket(
        self, path: str, whom: Somebody | None = None, **more: Any
    ) -> AsyncGenerator[ClientConnection]:
        """A WebSocket that was opened, by a token among the subprotocols where it is somebody's."""
        offered: Any = ["ghar", f"ghar.bearer.{whom.token}"] if whom else None
        address = self.url.replace("http", "ws", 1) + path
        async with connect(address, subprotocols=offered, open_timeout=PATIENCE, **more) as opened:
            yield opened


def read(message: str | bytes | bytearray) -> Any:
    """What a message says."""
    return json.loads(message)


class Listening:
    """What a stream says, piece by piece, as a browser reads it."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self._lines = answer.aiter_lines()

    async def piece(self) -> dict[str, str]:
        """The fields up to the next empty line; a comment is the field without a name."""
        said: dict[str, str] = {}
        async with asyncio.timeout(PATIENCE):
            async for line in self._lines:
                if not line:
                    return said
                name, _, value = line.partition(":")
                said[name] = value.removeprefix(" ")
        return said

    async def events(self, count: int) -> list[dict[str, str]]:
        """The next events, without comments and pieces that only say where the stream is."""
        found: list[dict[str, str]] = []
        while len(found) < count:
            said = await self.piece()
            assert said, "the stream ended"
            if "event" in said:
                found.append(said)
        return found

    async def names(self, count: int) -> list[str]:
        """What the next events are called."""
        return [each["event"] for each in await self.events(count)]


@asynccontextmanager
async def place(
    url: str, home: Path, elsewhere: Bus, *, every: float = 15.0, **more: Any
) -> AsyncGenerator[Place]:
    """A server of streams on the database at `url`."""
    async with running(settings(url, home, **more)) as runtime:
        web = WebSessions(runtime.database, runtime.keys, secure=False)
        who = identity.of(runtime, web)
        served = streams.Streams(runtime, who.identify, every=every)
        routes = ExceptionMiddleware(Router(served.routes()), handlers=problems.handlers())
        app = middleware.wrapped(routes, middleware.FrontDoor(limiter=runtime.ports.limiter))
        async with (
            who.running(),
            served.running(),
            _serving(app) as (server, base),
            httpx.AsyncClient(base_url=base, timeout=PATIENCE, limits=_MANY) as http,
        ):
            yield Place(runtime, base, web, served, server, http, elsewhere)


_MANY = httpx.Limits(max_connections=None)


@asynccontextmanager
async def _serving(app: Any) -> AsyncGenerator[tuple[uvicorn.Server, str]]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        # Whoever comes before the server is up waits in this queue.
        listener.listen(128)
        config = uvicorn.Config(
            app, http=BoundedProtocol, lifespan="off", log_config=None, timeout_graceful_shutdown=5, **SOCKETS
        )
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield server, f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving
