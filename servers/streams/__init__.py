"""Streams: what happens, told to whoever listens, over server-sent events and WebSockets."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.routing import BaseRoute, Route, WebSocketRoute

from facade.streams import PATHS
from servers.streams.hub import LOOK_SECONDS, Hub
from servers.streams.names import FLATMATES
from servers.streams.opening import Opening
from servers.streams.sockets import Sockets
from servers.streams.sse import EventStream
from servers.streams.tickets import Tickets

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from servers.runtime import Runtime
    from tools.identity import Identify

__all__ = ["PATHS", "Streams"]


class Streams:
    """Every stream of one process."""

    def __init__(self, runtime: Runtime, identify: Identify, *, every: float = LOOK_SECONDS) -> None:
        """`every` is how often everybody's events and sign-ins are looked at, in seconds."""
        self.hub = Hub(runtime.database, runtime.ports.bus, every=every)
        self._opening = Opening(runtime.settings, identify, self.hub)
        self._tickets = Tickets(runtime.database, runtime.ports.limiter, self._opening)
        self._sockets = Sockets(runtime.dispatcher, self._opening, self._tickets)

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """For the server's lifespan: hands out events, and at its end closes every stream."""
        async with self.hub.running():
            yield

    def routes(self) -> list[BaseRoute]:
        """Where streams are opened, and tickets for them had."""
        return [
            Route("/api/v1/events", EventStream(self._opening), methods=["GET"]),
            Route("/api/v1/flatmates/sse", EventStream(self._opening, FLATMATES), methods=["GET"]),
            Route("/api/v1/events/tickets", self._tickets.issued, methods=["POST"]),
            WebSocketRoute("/ws/notifications", self._sockets.notifications),
            WebSocketRoute("/ws/jobs/{id}", self._sockets.job),
        ]
