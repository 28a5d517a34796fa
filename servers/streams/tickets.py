"""One-time tickets: a page asks for one with its sign-in, and opens a WebSocket with it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from starlette.responses import JSONResponse

from facade.streams import SCOPES
from storage import stream_tickets
from storage.stream_tickets import Bearer
from tools import faults
from tools.contract import Viewer
from tools.platform.queue import job_status
from tools.refusals import SignInRequired, TooMany, Unavailable

if TYPE_CHECKING:
    from starlette.requests import Request

    from servers.streams.opening import Opening
    from storage.engine import Database
    from tools.ports import Limiter

LIFETIME: Final = timedelta(seconds=30)
PER_MINUTE: Final = 30
GIVEN: Final = frozenset({*SCOPES, *job_status.scopes})
"""What a ticket may be good for, as far as whoever asks for it may do that: to hear events, and of jobs."""


class NoSuchTicket(SignInRequired):
    """This ticket has been used or is too old. Ask for another."""


class Tickets:
    """Issues and redeems tickets: each opens one stream, for whoever asked, while their sign-in stands."""

    def __init__(self, database: Database, limiter: Limiter, opening: Opening) -> None:
        self._database = database
        self._limiter = limiter
        self._opening = opening

    async def issued(self, request: Request) -> JSONResponse:
        """The endpoint that gives a ticket."""
        viewer = await self._opening.viewer(request.scope)
        assert viewer.id is not None
        wait = await self._limiter.take(f"stream tickets {viewer.id}", PER_MINUTE)
        if wait:
            raise TooMany(retry_after=wait)
        ticket = secrets.token_urlsafe(32)
        try:
            async with self._database.writing() as db:
                bearer = Bearer(viewer.id, viewer.session, sorted(viewer.scopes & GIVEN))
                until = await stream_tickets.issue(db, _hashed(ticket), bearer, LIFETIME)
        except faults.DATABASE_ERRORS as error:
            raise faults.refusal(error, {}) or Unavailable() from error
        given = {"ticket": ticket, "expires_at": until.isoformat()}
        return JSONResponse(given, 201, headers={"cache-control": "no-store"})

    async def redeemed(self, ticket: str) -> Viewer:
        """Whoever asked for a ticket, with what a stream needs and no more."""
        try:
            async with self._database.writing() as db:
                found = await stream_tickets.redeem(db, _hashed(ticket))
        except faults.DATABASE_ERRORS as error:
            raise faults.refusal(error, {}) or Unavailable() from error
        if found is None:
            raise NoSuchTicket
        return Viewer(found.person_id, "member", frozenset(found.scopes), found.session_id)


def _hashed(ticket: str) -> bytes:
    return hashlib.sha256(ticket.encode()).digest()
