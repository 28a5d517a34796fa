"""The authorization server: what it answers at once, and what has to import the MCP SDK first."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.routing import Route

from servers.fetching import Fetcher
from servers.later import Later
from servers.oauth import metadata
from servers.oauth.scopes import Scopes

if TYPE_CHECKING:
    from servers.later import Made
    from servers.runtime import Runtime
    from servers.signin.websession import WebSessions

PATHS = {
    "/authorize": ["GET", "POST"],
    "/token": ["POST"],
    "/register": ["POST"],
    "/revoke": ["POST"],
    "/consent": ["GET", "POST"],
}


@dataclass(frozen=True, slots=True)
class OAuthOptions:
    """What the endpoints stand on."""

    runtime: Runtime
    sessions: WebSessions
    scopes: Scopes
    fetcher: Fetcher


class OAuthServer:
    """The authorization server of one installation."""

    def __init__(self, runtime: Runtime, sessions: WebSessions, fetcher: Fetcher | None = None) -> None:
        self._runtime = runtime
        self._scopes = Scopes(runtime.catalog)
        self._fetcher = fetcher or Fetcher()
        self._options = OAuthOptions(runtime, sessions, self._scopes, self._fetcher)
        self._endpoints = Later("the authorization server", self._make)

    def routes(self) -> list[Route]:
        """The endpoints, and the documents that tell of them."""
        url, signer = self._runtime.settings.url, self._runtime.signer
        endpoints = [Route(path, self._endpoints, methods=methods) for path, methods in PATHS.items()]
        return [*endpoints, *metadata.routes(url, self._scopes, signer)]

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[asyncio.Future[Any]]:
        """Make the endpoints in the background."""
        try:
            async with self._endpoints.running() as made:
                yield made
        finally:
            self._fetcher.close()

    def _make(self) -> Made:
        endpoints: Any = importlib.import_module("servers.oauth.endpoints")
        made: Made = endpoints.build(self._options)
        return made
