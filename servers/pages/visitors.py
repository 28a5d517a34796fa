"""Visitors: who looks at a page of ours by the cookie of their browser, and what they do there."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from servers.pages import frame
from tools import faults
from tools.dispatch import Caller
from tools.refusals import Refused

if TYPE_CHECKING:
    from servers.signin.websession import WebSession, WebSessions
    from storage.engine import Database
    from tools.consent import Preview
    from tools.contract import Model, Viewer
    from tools.dispatch import Dispatcher
    from tools.identity import Identify

log = logging.getLogger(__name__)

Endpoint: TypeAlias = "Callable[[Request], Awaitable[Response]]"


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody signed in who looks at a page."""

    request: Request
    session: WebSession
    viewer: Viewer


class Visitors:
    """Finds who is signed in, and runs tools as them.

    Whatever is read or changed goes through dispatch as the person of the cookie, so that nothing is decided
    by a page that a tool decides.
    """

    def __init__(
        self, dispatcher: Dispatcher, database: Database, sessions: WebSessions, identify: Identify
    ) -> None:
        self.catalog = dispatcher.catalog
        self.database = database
        self._dispatcher = dispatcher
        self._sessions = sessions
        self._identify = identify

    async def of(self, request: Request) -> Visit | None:
        """Who is signed in by this request's cookie, if anybody is."""
        try:
            session = await self._sessions.current(request.scope)
        except faults.DATABASE_ERRORS as error:
            refused = faults.refusal(error, {})
            if refused is None:
                raise
            raise refused from error
        if session is None:
            return None
        # Whatever else a request carries, this is for the person of the cookie, and forms are checked here.
        cookies = [pair for pair in request.scope["headers"] if pair[0] == b"cookie"]
        viewer = await self._identify({**request.scope, "method": "GET", "headers": cookies}, "any")
        return Visit(request, session, viewer) if viewer.session == session.id else None

    def check_form(self, visit: Visit, token: str | None) -> None:
        """Refuse with `StaleForm` what does not come from a page of this visit's session."""
        self._sessions.check_csrf(visit.session, token)

    async def run(
        self, visit: Visit, name: str, asked: Mapping[str, Any] | None = None, *, decides: bool = False
    ) -> Model:
        """A tool's answer to the visitor. `decides`: they have seen what it does, and said yes to that."""
        caller = Caller("rest", visit.viewer, decides=decides)
        return await self._dispatcher.run(self.catalog[name], asked or {}, caller)

    async def call(self, visit: Visit, name: str, **asked: Any) -> dict[str, Any]:
        """The same, as plain values."""
        return (await self.run(visit, name, asked)).model_dump()

    async def propose(self, visit: Visit, name: str, given: bytes) -> Preview:
        """What a tool would do now, waiting for the visitor. `given` is JSON."""
        return await self._dispatcher.propose(self.catalog[name], given, Caller("rest", visit.viewer))


def to_sign_in(request: Request, back: str | None = None) -> Response:
    """To the sign-in, and from there back to a page: this request's, unless another is named."""
    wanted = quote(back or request.url.path)
    return RedirectResponse(f"/sign-in?next={wanted}", 303, headers={"Cache-Control": "no-store"})


def guarded(page: Endpoint) -> Endpoint:
    """The page; where it cannot be shown, one that says so, for somebody who reads no JSON."""

    async def answer(request: Request) -> Response:
        try:
            return await page(request)
        except Refused as refused:
            return _trouble(request, refused)
        except faults.DATABASE_ERRORS as error:
            refused = faults.refusal(error, {})
            if refused is None:
                raise
            log.warning("%s: %s after %s", request.url.path, refused.code, type(error).__name__)
            return _trouble(request, refused)

    return answer


def _trouble(request: Request, refused: Refused) -> Response:
    answer = frame.render(request, "trouble", status=refused.status, refused=refused)
    if refused.retry_after is not None:
        answer.headers["Retry-After"] = str(refused.retry_after)
    return answer
