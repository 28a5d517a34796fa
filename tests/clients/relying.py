"""An OAuth client that speaks the protocol itself, so that it can also speak it wrongly."""

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx

CALLBACK = "http://127.0.0.1:53682/callback"


def verifier() -> str:
    """A fresh PKCE verifier."""
    return secrets.token_urlsafe(48)


def challenge(verifier: str) -> str:
    """Its S256 challenge."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


@dataclass(slots=True)
class Tokens:
    """What the token endpoint gave."""

    access: str
    refresh: str
    scope: frozenset[str]

    @property
    def bearer(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.access}"}


@dataclass(slots=True)
class RelyingParty:
    """A registered client of the house, and the endpoints that its metadata names."""

    http: httpx.AsyncClient
    metadata: dict[str, Any]
    client: dict[str, Any]
    redirect_uri: str = CALLBACK
    verifier: str = field(default_factory=verifier)
    state: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    @property
    def id(self) -> str:
        return self.client["client_id"]

    def authorization(self, resource: str, **changed: str | None) -> str:
        """The address to send a person to. A parameter changed to None is left out; no scope asks for all."""
        asked: dict[str, str | None] = {
            "response_type": "code",
            "client_id": self.id,
            "redirect_uri": self.redirect_uri,
            "state": self.state,
            "code_challenge": challenge(self.verifier),
            "code_challenge_method": "S256",
            "resource": resource,
        } | changed
        given = {name: value for name, value in asked.items() if value is not None}
        return f"{self.metadata['authorization_endpoint']}?{urlencode(given)}"

    async def token(self, **asked: str | None) -> httpx.Response:
        """The token endpoint's answer. A field of None is left out."""
        data = {"client_id": self.id} | asked
        if secret := self.client.get("client_secret"):
            data = {"client_secret": secret} | data
        given = {name: value for name, value in data.items() if value is not None}
        return await self.http.post(self.metadata["token_endpoint"], data=given)

    async def exchange(self, code: str, resource: str | None = None, **changed: str | None) -> httpx.Response:
        """The answer to a code."""
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": self.verifier,
            "resource": resource,
        }
        return await self.token(**(asked | changed))

    async def refresh(self, token: str, **changed: str | None) -> httpx.Response:
        """The answer to a refresh token."""
        return await self.token(**({"grant_type": "refresh_token", "refresh_token": token} | changed))

    async def revoke(self, token: str, **more: str) -> httpx.Response:
        """The answer to a revocation."""
        data = {"client_id": self.id, "token": token, **more}
        if secret := self.client.get("client_secret"):
            data["client_secret"] = secret
        return await self.http.post(self.metadata["revocation_endpoint"], data=data)


def tokens(answer: httpx.Response) -> Tokens:
    """The tokens of an answer that must have them."""
    assert answer.status_code == 200, answer.text
    given = answer.json()
    assert given["token_type"] == "Bearer"
    return Tokens(given["access_token"], given["refresh_token"], frozenset(given["scope"].split()))


async def registered(base: str, http: httpx.AsyncClient, **metadata: Any) -> RelyingParty:
    """A public client that has registered itself."""
    found = (await http.get(f"{base}/.well-known/oauth-authorization-server")).json()
    asked = {
        "client_name": "A test's client",
        "redirect_uris": [CALLBACK],
        "token_endpoint_auth_method": "none",
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
    } | metadata
    answer = await http.post(found["registration_endpoint"], json=asked)
    assert answer.status_code == 201, answer.text
    return RelyingParty(http, found, answer.json(), asked["redirect_uris"][0])
