"""The session of a browser: a cookie that begins at a sign-in, and ends at once when it is ended."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import cookie_parser

from servers.keys import Keys
from storage import signins
from storage.engine import Database
from tools.notices import announce
from tools.ports import Clock, SystemClock
from tools.refusals import Forbidden

LIFETIME = timedelta(days=30)
SYSTEM_CLOCK = SystemClock()


class StaleForm(Forbidden):
    """This did not come from our own page, or the page is too old. Load the page again and repeat."""


@dataclass(frozen=True, slots=True)
class WebSession:
    """A browser in which a person is signed in."""

    id: int
    person_id: int
    csrf: str = field(repr=False)
    """What every change made with the cookie must bring along: in a form field or as `X-CSRF-Token`."""


class Cookie:
    """How one cookie is read and set: out of reach for scripts, other sites and, over https, other hosts."""

    def __init__(self, name: str, *, secure: bool) -> None:
        """Over https the name gets the prefix `__Host-`, with which no other host can plant one."""
        self.name = f"__Host-{name}" if secure else name
        self._secure = secure

    def read(self, scope: Mapping[str, Any]) -> str | None:
        """The cookie's value in a request (its ASGI scope)."""
        sent = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
        return cookie_parser(sent.decode("latin-1")).get(self.name) or None

    def set(self, value: str, lifetime: timedelta) -> str:
        """A `Set-Cookie` header; a lifetime of nothing takes the cookie away."""
        parts = [f"{self.name}={value}", f"Max-Age={int(lifetime.total_seconds())}", "Path=/", "HttpOnly"]
        return "; ".join([*parts, "SameSite=Lax", *(["Secure"] if self._secure else [])])


class WebSessions:
    """Begins, finds and ends the sessions of browsers. Only a hash of a cookie's secret is stored."""

    def __init__(self, database: Database, keys: Keys, *, secure: bool, clock: Clock = SYSTEM_CLOCK) -> None:
        """`secure` says that people reach us over https."""
        self._database = database
        self._clock = clock
        self._csrf_key = keys.of("web session forms")
        self._form_key = keys.of("forms before sign-in")
        self._cookie = Cookie("ghar", secure=secure)
        self._form_cookie = Cookie("ghar-form", secure=secure)

    async def current(self, scope: Mapping[str, Any]) -> WebSession | None:
        """The session of a request's cookie, while it stands; asked of the primary database each time."""
        token = self._cookie.read(scope)
        if token is None:
            return None
        async with self._database.reading(primary=True) as db:
            found = await signins.web(db, _hashed(token))
        if found is None:
            return None
        if found.idle:
            async with self._database.writing() as db:
                await signins.used(db, found.id)
        return WebSession(found.id, found.person_id, _mac(self._csrf_key, token))

    def presented(self, scope: Mapping[str, Any]) -> tuple[bytes, str] | None:
        """The hash of a request's cookie and its CSRF token, whether or not the session stands."""
        token = self._cookie.read(scope)
        return None if token is None else (_hashed(token), _mac(self._csrf_key, token))

    async def begin(self, person_id: int, label: str, scope: Mapping[str, Any] | None = None) -> str:
        """Sign a person in; gives the `Set-Cookie` header with a token that nobody has seen before.

        The person is told, unless the browser (the request's ASGI scope) is one that they signed in with.
        """
        token = secrets.token_urlsafe(32)
        presented = self._cookie.read(scope) if scope is not None else None
        async with self._database.writing() as db:
            id_ = await signins.begin_web(db, person_id, _hashed(token), label, LIFETIME)
            before = _hashed(presented) if presented else None
            await tell_of_sign_in(db, self._clock.now(), person_id, id_, label, before)
        return self._cookie.set(token, LIFETIME)

    async def end(self, session: WebSession) -> str:
        """End a session, at once; gives the `Set-Cookie` header that takes the cookie away."""
        async with self._database.writing() as db:
            await signins.end(db, session.id)
        return self.forget()

    def forget(self) -> str:
        """The `Set-Cookie` header that takes the cookie away."""
        return self._cookie.set("", timedelta(0))

    def csrf_token(self, session: WebSession) -> str:
        """What a form of this session must bring along."""
        return session.csrf

    def check_csrf(self, session: WebSession, token: str | None) -> None:
        """Refuse with `StaleForm` what does not bring this session's token."""
        if not hmac.compare_digest((token or "").encode(), session.csrf.encode()):
            raise StaleForm

    def form_token(self, scope: Mapping[str, Any]) -> tuple[str, str | None]:
        """For forms before a sign-in: the form's token, and a `Set-Cookie` header unless there is one."""
        nonce = self._form_cookie.read(scope)
        if nonce is not None and self._issued(nonce):
            return _mac(self._form_key, nonce), None
        fresh = secrets.token_urlsafe(24)
        nonce = f"{fresh}.{_mac(self._form_key, 'cookie ' + fresh)}"
        return _mac(self._form_key, nonce), self._form_cookie.set(nonce, timedelta(hours=12))

    def check_form(self, scope: Mapping[str, Any], token: str | None) -> None:
        """Refuse with `StaleForm` a form before a sign-in that did not come from this browser's page."""
        nonce = self._form_cookie.read(scope) or ""
        expected = _mac(self._form_key, nonce)
        if not self._issued(nonce) or not hmac.compare_digest((token or "").encode(), expected.encode()):
            raise StaleForm

    def _issued(self, nonce: str) -> bool:
        fresh, _, signature = nonce.partition(".")
        return hmac.compare_digest(signature.encode(), _mac(self._form_key, "cookie " + fresh).encode())


async def tell_of_sign_in(
    db: AsyncSession,
    now: datetime,
    person_id: int,
    session_id: int,
    label: str,
    before: bytes | None = None,
) -> None:
    """Tell a person that somebody has signed in as them, with the transaction in which it began."""
    if await signins.is_news(db, person_id, session_id, before):
        await announce(db, now, person_id, "signed_in", session_id=session_id, label=label, at=now)


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _mac(key: bytes, text: str) -> str:
    return urlsafe_b64encode(hmac.digest(key, text.encode(), "sha256")).decode().rstrip("=")
