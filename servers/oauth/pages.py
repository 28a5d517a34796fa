"""The page for a request that cannot be sent back to its client: it says what is wrong and goes nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from servers.oauth.answers import Failed
from servers.pages.frame import render

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

Problem: TypeAlias = Literal["bad_client", "bad_redirect", "expired", "stale"]


def problem(request: Request, kind: Problem, detail: str = "", *, status: int = 400) -> Response:
    """A page for a browser, and the OAuth error for everything else. `detail` is for developers."""
    if "text/html" in request.headers.get("accept", ""):
        return render(request, "oauth_problem", status=status, kind=kind, detail=detail)
    error = "invalid_client" if kind == "bad_client" else "invalid_request"
    return Failed(error, detail or "The request has expired or was already answered", status).response()
