"""The endpoints of the authorization server, as one application. Importing this imports the MCP SDK."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from starlette.routing import Route, Router

from servers.oauth.audiences import Audiences
from servers.oauth.authorization import Authorization
from servers.oauth.clients import Clients
from servers.oauth.consent import Consent
from servers.oauth.documents import Documents
from servers.oauth.provider import Provider
from servers.oauth.registration import Registration
from servers.oauth.tokens import Tokens

if TYPE_CHECKING:
    from servers.later import Made
    from servers.oauth.server import OAuthOptions


def build(options: OAuthOptions) -> Made:
    """The endpoints, and the context in which they may be called."""
    runtime = options.runtime
    database, url = runtime.database, runtime.settings.url
    audiences = Audiences(url)
    clients = Clients(database, runtime.keys.of("oauth clients"), Documents(database, options.fetcher))
    provider = Provider(database, runtime.signer, clients, options.scopes, audiences)
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
    return Router(routes, redirect_slashes=False), nullcontext()
