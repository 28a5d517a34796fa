"""How often a client may ask: counted first of all, answered where ids, headers and the log are."""

import logging
from collections.abc import Sequence
from functools import lru_cache
from ipaddress import ip_address, ip_network

from starlette.types import ASGIApp, Receive, Scope, Send

from servers.middleware.refusing import refuse
from servers.middleware.slashes import trimmed
from tools.clients import client_of
from tools.ports import Limiter
from tools.refusals import Refused, TooMany

log = logging.getLogger("ghar.limits")

PER_MINUTE = 500
"""Requests of one client, whatever they are for."""

TIGHTER = {
    "/sign-in": 30,
    "/sign-in/code": 30,
    "/register": 10,
    "/token": 60,
    "/revoke": 60,
    "/authorize": 60,
    "/consent": 60,
}
"""Addresses where guessing or filling tables would pay, each counted by itself beside the whole."""

APART = frozenset({"/health", "/health/live", "/health/ready"})
"""Counted by themselves: people behind a busy address must not make its probes fail."""

SHARED = 20
"""How many times as much an address may send that speaks for many people."""

_REFUSED = "ghar.refused"


class RateLimit:
    """Counts every request once, streams too. What is too much is marked, and answered by `TurnedAway`."""

    def __init__(self, app: ASGIApp, limiter: Limiter, *, shared: Sequence[str] = (), proxied: bool) -> None:
        """`shared` are the networks of hosts; `proxied` says that forwarded addresses are believed."""
        self._app = app
        self._limiter = limiter
        self._shared = [ip_network(each) for each in shared]
        self._weight = lru_cache(4096)(self._weighed)
        self._hinted = proxied

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            wait = await self._counted(scope)
            if wait:
                scope[_REFUSED] = TooMany(retry_after=wait, details={"retry_after": wait})
                self._hint(scope)
        await self._app(scope, receive, send)

    async def _counted(self, scope: Scope) -> int:
        path: str = scope["path"]
        if path.endswith("/"):
            path = trimmed(path)
        client = client_of(scope)
        most = PER_MINUTE * self._weight(client) if self._shared else PER_MINUTE
        wait = await self._limiter.take(f"health {client}" if path in APART else client, most)
        if not wait and path in TIGHTER:
            most = TIGHTER[path] * self._weight(client)
            wait = await self._limiter.take(f"{path} {client}", most)
        return wait

    def _weighed(self, client: str) -> int:
        try:
            address = ip_address(client)
        except ValueError:
            return 1
        return SHARED if any(address in network for network in self._shared) else 1

    def _hint(self, scope: Scope) -> None:
        """Say once what is the likeliest mistake when clients are refused."""
        if not self._hinted and any(name == b"x-forwarded-for" for name, _ in scope["headers"]):
            self._hinted = True
            log.warning(
                "Clients are refused that came through a proxy, whose address is all that counts. "
                "If it is yours, name it in GHAR_TRUSTED_PROXIES."
            )


class TurnedAway:
    """Answers what the count has refused, with everything that answers have."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused: Refused | None = scope.get(_REFUSED)
        if refused is None:
            await self._app(scope, receive, send)
        else:
            await refuse(refused, scope, send)
