"""Paths with and without a slash at the end are one and the same."""

from starlette.types import ASGIApp, Receive, Scope, Send


class NoTrailingSlash:
    """Answers `/path/` as `/path`, without a redirect, which would lose the body of a POST."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str | None = scope.get("path")
        if path is not None and path != "/" and path.endswith("/"):
            scope = {**scope, "path": path.rstrip("/") or "/"}
        await self._app(scope, receive, send)
