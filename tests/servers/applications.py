"""The whole application in process: its lifespan run, and a client that speaks to it."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from starlette.types import ASGIApp, Message

from servers.development import DevelopmentSignIns
from servers.jobs import clocked
from servers.runtime import Runtime, running
from servers.settings import Settings, load
from storage import schedules
from tools.contract import Audience


def settings(url: str, home: Path, **more: Any) -> Settings:
    """Settings of a small system on the database at `url`."""
    given = {
        "database_url": url,
        "home": home,
        "embedder": "hashing",
        "vectors": False,
        "requests_per_minute": UNCOUNTED,
    }
    return load(**(given | more))


async def development_token(chosen: Settings, role: Audience, *scopes: str) -> str:
    """A token of the made-up person of that role, with these scopes or all that the role can have."""
    async with running(chosen) as runtime:
        signing_in = DevelopmentSignIns(runtime.database, runtime.signer, runtime.catalog)
        return await signing_in.token(await signing_in.person(role), scopes)


UNCOUNTED = 1_000_000
"""More requests a minute than any test sends; what is counted is tested where it is."""


class StartFailed(Exception):
    """The application said that it cannot start."""


@asynccontextmanager
async def lifespan(app: ASGIApp) -> AsyncGenerator[None]:
    """Run an application's lifespan around the block, as a server does."""
    said: asyncio.Queue[Message] = asyncio.Queue()
    heard: asyncio.Queue[Message] = asyncio.Queue()

    async def live() -> None:
        await app({"type": "lifespan", "asgi": {}}, said.get, heard.put)

    living = asyncio.create_task(live())
    await said.put({"type": "lifespan.startup"})
    started = asyncio.create_task(heard.get())
    await asyncio.wait((living, started), return_when=asyncio.FIRST_COMPLETED)
    if not started.done():
        started.cancel()
        await living
        raise StartFailed
    if started.result()["type"] == "lifespan.startup.failed":
        await living
        raise StartFailed
    try:
        yield
    finally:
        await said.put({"type": "lifespan.shutdown"})
        await living


@asynccontextmanager
async def client_of(app: ASGIApp) -> AsyncGenerator[httpx.AsyncClient]:
    """A client that speaks to a started application."""
    async with lifespan(app):
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost:3600") as client:
            yield client


async def hold_clocks(runtime: Runtime) -> None:
    """Let the clock run no job, for tests of what nothing else may change."""
    async with runtime.database.writing() as db:
        for job in clocked(runtime):
            await schedules.pause(db, job.name, runtime.ports.clock.now())
