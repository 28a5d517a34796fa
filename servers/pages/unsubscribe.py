"""The page behind the link in every e-mail, `/unsubscribe/{token}`: one button, no sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.routing import Route

from servers.jobs import operator
from servers.pages import frame
from servers.pages.forms import fields
from servers.pages.visitors import guarded
from tools.notifications.unsubscribing import PATH, named

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from tools.dispatch import Dispatcher
    from tools.ports import Ports

TOOL: Final = "switch_by_link"
MULTIPART: Final = "multipart/form-data"


class UnsubscribePages:
    """Shows what a link ends, and ends it. Looking at it changes nothing: mail scanners follow every link.

    Mail programs post to the same address when somebody presses their own button (RFC 8058).
    """

    def __init__(self, dispatcher: Dispatcher, ports: Ports) -> None:
        self._dispatcher = dispatcher
        self._ports = ports

    def routes(self) -> list[Route]:
        """`/unsubscribe/{token}`."""
        at = f"{PATH}/{{token}}"
        return [
            Route(at, guarded(self._show), methods=["GET"], name="unsubscribe"),
            Route(at, guarded(self._switch), methods=["POST"]),
        ]

    async def _show(self, request: Request) -> Response:
        return self._page(request, "ask")

    async def _switch(self, request: Request) -> Response:
        token = request.path_params["token"]
        named(self._ports, token)
        on = "again" in await _sent(request)
        given: dict[str, Any] = {"token": token, "on": on}
        tool = self._dispatcher.catalog[TOOL]
        await self._dispatcher.run(tool, given, operator(tool))
        return self._page(request, "on" if on else "off")

    def _page(self, request: Request, state: str) -> Response:
        who = named(self._ports, request.path_params["token"])
        return frame.render(request, "unsubscribe", state=state, category=who.category, channel=who.channel)


async def _sent(request: Request) -> dict[str, str]:
    # A mail program may send its one field in this form as well.
    if request.headers.get("content-type", "").lower().startswith(MULTIPART):
        return {}
    return await fields(request)
