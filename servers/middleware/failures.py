"""The outermost frame: whatever nobody foresaw is logged whole, and answered with a sentence."""

import logging
from contextlib import suppress

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from facade import problems
from servers.logs import request_id
from servers.middleware.refusing import refuse
from servers.privacy import shown_path

log = logging.getLogger("ghar.failures")

_FAILED = 1_011
"""What a WebSocket is closed with."""


class Failures:
    """Answers 500 in our error shape for every exception, with the request's id and never a stack trace."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def answer(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, answer)
        except ClientDisconnect:
            log.info("%s %s: the client went away", scope["method"], shown_path(scope["path"]))
        except Exception:
            log.exception("%s %s failed", scope["method"], shown_path(scope["path"]))
            # An answer already begun cannot be mended: the connection is cut, so that it shows.
            if started:
                raise
            failed = problems.ServerError(details={"request_id": request_id.get()})
            await refuse(failed, scope, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except Exception:
            log.exception("%s failed", shown_path(scope["path"]))
            with suppress(RuntimeError, OSError):
                await send({"type": "websocket.close", "code": _FAILED})
