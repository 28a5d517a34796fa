"""The page `/outbox`: what would have been sent, shown in development to whoever sits at this machine."""

from __future__ import annotations

import hmac
import logging
from typing import TYPE_CHECKING, Final

from starlette.responses import Response
from starlette.routing import Route

from facade.problems import NoSuchPath
from servers.local import is_local
from servers.pages import frame

if TYPE_CHECKING:
    from starlette.requests import Request

    from servers.adapters.outbox import Outbox
    from servers.keys import Keys

log = logging.getLogger(__name__)

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox allow-popups"
"""An e-mail is shown as a mail program does: without scripts, and with nothing from elsewhere."""


class OutboxPage:
    """Shows the outbox to requests from this machine, and to those that know the key from the log.

    A development server is often reached through a tunnel, by people who must not read each other's codes.
    """

    def __init__(self, outbox: Outbox, keys: Keys, url: str) -> None:
        self._outbox = outbox
        self._key = keys.of("outbox").hex()[:32]
        log.info("Messages are shown at %s/outbox?key=%s", url, self._key)

    def routes(self) -> list[Route]:
        """`/outbox`, and each e-mail as it looks."""
        return [
            Route("/outbox", self._page, methods=["GET"], name="outbox"),
            Route("/outbox/{number:int}", self._mail, methods=["GET"]),
        ]

    async def _page(self, request: Request) -> Response:
        key = self._admitted(request)
        return frame.render(request, "outbox", messages=list(self._outbox.messages), key=key)

    async def _mail(self, request: Request) -> Response:
        self._admitted(request)
        sent = self._outbox.find(request.path_params["number"])
        if sent is None or sent.html is None:
            raise NoSuchPath
        headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}
        return Response(sent.html, media_type="text/html; charset=utf-8", headers=headers)

    def _admitted(self, request: Request) -> str:
        """The key of a request that brings it. Refuses one that is neither from here nor brings the key."""
        key = request.query_params.get("key", "")
        if hmac.compare_digest(key.encode(), self._key.encode()):
            return key
        if not is_local(request):
            raise NoSuchPath
        return ""
