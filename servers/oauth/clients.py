"""Clients: who asks for access, found by id; their secrets are derived and never stored."""

from __future__ import annotations

import base64
import hmac
from typing import TYPE_CHECKING, Any, Literal

from mcp.shared.auth import InvalidRedirectUriError, OAuthClientInformationFull

from servers.oauth import redirects
from storage import oauth

if TYPE_CHECKING:
    from pydantic import AnyUrl

    from servers.oauth.documents import Documents
    from storage.engine import Database

WITH_SECRET = ("client_secret_post", "client_secret_basic")


class Client(OAuthClientInformationFull):
    """A client that we know."""

    kind: Literal["registered", "document"]

    @property
    def addresses(self) -> list[str]:
        """Its redirect addresses, as it registered them."""
        return [str(each) for each in self.redirect_uris or ()]

    @property
    def confidential(self) -> bool:
        """Whether it has a secret."""
        return self.token_endpoint_auth_method in WITH_SECRET

    def redirect(self, asked: str | None) -> str:
        """Where to send the answer. Refuses an address that is not registered, and a guess among several."""
        known = self.addresses
        if asked is None and len(known) == 1:
            return known[0]
        if asked is None or not redirects.registered(asked, known):
            raise InvalidRedirectUriError("The redirect_uri is not registered for this client")
        return asked

    def validate_redirect_uri(self, redirect_uri: AnyUrl | None) -> AnyUrl:
        """The same for the SDK's own handlers."""
        return redirects.check(self.redirect(None if redirect_uri is None else str(redirect_uri)))

    def validate_scope(self, requested_scope: str | None) -> list[str] | None:
        """What it asks for: the scope that it registered is only what it gets when it asks for nothing."""
        return None if requested_scope is None else requested_scope.split(" ")


class Clients:
    """Finds clients, and tells their secrets."""

    def __init__(self, database: Database, key: bytes, documents: Documents) -> None:
        """`key` is what secrets are derived with."""
        self._database = database
        self._key = key
        self._documents = documents

    async def known(self, client_id: str) -> Client | None:
        """The client of that id, as it is stored."""
        async with self._database.reading(primary=True) as db:
            found = await oauth.client(db, client_id)
        return None if found is None else _client(found)

    async def current(self, client_id: str) -> Client | None:
        """The client of that id; a metadata document that is not fresh is fetched first."""
        async with self._database.reading(primary=True) as db:
            found = await oauth.client(db, client_id)
        if found is not None and (found.kind == "registered" or found.fresh):
            return _client(found)
        if not self._documents.is_one(client_id):
            return None
        metadata = await self._documents.fetch(client_id)
        return _client(oauth.Client(client_id, "document", metadata, fresh=True))

    def secret(self, client_id: str) -> str:
        """The secret of a client: 256 bits, always the same."""
        derived = hmac.digest(self._key, client_id.encode(), "sha256")
        return base64.urlsafe_b64encode(derived).rstrip(b"=").decode()

    def knows_secret(self, client: Client, given: str) -> bool:
        """Whether that is the client's secret."""
        return hmac.compare_digest(self.secret(client.client_id).encode(), given.encode())


def _client(found: oauth.Client) -> Client:
    about: dict[str, Any] = {**found.metadata, "client_id": found.id, "kind": found.kind}
    return Client.model_validate(about)
