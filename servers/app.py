"""The composition root: the one place where the parts are put together into an application."""

import asyncio
import gc
import importlib
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from agent.chat import Chat
from agent.options import ModelOptions
from facade import beside, docs, problems
from facade.challenges import Challenges
from facade.routes import routes
from servers import (
    backfill,
    identity,
    listing_files,
    logs,
    media,
    middleware,
    pages,
    pictures,
    schedule,
    signin,
    streams,
    work,
)
from servers.health import Health
from servers.hooks import Bounces
from servers.hosts import table
from servers.later import Later, Made
from servers.middleware.bodies import Files
from servers.oauth.server import OAuthServer
from servers.pages import preview, screens
from servers.pages.account import AccountPages
from servers.pages.apps import AppLinks
from servers.pages.calendars import CalendarPages
from servers.pages.confirm import ConfirmPages
from servers.pages.family import FamilyPages
from servers.pages.report import ReportPages
from servers.pages.share import SharePages
from servers.pages.unsubscribe import UnsubscribePages
from servers.pages.visitors import Visitors
from servers.pages.watching import WatchPages
from servers.runtime import Progress, Runtime, begin, plain, quiet
from servers.settings import BadSettings, Settings
from servers.signin.websession import WebSessions
from servers.steps import Steps, stepwise
from servers.warming import Warming
from storage.embedded import EmbeddedError, Interrupted
from tools.faults import DATABASE_ERRORS
from tools.ports import Clock

log = logging.getLogger(__name__)

Prepare = Callable[[Runtime], Awaitable[None]]
MCP_PATHS = {"/mcp": "user", "/mcp-admin": "admin"}

_YOUNG = 20_000
"""Objects that may be made and kept before the garbage collector looks through them; some megabytes."""


class Surfaces:
    """Every surface over one runtime: MCP by its paths, everything else by its routes."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._challenges = Challenges(runtime.settings.url)
        self._web = WebSessions(
            runtime.database,
            runtime.keys,
            secure=runtime.settings.url.startswith("https://"),
            clock=runtime.ports.clock,
        )
        self._identity = identity.of(runtime, self._web)
        self._identify = self._identity.identify
        self._oauth = OAuthServer(runtime, self._web)
        self._chat = Chat(
            runtime.dispatcher,
            self._identify,
            _models(runtime.settings),
            sign_in=f"{runtime.settings.url}/sign-in",
        )
        self._streams = streams.Streams(runtime, self._identify)
        self._mcp = {path: Later(path, lambda path=path: self._mcp_endpoint(path)) for path in MCP_PATHS}
        self._warming = Warming(runtime)
        self._routes = self._routed()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["app"] = self
        app = self._mcp.get(scope["path"], self._routes) if scope["type"] == "http" else self._routes
        await app(scope, receive, send)

    async def start(self, steps: Steps) -> None:
        """Begin what runs beside the requests, the slow imports first. It ends in reverse."""
        runtime = self._runtime
        await steps.enter("the sign-ins", self._identity.running())
        made = [await steps.enter(path, later.running()) for path, later in self._mcp.items()]
        made.append(await steps.enter("the authorization server", self._oauth.running()))
        await steps.enter("the chat", _beside(self._chat.running(), made))
        await steps.enter("the hints for the cache", runtime.shared.listening())
        flags = runtime.dispatcher.switches.listening(runtime.ports.bus)
        await steps.enter("the hints for the flags", flags)
        alone = runtime.settings.serverless
        # The worker, the streams and the schedule end once a stop is asked for, beside the last requests.
        if not alone:
            await steps.enter("the warming", _beside(self._warming.running(), made))
        if not alone and runtime.settings.worker:
            await steps.enter("the worker", _beside(work.working(runtime), made, runtime.stopping))
        await steps.enter("the streams", _beside(self._streams.running(), [], runtime.stopping))
        if not alone:
            await steps.enter("the vectors", _beside(backfill.wanting(runtime), made, runtime.stopping))
            await steps.enter("the schedule", _beside(schedule.leading(runtime), made, runtime.stopping))
        await steps.enter("the settling", _settling(made))

    def _routed(self) -> ASGIApp:
        settings = self._runtime.settings
        handlers = problems.handlers(self._challenges)
        del handlers[Exception]
        every = [
            *media.Media(self._runtime, self._identify).routes(),
            *listing_files.ListingFiles(self._runtime).routes(),
            *routes(self._runtime.dispatcher, self._identify, self._challenges),
            *docs.routes(self._runtime.catalog, beside=beside.PATHS),
            *Health(self._runtime, self._warming).routes(),
            *self._chat.routes(),
            *self._streams.routes(),
            *self._oauth.routes(),
            *pages.routes(),
            *screens.routes(settings.site),
            *preview.routes(self._runtime),
            *signin.routes(self._runtime, self._web),
            *self._own_pages(),
            *pictures.routes(),
        ]
        return ExceptionMiddleware(Router(every, redirect_slashes=False), handlers=handlers)

    def _own_pages(self) -> list[Route]:
        runtime = self._runtime
        settings = runtime.settings
        apps = bool(settings.android_apps or settings.apple_apps)
        visitors = Visitors(runtime.dispatcher, runtime.database, self._web, self._identify)
        return [
            *AccountPages(visitors, runtime.ports.clock).routes(),
            *ConfirmPages(visitors).routes(),
            *ReportPages(visitors).routes(),
            *SharePages(runtime.dispatcher, settings.url, apps=apps).routes(),
            *AppLinks(settings.android_apps, settings.apple_apps).routes(),
            *CalendarPages(visitors).routes(),
            *UnsubscribePages(runtime.dispatcher, runtime.ports).routes(),
            *FamilyPages(runtime.dispatcher).routes(),
            *WatchPages(runtime.dispatcher).routes(),
            *Bounces(runtime.dispatcher, plain(runtime.settings.bounces_secret)).routes(),
        ]

    def _mcp_endpoint(self, path: str) -> Made:
        settings = self._runtime.settings
        mcp: Any = importlib.import_module("servers.mcp")
        server = mcp.build(
            self._runtime.dispatcher,
            MCP_PATHS[path],
            site=settings.site,
            state_key=self._runtime.keys.of("mcp request state"),
        )
        endpoint = mcp.http_app(
            server,
            path,
            identify=self._identify,
            allowed_hosts=settings.every_host,
            allowed_origins=settings.allowed_origins,
            challenges=self._challenges,
            hosts=table(settings.host_challenges),
        )
        return endpoint.asgi, endpoint.lifespan()


class Application:
    """The ASGI application: starts everything with its lifespan, and stops it in reverse."""

    def __init__(
        self,
        settings: Settings,
        progress: Progress = quiet,
        prepare: Prepare | None = None,
        *,
        clock: Clock | None = None,
    ) -> None:
        """`prepare` is done once the runtime stands and before the first request is answered.

        `clock` is for whoever moves it, and otherwise that of this machine.
        """
        self._clock = clock
        self._settings = settings
        self._progress = progress
        self._prepare = prepare
        self._app: ASGIApp | None = None
        self._runtime: Runtime | None = None
        self._steps: Steps | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        assert self._app is not None, "called outside of its lifespan"
        await self._app(scope, receive, send)

    def leave(self) -> None:
        """Let what runs for long come to its end: this process is asked to stop."""
        if self._runtime is not None:
            self._runtime.stopping.set()
        if self._steps is not None:
            self._steps.hurry()

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        async with stepwise(self._settings.drain_seconds) as steps:
            self._steps = steps
            try:
                self._app = await self._start(steps)
            except Interrupted:
                log.info("Stopped before it was ready; the next start goes on from here")
                await send({"type": "lifespan.startup.failed"})
                return
            except (BadSettings, EmbeddedError, *DATABASE_ERRORS) as error:
                log.error("This could not be started: %s", str(error) or type(error).__name__)
                await send({"type": "lifespan.startup.failed"})
                return
            log.info("Started, in milliseconds: %s", steps)
            await send({"type": "lifespan.startup.complete"})
            await receive()
            self.leave()
        log.info("Stopped, in milliseconds: %s", steps)
        await send({"type": "lifespan.shutdown.complete"})

    async def _start(self, steps: Steps) -> ASGIApp:
        runtime = self._runtime = await begin(steps, self._settings, self._progress, clock=self._clock)
        if self._prepare is not None:
            await self._prepare(runtime)
        surfaces = Surfaces(runtime)
        await surfaces.start(steps)
        settings = self._settings
        return middleware.wrapped(
            surfaces,
            middleware.FrontDoor(
                limiter=runtime.ports.limiter,
                max_body_bytes=settings.max_body_bytes,
                files=(
                    Files(media.SENT, max(media.MOST_BODY, settings.max_body_bytes)),
                    Files(listing_files.SENT, listing_files.MOST_BODY),
                ),
                secure=settings.url.startswith("https://"),
                origins=settings.allowed_origins if settings.production else None,
                proxies=settings.trusted_proxies,
                shared=settings.shared_networks,
            ),
        )


def create_app(settings: Settings) -> ASGIApp:
    """The whole application, for a server or a test that runs its lifespan."""
    logs.configure(settings)
    return Application(settings)


def _models(settings: Settings) -> ModelOptions:
    return ModelOptions(gemini_key=plain(settings.gemini_api_key), glm_key=plain(settings.glm_api_key))


@asynccontextmanager
async def _beside(
    context: AbstractAsyncContextManager[object],
    made: Sequence[asyncio.Future[ASGIApp]],
    stopping: asyncio.Event | None = None,
) -> AsyncGenerator[None]:
    """Enter a context in the background once these are made, and leave it when the block ends.

    Imports of several threads hold each other up, and MCP hosts wait less patiently than people. With
    `stopping` it is left as soon as that is set, beside the requests that are still under way then.
    """
    ended = stopping or asyncio.Event()

    async def hold() -> None:
        if made:
            await _first(asyncio.wait(made), ended.wait())
        if not ended.is_set():
            async with context:
                await ended.wait()

    holding = asyncio.create_task(hold(), name="holds what runs beside")
    try:
        yield
    finally:
        ended.set()
        await holding


async def _first(*awaited: Coroutine[Any, Any, object]) -> None:
    """Wait for the first of these and give up the others."""
    tasks = [asyncio.create_task(each) for each in awaited]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()


@asynccontextmanager
async def _settling(made: Sequence[asyncio.Future[ASGIApp]]) -> AsyncGenerator[None]:
    """Take what the start has made out of the garbage collector's sight, now and once all of it is there."""
    _settle()
    task = asyncio.create_task(_settle_after(made), name="settling")
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _settle_after(made: Sequence[asyncio.Future[ASGIApp]]) -> None:
    await asyncio.wait(made)
    _settle()


def _settle() -> None:
    gc.collect()
    gc.freeze()
    # What is made for a request ends with it, without the collector: looking for more after every few hundred
    # objects costs a search one part in twenty.
    gc.set_threshold(_YOUNG, 20, 20)
