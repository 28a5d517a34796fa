"""The headers that keep a browser from doing with our answers what we did not mean."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"x-frame-options", b"DENY"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(self)"),
    # For answers that are no page of ours; a page brings a policy of its own.
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)
ALONE = (b"cross-origin-opener-policy", b"same-origin")
OPENED = frozenset({"/authorize", "/consent", "/sign-in", "/sign-in/code"})
"""MCP hosts open these in a window and wait for its answer, which `ALONE` would cut off."""

SECURE = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
UNKEPT = (b"cache-control", b"no-store")


class SecurityHeaders:
    """Adds the headers to every answer that does not say otherwise itself."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        self._headers = (*ALWAYS, SECURE) if secure else ALWAYS
        self._alone = (*self._headers, ALONE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        ours = self._headers if scope["path"] in OPENED else self._alone

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message.get("headers", ())]
                said = {name for name, _ in headers}
                headers += [each for each in ours if each[0] not in said]
                message["headers"] = headers
            await send(message)

        await self._app(scope, receive, answer)


class CacheControl:
    """Lets nobody keep an answer that does not say who may."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message.get("headers", ())
                if all(name != b"cache-control" for name, _ in headers):
                    message["headers"] = [*headers, UNKEPT]
            await send(message)

        await self._app(scope, receive, answer)
