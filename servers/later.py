"""An application that takes long to import: made beside the serving, and waited for only by who needs it."""

import asyncio
import logging
import threading
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from starlette.types import ASGIApp, Receive, Scope, Send

log = logging.getLogger(__name__)

_ONE_AT_A_TIME = threading.Lock()
"""Two threads that import packages which import each other end in a deadlock, so the next one waits."""

Made = tuple[ASGIApp, AbstractAsyncContextManager[object]]
"""An application, and the context in which it may be called."""


class Later:
    """Stands in for an application until it is made. Requests that come before then wait."""

    def __init__(self, name: str, make: Callable[[], Made]) -> None:
        """`make` is called once, in a thread."""
        self._name = name
        self._make = make
        self._app: asyncio.Future[ASGIApp] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self._app is not None, "called outside of its lifespan"
        app = await asyncio.shield(self._app)
        await app(scope, receive, send)

    @asynccontextmanager
    async def running(self) -> AsyncGenerator["asyncio.Future[ASGIApp]"]:
        """Make the application in the background; gives a future of it. Leaving ends its own context."""
        made = self._app = asyncio.get_running_loop().create_future()
        ended = asyncio.Event()
        # A context must be left by the task that entered it, so one task lives as long as the application.
        holding = asyncio.create_task(self._hold(made, ended), name=f"holds {self._name}")
        try:
            yield made
        finally:
            ended.set()
            await holding

    async def _hold(self, made: "asyncio.Future[ASGIApp]", ended: asyncio.Event) -> None:
        try:
            app, context = await asyncio.to_thread(self._alone)
        except (ImportError, AttributeError, TypeError, ValueError, RuntimeError) as error:
            log.exception("%s could not be made", self._name)
            made.set_exception(error)
            return
        async with context:
            made.set_result(app)
            await ended.wait()

    def _alone(self) -> Made:
        with _ONE_AT_A_TIME:
            return self._make()
