"""`/consent`: a person reads who asks for what, and allows or denies it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from starlette.responses import RedirectResponse, Response

from servers.oauth import redirects
from servers.oauth.answers import NEVER_STORED, back
from servers.oauth.audiences import named
from servers.oauth.pages import problem
from servers.oauth.parameters import BadParameters, of_form, of_query
from servers.oauth.provider import STAFF, hashed
from servers.oauth.scopes import WORDS
from servers.pages.frame import language, render
from servers.signin.websession import StaleForm, WebSession
from storage import grants, oauth, people

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession
    from starlette.requests import Request

    from servers.oauth.clients import Client, Clients
    from servers.oauth.server import OAuthOptions
    from storage.people import PersonRow

FROM_SIGN_IN = "sign-in"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for access before the person who may answer it."""

    id: str
    request: oauth.Request
    client: Client
    person: PersonRow
    session: WebSession
    scopes: list[str]
    """What of it the person can allow by their role."""

    @property
    def staff_only(self) -> bool:
        """Whether it is for the admin server, and the person is not staff."""
        return self.request.audience == "admin" and self.person.role not in STAFF

    @property
    def refused(self) -> bool:
        """Whether this person cannot allow it."""
        return self.staff_only or not self.scopes


class Consent:
    """The consent page, and the answers that it leads to."""

    def __init__(self, options: OAuthOptions, clients: Clients) -> None:
        self._database = options.runtime.database
        self._sessions = options.sessions
        self._scopes = options.scopes
        self._clients = clients
        self._issuer = options.runtime.settings.url

    async def show(self, request: Request) -> Response:
        """The page; the way to sign in first; or back to the client, where this was allowed before."""
        try:
            given = of_query(request)
        except BadParameters:
            return problem(request, "expired")
        asked = await self._opened(request, given.get("request", ""))
        if isinstance(asked, Response):
            return asked
        code = await self._remembered(asked)
        if code is None:
            return _page(request, asked)
        target = redirects.answered(asked.request.redirect_uri, self._answer(asked, code))
        if given.get("from") == FROM_SIGN_IN:
            # Browsers hold redirects that follow a form, here the sign-in's, against the policy of its page.
            return render(request, "connected", target=target)
        return RedirectResponse(target, 303, NEVER_STORED)

    async def answer(self, request: Request) -> Response:
        """Back to the client with a code, or with `access_denied`."""
        try:
            given = await of_form(request)
            given.check_once()
        except BadParameters:
            return problem(request, "stale")
        if self._from_elsewhere(request):
            return problem(request, "stale", status=403)
        asked = await self._opened(request, given.get("request", ""))
        if isinstance(asked, Response):
            return asked
        try:
            self._sessions.check_csrf(asked.session, given.get("csrf"))
        except StaleForm:
            return problem(request, "stale", status=403)
        if given.get("decision") == "allow" and not asked.refused:
            code = await self._allowed(asked)
            if code is None:
                return problem(request, "expired")
            target = redirects.answered(asked.request.redirect_uri, self._answer(asked, code))
            return RedirectResponse(target, 303, NEVER_STORED)
        if given.get("decision") == "deny":
            return await self._deny(asked, request)
        return problem(request, "stale")

    def _from_elsewhere(self, request: Request) -> bool:
        """Whether the browser says that the form stood on a page of another site."""
        origin = request.headers.get("origin")
        if origin is None or origin == self._issuer:
            return False
        return urlsplit(origin).netloc != request.headers.get("host")

    async def _opened(self, request: Request, request_id: str) -> Asked | Response:
        """The request, from now on this person's alone; or what to answer instead."""
        session = await self._sessions.current(request.scope)
        async with self._database.writing() as db:
            if session is None:
                waits = await oauth.waits(db, hashed(request_id))
                return _sign_in(request_id) if waits else problem(request, "expired")
            opened = await oauth.open_request(db, hashed(request_id), session.person_id)
            person = await people.get(db, session.person_id)
        client = None if opened is None else await self._clients.known(opened.client_id)
        if opened is None or client is None or person is None:
            return problem(request, "expired")
        scopes = self._scopes.within(opened.scopes, named(opened.audience), person.role)
        return Asked(request_id, opened, client, person, session, scopes)

    async def _remembered(self, asked: Asked) -> str | None:
        """A code, where this was allowed before and only the owner of its address can receive it."""
        wanted = asked.request
        if asked.refused or not redirects.leads_elsewhere(wanted.redirect_uri):
            return None
        async with self._database.writing() as db:
            person_id, client_id = asked.person.id, wanted.client_id
            if not await oauth.allowed(db, person_id, client_id, wanted.audience, asked.scopes):
                return None
            return await _code(db, asked)

    async def _allowed(self, asked: Asked) -> str | None:
        """A code, and the consent remembered; None when the request was answered meanwhile."""
        wanted = asked.request
        async with self._database.writing() as db:
            code = await _code(db, asked)
            if code is not None:
                await oauth.remember(db, asked.person.id, wanted.client_id, wanted.audience, asked.scopes)
        return code

    def _answer(self, asked: Asked, code: str) -> dict[str, str | None]:
        return {"code": code, "state": asked.request.state, "iss": self._issuer}

    async def _deny(self, asked: Asked, request: Request) -> Response:
        async with self._database.writing() as db:
            taken = await oauth.answer_request(db, hashed(asked.id), asked.person.id)
        if taken is None:
            return problem(request, "expired")
        said = "The person cannot allow this." if asked.refused else "The person did not allow it."
        told = {"error": "access_denied", "error_description": said, "state": taken.state}
        return back(taken.redirect_uri, told, iss=self._issuer, status=303)


async def _code(db: AsyncSession, asked: Asked) -> str | None:
    """A code for what this person can allow of the request, which is thereby answered."""
    code = secrets.token_urlsafe(32)
    taken = await oauth.answer_request(db, hashed(asked.id), asked.person.id)
    if taken is None:
        return None
    given = taken._asdict() | {"person_id": asked.person.id, "scopes": asked.scopes}
    del given["state"]
    await grants.add_code(db, hashed(code), given)
    return code


def _sign_in(request_id: str) -> Response:
    """The way to the sign-in and from there back here."""
    here = f"/consent?request={quote(request_id, safe='')}&from={FROM_SIGN_IN}"
    return RedirectResponse(f"/sign-in?next={quote(here, safe='')}", 303, NEVER_STORED)


def _page(request: Request, asked: Asked) -> Response:
    uri = asked.request.redirect_uri
    verified = asked.client.kind == "document"
    which = 0 if language(request) == "en" else 1
    return render(
        request,
        "consent",
        # A browser holds all redirects that follow the form against this, and clients may redirect onwards.
        form_action=[f"{urlsplit(uri).scheme}:"],
        client=asked.client.client_name,
        domain=urlsplit(asked.client.client_id).hostname if verified else _domain(uri),
        verified=verified,
        staff=asked.request.audience == "admin",
        refused="" if not asked.refused else "staff_only" if asked.staff_only else "too_much",
        scopes=[WORDS[scope][which] if scope in WORDS else scope for scope in asked.scopes],
        target=_target(uri),
        person=asked.person.name or asked.person.phone or asked.person.email or "",
        request_id=asked.id,
        csrf=asked.session.csrf,
        asks_again=not redirects.leads_elsewhere(uri),
    )


def _domain(uri: str) -> str | None:
    """The domain that an address belongs to; None for this machine."""
    parts = urlsplit(uri)
    if parts.scheme == "https":
        return parts.hostname
    return None if parts.scheme == "http" else f"{parts.scheme}:"


def _target(uri: str) -> str:
    """Where an answer goes, as a person can read it."""
    parts = urlsplit(uri)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else f"{parts.scheme}:"
