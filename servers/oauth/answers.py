"""Answers of the OAuth endpoints: the shapes of their RFCs, never kept by anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, RedirectResponse, Response

from servers.oauth.redirects import answered

if TYPE_CHECKING:
    from collections.abc import Mapping

NEVER_STORED = {"cache-control": "no-store", "pragma": "no-cache"}


class Failed(Exception):
    """An OAuth error: its code, a sentence for developers, and a status."""

    def __init__(
        self, error: str, description: str, status: int = 400, headers: Mapping[str, str] | None = None
    ) -> None:
        self.error = error
        self.description = description
        self.status = status
        self.headers = headers or {}
        super().__init__(error)

    def response(self) -> Response:
        """The error as RFC 6749 (section 5.2) and RFC 7591 (section 3.2.2) shape it."""
        body = {"error": self.error, "error_description": self.description}
        return JSONResponse(body, self.status, {**NEVER_STORED, **self.headers})


def back(uri: str, answer: Mapping[str, str | None], *, iss: str, status: int = 302) -> Response:
    """The browser sent back to the client with an answer, which says who gives it (RFC 9207)."""
    return RedirectResponse(answered(uri, {**answer, "iss": iss}), status, NEVER_STORED)
