"""Visits as calendar files, for whoever opens one in the browser in which they have signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import Response
from starlette.routing import Route

from servers.pages.visitors import guarded, to_sign_in
from tools.blocks import Document

if TYPE_CHECKING:
    from starlette.requests import Request

    from servers.pages.visitors import Visitors

PATH: Final = "/visits/{id:int}.ics"


class CalendarPages:
    """The address that widgets open, since a host passes no sign-in on to it."""

    def __init__(self, visitors: Visitors) -> None:
        self._visitors = visitors

    def routes(self) -> list[Route]:
        return [Route(PATH, guarded(self._file), methods=["GET"])]

    async def _file(self, request: Request) -> Response:
        which: int = request.path_params["id"]
        visit = await self._visitors.of(request)
        if visit is None:
            return to_sign_in(request)
        answer = await self._visitors.run(visit, "visit_calendar", {"id": which})
        (file,) = [block for block in answer.blocks() if isinstance(block, Document)]
        headers = {
            "Cache-Control": "no-store",
            "Content-Disposition": f'attachment; filename="360-ghar-visit-{which}.ics"',
        }
        return Response(file.content, media_type=file.mime, headers=headers)
