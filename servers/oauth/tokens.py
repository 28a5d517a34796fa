"""`/token`: codes and refresh tokens are exchanged for tokens. `/revoke`: a client gives them up."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import time
from typing import TYPE_CHECKING

from mcp.server.auth.provider import TokenError
from starlette.responses import JSONResponse, Response

from servers.oauth.answers import NEVER_STORED, Failed
from servers.oauth.authentication import authenticated
from servers.oauth.parameters import BadParameters, Parameters, of_form
from servers.oauth.scopes import BadScope, separated

if TYPE_CHECKING:
    from mcp.shared.auth import OAuthToken
    from starlette.requests import Request

    from servers.oauth.audiences import Audiences
    from servers.oauth.clients import Client
    from servers.oauth.provider import Code, Provider

_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")
"""RFC 7636, section 4.1."""


class Tokens:
    """The endpoints that clients call themselves."""

    def __init__(self, provider: Provider, audiences: Audiences) -> None:
        self._provider = provider
        self._audiences = audiences

    async def exchange(self, request: Request) -> Response:
        """New tokens, or the error of RFC 6749 (section 5.2)."""
        try:
            client, given = await self._read(request)
            tokens = await self._exchanged(client, given)
        except TokenError as error:
            return Failed(error.error, error.error_description or "").response()
        except Failed as failed:
            return failed.response()
        return JSONResponse(tokens.model_dump(exclude_none=True), headers=NEVER_STORED)

    async def revoke(self, request: Request) -> Response:
        """An empty answer, whether or not there was anything to end (RFC 7009, section 2.2)."""
        try:
            client, given = await self._read(request)
            token = _needed(given, "token")
        except Failed as failed:
            return failed.response()
        found = await self._provider.load_refresh_token(client, token)
        if found is None:
            found = await self._provider.load_access_token(token)
        if found is not None and found.client_id == client.client_id:
            await self._provider.revoke_token(found)
        return Response(status_code=200, headers=NEVER_STORED)

    async def _read(self, request: Request) -> tuple[Client, Parameters]:
        try:
            given = await of_form(request)
            given.check_once()
        except BadParameters as error:
            raise Failed("invalid_request", str(error)) from error
        return await authenticated(request, given, self._provider.clients), given

    async def _exchanged(self, client: Client, given: Parameters) -> OAuthToken:
        grant = _needed(given, "grant_type")
        if grant not in ("authorization_code", "refresh_token"):
            raise Failed("unsupported_grant_type", "The grants are authorization_code and refresh_token")
        if grant not in client.grant_types:
            raise Failed("unauthorized_client", f"The client is not registered for the grant {grant}")
        return await (self._by_code if grant == "authorization_code" else self._by_refresh)(client, given)

    async def _by_code(self, client: Client, given: Parameters) -> OAuthToken:
        text, verifier = _needed(given, "code"), _needed(given, "code_verifier")
        code = await self._provider.load_authorization_code(client, text)
        if code is None or code.used or code.expires_at < time.time():
            raise Failed("invalid_grant", "The code has been used, has expired or was never given")
        if not _same_redirect(code, given) or not _proves(verifier, code.code_challenge):
            raise Failed("invalid_grant", "The redirect_uri or the code_verifier is not the code's")
        self._check_resource(given, code.resource)
        return await self._provider.exchange_authorization_code(client, code)

    async def _by_refresh(self, client: Client, given: Parameters) -> OAuthToken:
        token = await self._provider.load_refresh_token(client, _needed(given, "refresh_token"))
        if token is None or token.used:
            raise Failed("invalid_grant", "The refresh token has been used or has ended")
        self._check_resource(given, token.resource)
        try:
            wanted = separated(given.get("scope"))
        except BadScope as error:
            raise Failed("invalid_scope", str(error)) from error
        if not set(wanted) <= set(token.scopes):
            raise Failed("invalid_scope", "A refreshed token has no scope that was not granted before")
        scopes = [each for each in token.scopes if each in wanted or not wanted]
        return await self._provider.exchange_refresh_token(client, token, scopes)

    def _check_resource(self, given: Parameters, granted: str | None) -> None:
        """Refuse a token for another server than the one that was consented to (RFC 8707, section 2.2)."""
        asked = given.get("resource")
        if asked is not None and self._audiences.server(asked) != self._audiences.server(granted):
            raise Failed("invalid_target", "The resource is not the one that was granted")


def _needed(given: Parameters, name: str) -> str:
    found = given.get(name)
    if found is None:
        raise Failed("invalid_request", f"{name} is missing")
    return found


def _same_redirect(code: Code, given: Parameters) -> bool:
    asked = given.get("redirect_uri")
    if asked is None:
        return not code.redirect_uri_provided_explicitly
    return asked == str(code.redirect_uri)


def _proves(verifier: str, challenge: str) -> bool:
    if not _VERIFIER.fullmatch(verifier):
        return False
    digest = hashlib.sha256(verifier.encode()).digest()
    made = base64.urlsafe_b64encode(digest).rstrip(b"=")
    return hmac.compare_digest(made, challenge.encode())
