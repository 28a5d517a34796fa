"""The page of a shared shortlist, `/s/{token}`: family and friends need no account to look and comment."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from servers.pages import frame
from servers.pages.forms import fields
from servers.pages.visitors import guarded
from servers.pages.words import share as words
from tools import links, moments, units
from tools.callers import Caller
from tools.clients import client_of
from tools.refusals import Refused
from tools.shortlists.lists import EVERYBODYS
from tools.shortlists.sharing import PATH, LinkEnded, SharedProperty, SharedShortlist

if TYPE_CHECKING:
    from starlette.requests import Request

    from tools.dispatch import Dispatcher

_FIELDS: Final = ("name", "text", "property_id")
_LONGEST_ID: Final = 16
_NAMED_FOR: Final = 31_536_000
NAME: Final = "called"
"""The cookie in which a browser keeps what its person calls themselves."""


class FamilyPages:
    """Shows what a link opens, and takes comments where the link allows them."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher

    def routes(self) -> list[Route]:
        """`/s/{token}`."""
        at = f"{PATH}/{{token}}"
        return [
            Route(at, guarded(self._show), methods=["GET"], name="family"),
            Route(at, guarded(self._say), methods=["POST"]),
        ]

    async def _show(self, request: Request) -> Response:
        return await self._page(request)

    async def _say(self, request: Request) -> Response:
        sent = await fields(request)
        given: dict[str, Any] = {name: sent.get(name, "") for name in _FIELDS}
        about = given.pop("property_id")
        if about:
            # What is no id is refused as any other field that is wrong.
            given["property_id"] = int(about) if about.isdecimal() and len(about) <= _LONGEST_ID else about
        try:
            await self._run(request, "comment_by_link", **given)
        except LinkEnded:
            raise
        except Refused as refused:
            return await self._page(request, refused, {**given, "property_id": about})
        to = f"{request.url.path}#{f'home-{about}' if about else 'all'}"
        answer = RedirectResponse(to, 303, headers={"Cache-Control": "no-store"})
        answer.set_cookie(
            NAME,
            given["name"].encode().hex(),
            max_age=_NAMED_FOR,
            path=PATH,
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )
        return answer

    async def _page(
        self, request: Request, refused: Refused | None = None, given: dict[str, Any] | None = None
    ) -> Response:
        lang = frame.language(request)
        shared: SharedShortlist = await self._run(request, "open_shared_shortlist")
        return frame.render(
            request,
            "family",
            status=200 if refused is None else refused.status,
            shared=shared,
            homes=[_home(each, lang) for each in shared.properties],
            everybodys=shared.name == EVERYBODYS,
            until=moments.day(shared.expires_at, lang),
            moment=partial(moments.said, lang=lang),
            refused=refused,
            given=given or {"name": _named(request), "text": "", "property_id": ""},
        )

    async def _run(self, request: Request, tool: str, /, **given: Any) -> Any:
        caller = Caller("rest", client=client_of(request.scope))
        asked = {"token": request.path_params["token"], **given}
        return await self._dispatcher.run(self._dispatcher.catalog[tool], asked, caller)


def _home(home: SharedProperty, lang: str) -> dict[str, Any]:
    """A property in words of one language."""
    hindi = lang == "hi"
    say = units.rupees if home.purpose == "buy" else units.rent
    area = units.area(home.area_sqft, hindi=hindi) if home.area_sqft else None
    size = f"{home.bedrooms} BHK" if home.bedrooms else None
    facts = (size, words.of(home.kind, lang), area, words.of(home.purpose, lang))
    return {
        "home": home,
        "price": None if home.price is None else say(home.price, hindi=hindi),
        "facts": " · ".join(each for each in facts if each),
        "link": f"{links.HOMES}/{home.property_id}" if home.offered else None,
    }


def _named(request: Request) -> str:
    try:
        return bytes.fromhex(request.cookies.get(NAME, "")).decode()[:40]
    except ValueError:
        return ""
