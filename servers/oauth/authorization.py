"""`/authorize`: a client asks for access, and a person is sent to the consent page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mcp.server.auth.provider import AuthorizationParams, AuthorizeError
from mcp.shared.auth import InvalidRedirectUriError
from starlette.responses import RedirectResponse

from servers.oauth import redirects
from servers.oauth.answers import NEVER_STORED, back
from servers.oauth.described import BadMetadata
from servers.oauth.pages import problem
from servers.oauth.parameters import BadParameters, Parameters, of_form, of_query

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from servers.oauth.clients import Client
    from servers.oauth.provider import Provider

_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
"""A SHA-256 in base64url (RFC 7636, section 4.2)."""

MOST_STATE = 4_096
_NAMES_CLIENT = frozenset({"client_id", "redirect_uri"})


class Authorization:
    """Answers authorization requests. Nothing is sent back unless client and address are sound."""

    def __init__(self, provider: Provider, issuer: str) -> None:
        self._provider = provider
        self._issuer = issuer

    async def handle(self, request: Request) -> Response:
        """The way to the consent page; an error for the client; or a page that says what is wrong."""
        try:
            given = of_query(request) if request.method in ("GET", "HEAD") else await of_form(request)
            client = await self._client(given)
            uri = client.redirect(given.get("redirect_uri"))
        except (BadParameters, BadMetadata) as error:
            return problem(request, "bad_client", str(error))
        except InvalidRedirectUriError as error:
            return problem(request, "bad_redirect", error.message)
        try:
            consent = await self._provider.authorize(client, _asked(given, uri))
        except AuthorizeError as error:
            told = {"error": error.error, "error_description": error.error_description}
            return back(uri, {**told, "state": _state(given)}, iss=self._issuer)
        return RedirectResponse(consent, 302, NEVER_STORED)

    async def _client(self, given: Parameters) -> Client:
        if given.repeated & _NAMES_CLIENT:
            given.check_once()
        client = await self._provider.clients.current(given.get("client_id", ""))
        if client is None:
            raise BadMetadata("There is no client of this client_id. It may have to register again")
        return client


def _state(given: Parameters) -> str | None:
    state = given.get("state")
    return None if "state" in given.repeated or len(state or "") > MOST_STATE else state


def _asked(given: Parameters, uri: str) -> AuthorizationParams:
    """What is asked for. Refuses everything but the code flow with PKCE by S256."""
    if "resource" in given.repeated:
        raise AuthorizeError("invalid_target", "Ask for one resource at a time")
    if given.repeated or len(given.get("state", "")) > MOST_STATE:
        raise AuthorizeError("invalid_request", "A parameter came twice, or the state is too long")
    if "response_type" not in given:
        raise AuthorizeError("invalid_request", "response_type is missing")
    if given["response_type"] != "code":
        raise AuthorizeError("unsupported_response_type", "The only response_type is code")
    if given.get("response_mode", "query") != "query":
        raise AuthorizeError("invalid_request", "The only response_mode is query")
    challenge = given.get("code_challenge", "")
    if given.get("code_challenge_method") != "S256" or not _CHALLENGE.fullmatch(challenge):
        raise AuthorizeError("invalid_request", "PKCE is required: a code_challenge by S256")
    return AuthorizationParams(
        state=given.get("state"),
        scopes=None if "scope" not in given else given["scope"].split(" "),
        code_challenge=challenge,
        redirect_uri=redirects.check(uri),
        redirect_uri_provided_explicitly="redirect_uri" in given,
        resource=given.get("resource"),
    )
