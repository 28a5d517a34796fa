"""The endpoints of the authorization server, as one application. Importing this imports the MCP SDK."""

from __future__ import annotations

import logging
from contextlib import nullcontext
from typing import TYPE_CHECKING

from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from servers.middleware.refusing import refuse
from servers.oauth.audiences import Audiences
from servers.oauth.authorization import Authorization
from servers.oauth.clients import Clients
from servers.oauth.consent import Consent
from servers.oauth.documents import Documents
from servers.oauth.provider import Provider
from servers.oauth.registration import Registration
from servers.oauth.tokens import Tokens
from tools import faults

log = logging.getLogger(__name__)

if TYPE_CHECKING:
    from servers.later import Made
    from servers.oauth.server import OAuthOptions


class Steady:
    """Says 503 while the database is away, in the shape that whoever asks can read."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except faults.DATABASE_ERRORS as error:
            refused = faults.refusal(error, {})
            if refused is None:
                raise
            log.warning("%s: %s after %s", scope["path"], refused.code, type(error).__name__)
            await refuse(refused, scope, send)


def build(options: OAuthOptions) -> Made:
    """The endpoints, and the context in which they may be called."""
    runtime = options.runtime
    database, url = runtime.database, runtime.settings.url
    audiences = Audiences(url)
    clients = Clients(
        database, runtime.keys.of("oauth clients"), Documents(database, options.fetcher, runtime.ports.cache)
    )
    provider = Provider(database, runtime.signer, clients, options.scopes, audiences, runtime.ports.clock)
    consent = Consent(options, clients)
    tokens = Tokens(provider, audiences)
    authorization = Authorization(provider, url)
    routes = [
        Route("/authorize", authorization.handle, methods=["GET", "POST"]),
        Route("/consent", consent.show, methods=["GET"]),
        Route("/consent", consent.answer, methods=["POST"]),
        Route("/token", tokens.exchange, methods=["POST"]),
        Route("/revoke", tokens.revoke, methods=["POST"]),
        Route("/register", Registration(provider).handle, methods=["POST"]),
    ]
    return Steady(Router(routes, redirect_slashes=False)), nullcontext()
