"""Signing in on our own pages: one-time codes, and the browser's session that they begin."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from servers.signin.codes import OneTimeCodes, Reviewer
from servers.signin.outbox import OutboxPage
from servers.signin.pages import SignInPages
from servers.signin.pending import Pending

if TYPE_CHECKING:
    from starlette.routing import Route

    from servers.runtime import Runtime
    from servers.settings import Settings
    from servers.signin.websession import WebSessions


def routes(runtime: Runtime, sessions: WebSessions) -> list[Route]:
    """The pages of signing in and out; in development the outbox as well."""
    settings, ports = runtime.settings, runtime.ports
    codes = OneTimeCodes(
        runtime.database,
        runtime.keys.of("one-time codes"),
        mailer=ports.mailer,
        sms=ports.sms,
        host=urlsplit(settings.url).hostname or "localhost",
        reviewer=_reviewer(settings),
    )
    pending = Pending(runtime.keys, secure=settings.url.startswith("https://"))
    pages = SignInPages(runtime.database, sessions, codes, pending)
    shown = OutboxPage(runtime.outbox, runtime.keys, settings.url).routes() if runtime.outbox else []
    return [*pages.routes(), *shown]


def _reviewer(settings: Settings) -> Reviewer | None:
    if settings.reviewer_contact is None or settings.reviewer_code is None:
        return None
    return Reviewer(settings.reviewer_contact, settings.reviewer_code.get_secret_value())
