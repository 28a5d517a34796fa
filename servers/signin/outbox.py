"""The page `/outbox`: what would have been sent, shown in development to whoever sits at this machine."""

from __future__ import annotations

import hmac
import logging
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.routing import Route

from facade.problems import NoSuchPath
from servers.pages import frame

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from servers.adapters.outbox import Outbox
    from servers.keys import Keys

log = logging.getLogger(__name__)

LOOPBACK = ("localhost", "127.0.0.1", "::1")
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


class OutboxPage:
    """Shows the outbox to requests from this machine, and to those that know the key from the log.

    A development server is often reached through a tunnel, by people who must not read each other's codes.
    """

    def __init__(self, outbox: Outbox, keys: Keys, url: str) -> None:
        self._outbox = outbox
        self._key = keys.of("outbox").hex()[:32]
        log.info("Sign-in codes are shown at %s/outbox?key=%s", url, self._key)

    def routes(self) -> list[Route]:
        """`/outbox`."""
        return [Route("/outbox", self._page, methods=["GET"], name="outbox")]

    async def _page(self, request: Request) -> Response:
        key = request.query_params.get("key", "")
        if not _local(request) and not hmac.compare_digest(key.encode(), self._key.encode()):
            raise NoSuchPath
        return frame.render(request, "outbox", messages=list(self._outbox.messages))


def _local(request: Request) -> bool:
    """Whether this comes from this machine, under a name of this machine, with nobody between."""
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname
    address = request.client.host if request.client else ""
    passed_on = any(name in request.headers for name in FORWARDED)
    return host in LOOPBACK and address in LOOPBACK and not passed_on
