"""Which pages of other origins may call us, and what they may read."""

from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from facade import problems
from servers.middleware.headers import ALWAYS
from tools.refusals import Refused

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
SENT = (
    "Authorization",
    "Idempotency-Key",
    "If-None-Match",
    "Last-Event-ID",
    "Mcp-Method",
    "Mcp-Name",
    "MCP-Protocol-Version",
    "Mcp-Session-Id",
    "X-CSRF-Token",
    "X-Request-ID",
)
"""Headers that pages may send, beside those that need no permission."""

READ = (
    "ETag",
    "Link",
    "Location",
    "MCP-Protocol-Version",
    "Mcp-Session-Id",
    "Retry-After",
    "WWW-Authenticate",
    "X-Request-ID",
    "X-Vercel-AI-UI-Message-Stream",
)
"""Headers of answers that pages may read."""

_VARY = (b"vary", b"Origin")


class OriginNotAllowed(Refused):
    """Pages of this origin may not make this request."""

    status = 400


class Cors(CORSMiddleware):
    """Starlette's, with refusals in our shape, and hardly any cost to what is no page's request."""

    def __init__(self, app: ASGIApp, origins: Sequence[str] | None) -> None:
        """`origins` may call with cookies; None lets every origin call without them."""
        super().__init__(
            app,
            allow_origins=("*",) if origins is None else tuple(origins),
            allow_credentials=origins is not None,
            allow_methods=METHODS,
            allow_headers=SENT,
            expose_headers=READ,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and any(name == b"origin" for name, _ in scope["headers"]):
            await super().__call__(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), _VARY]
            await send(message)

        await self.app(scope, receive, answer)

    def preflight_response(self, request_headers: Headers) -> Response:
        """The answer to a browser that asks beforehand."""
        answer = super().preflight_response(request_headers)
        if answer.status_code == OriginNotAllowed.status:
            refusal = problems.response(OriginNotAllowed())
            refusal.raw_headers.append((b"vary", answer.headers["vary"].encode()))
            answer = refusal
        answer.raw_headers += ALWAYS
        return answer
