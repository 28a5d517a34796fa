"""Paths with and without a slash at the end are one and the same."""

from starlette.types import ASGIApp, Receive, Scope, Send


class NoTrailingSlash:
    """Answers `/path/` as `/path`, without a redirect, which would lose the body of a POST."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str | None = scope.get("path")
        if path is not None and path.endswith("/") and path != "/":
            scope = {**scope, "path": trimmed(path)}
        await self._app(scope, receive, send)


def trimmed(path: str) -> str:
    """The path without slashes at its end; the first page keeps its own."""
    return path.rstrip("/") or "/"
