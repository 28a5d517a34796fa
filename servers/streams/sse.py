"""Events over HTTP: server-sent events, in order, again from any that was seen within a day."""

from __future__ import annotations

import json
import logging
from random import SystemRandom
from typing import TYPE_CHECKING, Any, Final

from sse_starlette.event import ServerSentEvent
from sse_starlette.sse import EventSourceResponse, SendTimeoutError
from starlette.requests import ClientDisconnect, Request

from servers.streams.opening import asked_for

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping, Sequence

    from starlette.types import Receive, Scope, Send

    from servers.streams.hub import Stream, Told, Why
    from servers.streams.opening import Opening

log = logging.getLogger(__name__)

_CHANCE = SystemRandom()

PING_SECONDS: Final = 15
"""How often a comment is sent, so that proxies keep the connection and a dead one is found out."""

SEND_SECONDS: Final = 30.0
"""How long a consumer may take nothing before its stream is closed."""

LEAVE_SECONDS: Final = 1.0
"""How long a stopping server waits for its streams to say goodbye."""

RETRY: Final = (2_000, 5_000)
"""Milliseconds after which a browser comes back: each at another time, for when a server restarts."""

RETRY_LATE: Final = 600_000
"""The same for a stream that was closed because the person has too many."""

_PING: Final = ServerSentEvent(comment="", sep="\n")


class EventStream:
    """The endpoint of one stream: an ASGI application."""

    def __init__(self, opening: Opening, names: Mapping[str, str] | None = None) -> None:
        """`names` are what events are called there; what is not among them is left out."""
        self._opening = opening
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        viewer = await self._opening.viewer(scope)
        assert viewer.id is not None
        last, reset = await self._opening.start(viewer.id, asked_for(request))
        with self._opening.hub.opened(viewer.id, viewer.session, last) as stream:
            leaving: Any = _Leaving(stream)
            answer = EventSourceResponse(
                self._frames(stream, last, reset=reset),
                ping=PING_SECONDS,
                ping_message_factory=lambda: _PING,
                send_timeout=SEND_SECONDS,
                shutdown_event=leaving,
                shutdown_grace_period=LEAVE_SECONDS,
            )
            try:
                await answer(scope, receive, send)
            except SendTimeoutError:
                log.info("a stream was closed that took nothing for %d s", SEND_SECONDS)
                raise ClientDisconnect from None

    async def _frames(self, stream: Stream, last: int, *, reset: bool) -> AsyncGenerator[bytes]:
        yield _first(last, reset=reset)
        while True:
            told = await stream.next()
            if told:
                yield self._written(told)
            elif stream.ended is not None:
                yield _closing(stream.ended)
                return

    def _written(self, told: Sequence[Told]) -> bytes:
        if self._names is None:
            return "".join(_frame(each, each.name) for each in told).encode()
        frames = [_frame(each, name) for each in told if (name := self._names.get(each.name))]
        # What is left out has been seen, too.
        return "".join([*frames, f"id: {told[-1].id}\n\n"]).encode()


class _Leaving:
    """What the library sets when the server stops."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream

    def set(self) -> None:
        """End the stream."""
        self._stream.end("stopping")


def _frame(told: Told, name: str) -> str:
    return f"id: {told.id}\nevent: {name}\ndata: {told.json}\n\n"


def _first(last: int, *, reset: bool) -> bytes:
    """Where the stream begins: so that whoever hears nothing else can still go on from there."""
    retry = _CHANCE.randint(*RETRY)
    begins = f"retry: {retry}\nid: {last}\n"
    return (begins + ("event: reset\ndata: {}\n\n" if reset else "\n")).encode()


def _closing(why: Why) -> bytes:
    retry = f"retry: {RETRY_LATE}\n" if why == "too_many" else ""
    return f"{retry}event: closed\ndata: {json.dumps({'why': why})}\n\n".encode()
