"""A request's id and its line in the log, which names no person: the path, never the query."""

import logging
import re
import secrets
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from servers.logs import request_id

log = logging.getLogger("ghar.requests")

HEADER = b"x-request-id"
_WELL_FORMED = re.compile(rb"[A-Za-z0-9._-]{8,128}")


class Requests:
    """Accepts a well-formed `X-Request-ID` or makes one, answers it, and writes a line when all is sent."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        current = _given(scope) or secrets.token_hex(16)
        raw = current.encode()
        started = time.perf_counter()
        status = 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (HEADER, raw)]
            await send(message)

        token = request_id.set(current)
        try:
            await self._app(scope, receive, answer)
        finally:
            _write(scope, status, time.perf_counter() - started)
            request_id.reset(token)


def _given(scope: Scope) -> str | None:
    for name, value in scope["headers"]:
        if name == HEADER and _WELL_FORMED.fullmatch(value):
            return value.decode()
    return None


def _write(scope: Scope, status: int, seconds: float) -> None:
    if not log.isEnabledFor(logging.INFO):
        return
    about = {
        "method": scope["method"],
        "path": scope["path"],
        "status": status,
        "ms": round(seconds * 1_000, 1),
    }
    log.info("request", extra={"about": about})
