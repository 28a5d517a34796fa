"""The page on which somebody reports what should not be here, `/report/{kind}/{id}`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, get_args

from starlette.routing import Route

from facade.problems import NoSuchPath
from servers.pages import frame
from servers.pages.forms import fields
from servers.pages.visitors import guarded, to_sign_in
from tools.refusals import Refused
from tools.trust.reporting import Kind, Reason

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from servers.pages.visitors import Visit, Visitors

PATH: Final = "/report"
KINDS: Final[tuple[str, ...]] = get_args(Kind)
REASONS: Final[tuple[str, ...]] = get_args(Reason)


class ReportPages:
    """Asks for a reason, and hands it to the tool as the person of the cookie."""

    def __init__(self, visitors: Visitors) -> None:
        self._visitors = visitors

    def routes(self) -> list[Route]:
        """`/report/{kind}/{id}`."""
        at = f"{PATH}/{{kind}}/{{id:int}}"
        return [
            Route(at, guarded(self._show), methods=["GET"], name="report"),
            Route(at, guarded(self._send), methods=["POST"]),
        ]

    async def _show(self, request: Request) -> Response:
        visit = await self._visit(request)
        return to_sign_in(request) if visit is None else _page(visit)

    async def _send(self, request: Request) -> Response:
        visit = await self._visit(request)
        if visit is None:
            return to_sign_in(request)
        sent = await fields(request)
        said = {"reason": sent.get("reason", ""), "words": sent.get("words", "").replace("\r\n", "\n")}
        try:
            self._visitors.check_form(visit, sent.get("csrf"))
            await self._visitors.call(visit, "report_content", **request.path_params, **said)
        except Refused as refused:
            return _page(visit, said, refused=refused)
        return _page(visit, said, done=True)

    async def _visit(self, request: Request) -> Visit | None:
        if request.path_params["kind"] not in KINDS:
            raise NoSuchPath("There is nothing of that kind to report.")
        return await self._visitors.of(request)


def _page(
    visit: Visit,
    said: dict[str, str] | None = None,
    *,
    refused: Refused | None = None,
    done: bool = False,
) -> Response:
    request = visit.request
    given: dict[str, Any] = said or {"reason": "", "words": ""}
    return frame.render(
        request,
        "report",
        status=200 if refused is None else refused.status,
        kind=request.path_params["kind"],
        csrf=visit.session.csrf,
        reasons=REASONS,
        given=given,
        refused=refused,
        done=done,
    )
