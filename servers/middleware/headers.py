"""The headers that keep a browser from doing with our answers what we did not mean."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"x-frame-options", b"DENY"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(self)"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
SECURE = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
POLICY = b"content-security-policy"
STRICT_POLICY = b"default-src 'none'; frame-ancestors 'none'"
"""For answers that are no page of ours; a page brings a policy of its own."""


class SecurityHeaders:
    """Adds the headers to every answer, and the strictest content policy to one without its own."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        self._headers = (*ALWAYS, SECURE) if secure else ALWAYS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message.get("headers", ()), *self._headers]
                if all(name != POLICY for name, _ in headers):
                    headers.append((POLICY, STRICT_POLICY))
                message["headers"] = headers
            await send(message)

        await self._app(scope, receive, answer)
