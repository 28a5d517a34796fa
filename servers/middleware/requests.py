"""A request's id and its line in the log, which names no person: the path, never the query."""

import logging
import re
import secrets
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from servers.logs import request_id
from servers.privacy import shown_path

log = logging.getLogger("ghar.requests")

HEADER = b"x-request-id"
_TELL = frozenset(
    {"http.response.start", "websocket.accept", "websocket.close", "websocket.http.response.start"}
)
"""The messages that say how it went: by a status, or the code with which a WebSocket was closed."""

_WELL_FORMED = re.compile(rb"[A-Za-z0-9._-]{8,128}")


class RequestIds:
    """Accepts a well-formed `X-Request-ID` or makes one, tells the log, and echoes it in the answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        current = _given(scope) or secrets.token_hex(16)
        raw = current.encode()

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), (HEADER, raw)]
            await send(message)

        token = request_id.set(current)
        try:
            await self._app(scope, receive, answer)
        finally:
            request_id.reset(token)


class RequestLog:
    """Writes a line when all is sent: the method, the path, the status and how long it took."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or not log.isEnabledFor(logging.INFO):
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] in _TELL:
                status = message.get("status") or message.get("code", 101)
            await send(message)

        try:
            await self._app(scope, receive, answer)
        finally:
            _write(scope, status, time.perf_counter() - started)


def _given(scope: Scope) -> str | None:
    for name, value in scope["headers"]:
        if name == HEADER and _WELL_FORMED.fullmatch(value):
            return value.decode()
    return None


def _write(scope: Scope, status: int, seconds: float) -> None:
    about = {
        "method": scope.get("method", "WS"),
        "path": shown_path(scope["path"]),
        "status": status,
        "ms": round(seconds * 1_000, 1),
    }
    log.info("request", extra={"about": about})
