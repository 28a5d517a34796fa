"""The pages of signing in and out: plain forms in two steps, a contact and then its code."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from servers.pages import frame
from servers.pages.forms import fields
from servers.signin import browsers
from servers.signin.codes import TooManyAttempts, WrongCode
from servers.signin.paths import own_path, with_next
from servers.signin.websession import StaleForm
from storage import people
from tools import contacts
from tools.refusals import Refused

if TYPE_CHECKING:
    from starlette.requests import Request

    from servers.signin.codes import OneTimeCodes
    from servers.signin.pending import Pending
    from servers.signin.websession import WebSession, WebSessions
    from storage.engine import Database

log = logging.getLogger(__name__)

SIGN_IN = "/sign-in"
CODE = "/sign-in/code"
SIGN_OUT = "/sign-out"


class SignInPages:
    """`/sign-in`, `/sign-in/code` and `/sign-out`."""

    def __init__(
        self, database: Database, sessions: WebSessions, codes: OneTimeCodes, pending: Pending
    ) -> None:
        self._database = database
        self._sessions = sessions
        self._codes = codes
        self._pending = pending

    def routes(self) -> list[Route]:
        """The pages, and what their forms are sent to."""
        return [
            Route(SIGN_IN, self._contact_page, methods=["GET"], name="sign_in"),
            Route(SIGN_IN, self._send, methods=["POST"]),
            Route(CODE, self._code_page, methods=["GET"]),
            Route(CODE, self._check, methods=["POST"]),
            Route(SIGN_OUT, self._sign_out_page, methods=["GET"], name="sign_out"),
            Route(SIGN_OUT, self._sign_out, methods=["POST"]),
        ]

    async def _contact_page(self, request: Request) -> Response:
        session = await self._sessions.current(request.scope)
        wanted = request.query_params.get("next")
        if session is not None:
            return await self._signed_in(request, session, wanted)
        return self._ask_contact(request, own_path(wanted))

    async def _send(self, request: Request) -> Response:
        sent = await fields(request)
        wanted = own_path(sent.get("next"))
        # The code page asks for a new code without a contact.
        again = self._pending.contact(request.scope) if "contact" not in sent else None
        try:
            self._sessions.check_form(request.scope, sent.get("token"))
            contact = again or contacts.normalised(sent.get("contact", ""))
            await self._codes.send(contact, frame.language(request))
        except Refused as refused:
            if again is not None:
                return self._ask_code(request, again, wanted, refused)
            return self._ask_contact(request, wanted, sent.get("contact", ""), refused)
        answer = RedirectResponse(with_next(CODE, wanted), 303)
        answer.headers.append("set-cookie", self._pending.remember(contact))
        return answer

    async def _code_page(self, request: Request) -> Response:
        wanted = own_path(request.query_params.get("next"))
        contact = self._pending.contact(request.scope)
        if contact is None:
            return RedirectResponse(with_next(SIGN_IN, wanted), 303)
        return self._ask_code(request, contact, wanted)

    async def _check(self, request: Request) -> Response:
        sent = await fields(request)
        wanted = own_path(sent.get("next"))
        contact = self._pending.contact(request.scope)
        if contact is None:
            return RedirectResponse(with_next(SIGN_IN, wanted), 303)
        try:
            self._sessions.check_form(request.scope, sent.get("token"))
            person_id = await self._codes.check(contact, sent.get("code", ""), frame.language(request))
        except (StaleForm, WrongCode, TooManyAttempts) as refused:
            return self._ask_code(request, contact, wanted, refused)
        return await self._begin(request, person_id, wanted)

    async def _begin(self, request: Request, person_id: int, wanted: str) -> Response:
        """Sign in, under a token that this browser never had, and end what it was signed in to before."""
        before = await self._sessions.current(request.scope)
        if before is not None:
            await self._sessions.end(before)
        label = browsers.label(request.headers.get("user-agent", ""))
        cookie = await self._sessions.begin(person_id, label, request.scope)
        log.info("Person %d signed in", person_id)
        # Not straight to `wanted`: a browser holds every redirect of a form against the policy of the form's
        # page, and an OAuth client's address may be among them.
        answer = RedirectResponse(f"{SIGN_IN}?{urlencode({'next': wanted})}", 303)
        answer.headers.append("set-cookie", cookie)
        answer.headers.append("set-cookie", self._pending.forget())
        return answer

    async def _sign_out_page(self, request: Request) -> Response:
        session = await self._sessions.current(request.scope)
        wanted = own_path(request.query_params.get("next"))
        if session is None:
            return RedirectResponse(wanted, 303)
        return frame.render(request, "sign_out", csrf=session.csrf, next=wanted)

    async def _sign_out(self, request: Request) -> Response:
        sent = await fields(request)
        wanted = own_path(sent.get("next"))
        session = await self._sessions.current(request.scope)
        answer = RedirectResponse(wanted, 303)
        if session is None:
            # A form of another site comes without the cookie, and must not take it away.
            return answer
        try:
            self._sessions.check_csrf(session, sent.get("csrf"))
        except StaleForm:
            return frame.render(request, "sign_out", status=403, csrf=session.csrf, next=wanted)
        answer.headers.append("set-cookie", await self._sessions.end(session))
        log.info("Person %d signed out", session.person_id)
        return answer

    async def _signed_in(self, request: Request, session: WebSession, wanted: str | None) -> Response:
        async with self._database.reading(primary=True) as db:
            person = await people.get(db, session.person_id)
        contact = person and (person.phone or person.email)
        return frame.render(
            request,
            "signed_in",
            contact=contacts.masked(contact) if contact else "",
            csrf=session.csrf,
            goes_on=wanted is not None,
            next=own_path(wanted),
        )

    def _ask_contact(
        self, request: Request, wanted: str, contact: str = "", refused: Refused | None = None
    ) -> Response:
        return self._form(request, "sign_in", refused, contact=contact, next=wanted)

    def _ask_code(
        self, request: Request, contact: str, wanted: str, refused: Refused | None = None
    ) -> Response:
        again = with_next(SIGN_IN, wanted)
        return self._form(request, "sign_in_code", refused, contact=contact, next=wanted, other=again)

    def _form(self, request: Request, name: str, refused: Refused | None, **values: str) -> Response:
        token, cookie = self._sessions.form_token(request.scope)
        status = refused.status if refused else 200
        told = {"error": refused.code if refused else None, "wait": _wait(refused)}
        answer = frame.render(request, name, status=status, token=token, **told, **values)
        if refused is not None and refused.retry_after is not None:
            answer.headers["Retry-After"] = str(refused.retry_after)
        if cookie is not None:
            answer.headers.append("set-cookie", cookie)
        return answer


def _wait(refused: Refused | None) -> int | None:
    """Minutes until it is worth trying again."""
    seconds = refused.retry_after if refused else None
    return None if seconds is None else max(1, -(-seconds // 60))
