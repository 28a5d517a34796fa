"""The page of a watch, `/watch/{token}`: what it found, and one button that ends it, without signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.routing import Route

from servers.jobs import operator
from servers.pages import frame
from servers.pages.forms import fields
from servers.pages.visitors import guarded
from tools import links, moments
from tools.watches.by_link import PATH, WatchByLink
from tools.watches.saying import line

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from tools.dispatch import Dispatcher


class WatchPages:
    """Shows what a link in a message leads to. Looking at it changes nothing: mail scanners follow links."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher

    def routes(self) -> list[Route]:
        """`/watch/{token}`."""
        at = f"{PATH}/{{token}}"
        return [
            Route(at, guarded(self._show), methods=["GET"], name="watch"),
            Route(at, guarded(self._switch), methods=["POST"]),
        ]

    async def _show(self, request: Request) -> Response:
        return await self._page(request, changed=False)

    async def _switch(self, request: Request) -> Response:
        on = "again" in await fields(request)
        await self._run(request, "switch_watch_by_link", on=on)
        return await self._page(request, changed=True)

    async def _page(self, request: Request, *, changed: bool) -> Response:
        lang = frame.language(request)
        watch: WatchByLink = await self._run(request, "watch_by_link")
        news = [
            {
                "text": line(each, lang),
                "at": moments.said(each.at, lang),
                "link": f"{links.HOMES}/{each.property_id}" if each.offered else None,
            }
            for each in watch.changes
        ]
        return frame.render(request, "watching", watch=watch, news=news, changed=changed)

    async def _run(self, request: Request, name: str, **given: Any) -> Any:
        tool = self._dispatcher.catalog[name]
        asked = {"token": request.path_params["token"], **given}
        return await self._dispatcher.run(tool, asked, operator(tool))
