"""An MCP host on the official Python SDK."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

import httpx2
import mcp
from mcp.client.auth import OAuthClientProvider
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import (
    AuthorizationCodeResult,
    OAuthClientInformationFull,
    OAuthClientMetadata,
    OAuthToken,
)
from pydantic import AnyUrl

from tests.clients.people import Person
from tests.clients.relying import CALLBACK

Mode = Literal["2026-07-28", "legacy"]


class Kept:
    """What a host remembers between its connections."""

    def __init__(self) -> None:
        self.tokens: OAuthToken | None = None
        self.client: OAuthClientInformationFull | None = None
        self.every: list[OAuthToken] = []

    async def get_tokens(self) -> OAuthToken | None:
        return self.tokens

    async def set_tokens(self, tokens: OAuthToken) -> None:
        self.tokens = tokens
        self.every.append(tokens)

    async def get_client_info(self) -> OAuthClientInformationFull | None:
        return self.client

    async def set_client_info(self, client_info: OAuthClientInformationFull) -> None:
        self.client = client_info


class Host:
    """One installation of a host, whose user is `person`."""

    def __init__(self, server_url: str, person: Person, **metadata: Any) -> None:
        self.kept = Kept()
        self.asked: list[str] = []
        """The addresses that it sent the person to."""

        self._person = person
        asked = {"client_name": "A Python host", "redirect_uris": [AnyUrl(CALLBACK)]} | metadata
        self.auth = OAuthClientProvider(
            server_url,
            OAuthClientMetadata.model_validate(asked),
            self.kept,
            redirect_handler=self._send,
            callback_handler=self._back,
        )
        self._server_url = server_url

    @property
    def client_id(self) -> str:
        assert self.kept.client is not None
        return self.kept.client.client_id

    async def _send(self, url: str) -> None:
        self.asked.append(url)

    async def _back(self) -> AuthorizationCodeResult:
        told = await self._person.allows(self.asked[-1])
        return AuthorizationCodeResult.model_validate(told)

    def lets_its_token_expire(self) -> None:
        """What it believes of its access token once an hour has gone."""
        self.auth.context.token_expiry_time = 1

    @asynccontextmanager
    async def connected(self, mode: Mode = "legacy") -> AsyncGenerator[mcp.Client]:
        """A connection to its server."""
        async with (
            httpx2.AsyncClient(auth=self.auth, timeout=30) as http,
            mcp.Client(streamable_http_client(self._server_url, http_client=http), mode=mode) as client,
        ):
            yield client


def scopes_asked(url: str) -> set[str]:
    """The scopes that an authorization request names."""
    return set(parse_qs(urlsplit(url).query)["scope"][0].split())
