"""The provider: what the authorization server does, behind the interface of the MCP SDK."""

from __future__ import annotations

import hashlib
import logging
import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from mcp.server.auth.provider import (
    AccessToken,
    AuthorizationCode,
    AuthorizationParams,
    AuthorizeError,
    OAuthAuthorizationServerProvider,
    RefreshToken,
    RegistrationError,
    TokenError,
)
from mcp.shared.auth import OAuthClientInformationFull, OAuthToken

from servers.oauth import redirects
from servers.oauth.described import BadMetadata, BadRedirects, Described
from servers.oauth.scopes import BadScope
from servers.signin.websession import tell_of_sign_in
from storage import grants, oauth, signins
from tools.identity import InvalidToken

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from servers.oauth.audiences import Audiences
    from servers.oauth.clients import Client, Clients
    from servers.oauth.scopes import Scopes
    from servers.signing import Signer
    from storage.engine import Database
    from tools.ports import Clock

log = logging.getLogger(__name__)

REQUEST_LIFETIME = timedelta(minutes=10)
ACCESS_LIFETIME = timedelta(hours=1)
STAFF = frozenset({"staff", "admin"})
REFRESHES = "refresh_token"
"""The grant without which a client is given no refresh tokens."""


class Code(AuthorizationCode):
    """An authorization code, and whether it has been used."""

    used: bool


class Refresh(RefreshToken):
    """A refresh token, its session, and whether it has been used."""

    session_id: int
    used: bool


class Access(AccessToken):
    """An access token and its session."""

    session_id: int


class Provider(OAuthAuthorizationServerProvider[Code, Refresh, Access]):
    """Clients, requests, codes and tokens in PostgreSQL. Secrets are stored as SHA-256 hashes only."""

    def __init__(
        self,
        database: Database,
        signer: Signer,
        clients: Clients,
        scopes: Scopes,
        audiences: Audiences,
        clock: Clock,
    ) -> None:
        self._clock = clock
        self._database = database
        self._signer = signer
        self.clients = clients
        self._scopes = scopes
        self._audiences = audiences

    async def get_client(self, client_id: str) -> Client | None:
        """The client of that id, as it is stored."""
        return await self.clients.known(client_id)

    async def register_client(self, client_info: OAuthClientInformationFull) -> None:
        """Keep a client that registers itself. Its secret becomes the derived one."""
        try:
            metadata = Described.of(client_info.model_dump(mode="json", exclude_none=True)).metadata()
        except BadRedirects as error:
            raise RegistrationError("invalid_redirect_uri", str(error)) from error
        except BadMetadata as error:
            raise RegistrationError("invalid_client_metadata", str(error)) from error
        client_info.client_name = metadata.get("client_name")
        client_info.grant_types = metadata["grant_types"]
        if client_info.client_secret is not None:
            client_info.client_secret = self.clients.secret(client_info.client_id)
            client_info.client_secret_expires_at = 0
        kept = metadata | {"token_endpoint_auth_method": client_info.token_endpoint_auth_method}
        async with self._database.writing() as db:
            await oauth.register(db, client_info.client_id, kept)

    async def authorize(self, client: OAuthClientInformationFull, params: AuthorizationParams) -> str:
        """Keep the request until a person answers it; gives the address of the consent page."""
        server = self._audiences.server(params.resource)
        if server is None:
            raise AuthorizeError("invalid_target", f"The resource is one of {self._audiences.listed}")
        asked = None if params.scopes is None else " ".join(params.scopes)
        try:
            scopes = self._scopes.granted(server, asked, client.scope)
        except BadScope as error:
            raise AuthorizeError("invalid_scope", str(error)) from error
        request = secrets.token_urlsafe(32)
        waiting = oauth.Request(
            client_id=client.client_id,
            audience=server,
            scopes=scopes,
            state=params.state,
            code_challenge=params.code_challenge,
            redirect_uri=str(params.redirect_uri),
            redirect_uri_given=params.redirect_uri_provided_explicitly,
        )
        async with self._database.writing() as db:
            await oauth.add_request(db, hashed(request), waiting, REQUEST_LIFETIME)
        return f"/consent?request={request}"

    async def load_authorization_code(
        self, client: OAuthClientInformationFull, authorization_code: str
    ) -> Code | None:
        """The code, if it was given to this client. One that was used before ends the session it began."""
        async with self._database.writing() as db:
            found = await grants.code(db, client.client_id, hashed(authorization_code))
            if found is None:
                return None
            if found.used and await grants.end_of_code(db, client.client_id, hashed(authorization_code)):
                log.warning("a code came twice, so the session that it began was ended")
        return Code(
            code=authorization_code,
            scopes=found.scopes,
            expires_at=found.expires_at.timestamp(),
            client_id=client.client_id,
            code_challenge=found.code_challenge,
            redirect_uri=redirects.check(found.redirect_uri),
            redirect_uri_provided_explicitly=found.redirect_uri_given,
            resource=self._audiences.of(found.audience),
            subject=str(found.person_id),
            used=found.used,
        )

    async def exchange_authorization_code(
        self, client: OAuthClientInformationFull, authorization_code: Code
    ) -> OAuthToken:
        """Begin a session for the code. Of two who come with it at once, none keeps one."""
        code_hash, refresh = hashed(authorization_code.code), secrets.token_urlsafe(32)
        async with self._database.writing() as db:
            label = client.client_name or client.client_id
            grant = await grants.take_code(db, client.client_id, code_hash, label)
            if grant is None:
                await grants.end_of_code(db, client.client_id, code_hash)
            elif _may(grant):
                await self._continue(db, client, grant, refresh)
                await tell_of_sign_in(db, self._clock.now(), grant.person_id, grant.session_id, label)
            else:
                await signins.end(db, grant.session_id)
        if grant is None or not _may(grant):
            raise TokenError("invalid_grant", "The code has been used, has expired or was never given")
        return await self._tokens(client, grant, refresh, grant.scopes)

    async def load_refresh_token(
        self, client: OAuthClientInformationFull, refresh_token: str
    ) -> Refresh | None:
        """The refresh token, if this client owns it. One that was used before ends its session."""
        async with self._database.writing() as db:
            found = await grants.refresh(db, client.client_id, hashed(refresh_token))
            if found is None:
                return None
            if found.used and await signins.end(db, found.session_id):
                log.warning("a refresh token came twice, so session %d was ended", found.session_id)
        return Refresh(
            token=refresh_token,
            client_id=client.client_id,
            scopes=found.scopes,
            expires_at=int(found.expires_at.timestamp()),
            resource=self._audiences.of(found.audience),
            subject=str(found.person_id),
            session_id=found.session_id,
            used=found.used,
        )

    async def exchange_refresh_token(
        self, client: OAuthClientInformationFull, refresh_token: Refresh, scopes: list[str]
    ) -> OAuthToken:
        """New tokens for the session. Of two who come with one token, one gets them and they die at once."""
        old, new = hashed(refresh_token.token), secrets.token_urlsafe(32)
        async with self._database.writing() as db:
            grant = await grants.take_refresh(db, client.client_id, old)
            if grant is None:
                await grants.end_of_used(db, client.client_id, old)
            elif _may(grant):
                await self._continue(db, client, grant, new)
            else:
                await signins.end(db, grant.session_id)
        if grant is None or not _may(grant):
            raise TokenError("invalid_grant", "The refresh token has been used or has ended")
        return await self._tokens(client, grant, new, scopes)

    async def load_access_token(self, token: str) -> Access | None:
        """The access token, if we signed it for a client and it has not expired."""
        try:
            claims = await self._signer.verify(token)
        except InvalidToken:
            return None
        client_id, session = claims.get("client_id"), claims.get("sid")
        if not isinstance(client_id, str) or not isinstance(session, int):
            return None
        return Access(
            token=token,
            client_id=client_id,
            scopes=str(claims.get("scope", "")).split(),
            expires_at=claims["exp"],
            resource=str(claims.get("aud")),
            subject=str(claims.get("sub")),
            session_id=session,
        )

    async def revoke_token(self, token: Access | Refresh) -> None:
        """End the session of a token, and with it everything that came from it."""
        async with self._database.writing() as db:
            await signins.end(db, token.session_id)

    async def _continue(
        self, db: AsyncSession, client: OAuthClientInformationFull, grant: grants.Grant, refresh: str
    ) -> None:
        if REFRESHES in client.grant_types:
            await grants.add_refresh(db, hashed(refresh), grant.session_id)
        await oauth.used(db, client.client_id)

    async def _tokens(
        self, client: OAuthClientInformationFull, grant: grants.Grant, refresh: str, scopes: list[str]
    ) -> OAuthToken:
        lifetime = int(ACCESS_LIFETIME.total_seconds())
        access = await self._signer.sign(
            {
                "aud": self._audiences.of(grant.audience),
                "sub": str(grant.person_id),
                "sid": grant.session_id,
                "client_id": client.client_id,
                "scope": " ".join(scopes),
                "exp": int(datetime.now(UTC).timestamp()) + lifetime,
            }
        )
        return OAuthToken(
            access_token=access,
            expires_in=lifetime,
            scope=" ".join(scopes),
            refresh_token=refresh if REFRESHES in client.grant_types else None,
        )


def hashed(secret: str) -> bytes:
    """How codes, refresh tokens and ids of requests are stored: they are random, so no salt is needed."""
    return hashlib.sha256(secret.encode()).digest()


def _may(grant: grants.Grant) -> bool:
    """Whether the person may still have tokens of that audience: the admin server's are for staff."""
    return grant.audience != "admin" or grant.role in STAFF
