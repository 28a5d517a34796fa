"""Opening a stream: who asks, whether they may, and from which event on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from facade.streams import SCOPES
from tools.callers import allow
from tools.contract import Viewer
from tools.refusals import AuthProviderUnreachable, Forbidden, Invalid, SignInRequired

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import HTTPConnection

    from servers.settings import Settings
    from servers.streams.hub import Hub
    from tools.identity import Identify

NEWEST: Final = 2**63


class NotOurPage(Forbidden):
    """Pages of this origin may not listen with the sign-in of a browser."""


class NoSuchEvent(Invalid):
    """An event's id is a whole number, as it came with the event."""


class Start(NamedTuple):
    """Where a stream begins."""

    last: int
    """The event that counts as seen."""

    reset: bool
    """Whether something between may have been forgotten."""


class Opening:
    """Decides who may open which stream."""

    def __init__(self, settings: Settings, identify: Identify, hub: Hub) -> None:
        self.hub = hub
        self._identify = identify
        self._origins = {settings.url, *settings.allowed_origins}
        self._strict = settings.production

    async def viewer(self, scope: Mapping[str, Any]) -> Viewer:
        """Who opens a stream of their events, by the credentials of the request. Refuses whoever may not."""
        viewer = await self.whoever(scope)
        allow(viewer, SCOPES)
        return viewer

    async def whoever(self, scope: Mapping[str, Any]) -> Viewer:
        """The person behind a request. A cookie counts on our own pages only."""
        # A WebSocket begins with a GET.
        viewer = await self._identify({"method": "GET", **scope}, "any")
        if viewer.id is None:
            raise AuthProviderUnreachable if viewer.unchecked else SignInRequired
        headers = Headers(scope=dict(scope))
        if "authorization" not in headers and not self.ours(headers):
            raise NotOurPage
        return viewer

    def ours(self, headers: Headers) -> bool:
        """Whether a request came from one of our pages, or from no page at all.

        Browsers let every page open a WebSocket to us, with our cookies; only its origin tells them apart.
        """
        origin = headers.get("origin")
        if origin is None or origin in self._origins:
            return True
        return not self._strict and urlsplit(origin).netloc == headers.get("host")

    async def start(self, whose: int, asked: int | None) -> Start:
        """Where the stream of a person begins who has seen the event that was `asked` for."""
        place = await self.hub.place(whose, asked)
        if asked is None:
            return Start(place.latest, reset=False)
        if asked == 0 or place.kept:
            return Start(asked, reset=False)
        return Start(place.latest, reset=True)


def asked_for(request: HTTPConnection) -> int | None:
    """The event that was seen last, as a browser says it or as the address does."""
    asked = request.headers.get("last-event-id") or request.query_params.get("after")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit()) or len(asked) > len(str(NEWEST)) or int(asked) >= NEWEST:
        raise NoSuchEvent
    return int(asked)
