"""The page `/outbox`: what would have been sent, shown in development to whoever sits at this machine."""

from __future__ import annotations

import hmac
import logging
from typing import TYPE_CHECKING

from starlette.routing import Route

from facade.problems import NoSuchPath
from servers.local import is_local
from servers.pages import frame

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from servers.adapters.outbox import Outbox
    from servers.keys import Keys

log = logging.getLogger(__name__)


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
        if not is_local(request) and not hmac.compare_digest(key.encode(), self._key.encode()):
            raise NoSuchPath
        return frame.render(request, "outbox", messages=list(self._outbox.messages))
