"""A bound on request bodies, held while they arrive."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from facade import problems
from servers.middleware.failures import refuse


class BadContentLength(problems.BadRequest):
    """The Content-Length header must be a number."""


class _Exceeded(Exception):
    """More bytes arrived than are allowed."""


class BodyLimit:
    """Refuses a body of more than `most` bytes: at once when it says so, else when they have arrived."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        declared = _declared(scope)
        if declared is not None and not declared.isdigit():
            await refuse(BadContentLength(), send)
        elif declared is not None and int(declared) > self._most:
            await self._too_large(send)
        else:
            await self._counted(scope, receive, send)

    async def _counted(self, scope: Scope, receive: Receive, send: Send) -> None:
        seen = 0
        started = False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._most:
                raise _Exceeded
            return message

        async def answer(message: Message) -> None:
            nonlocal started
            # An application that swallowed the exception still answers with the bound, not with its guess.
            if seen > self._most and not started:
                raise _Exceeded
            started = True
            await send(message)

        try:
            await self._app(scope, counted, answer)
        except _Exceeded:
            await self._too_large(send)

    async def _too_large(self, send: Send) -> None:
        await refuse(
            problems.TooLarge(f"The body is larger than {self._most:,} bytes. Send less at once."), send
        )


def _declared(scope: Scope) -> bytes | None:
    return next((value for name, value in scope["headers"] if name == b"content-length"), None)
