"""Calendar files over REST and as a page: of their own type, for whoever takes part in the visit alone."""

from collections.abc import AsyncGenerator, Mapping
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from facade import problems
from facade.routes import routes
from servers.pages.calendars import CalendarPages
from tests.account.conftest import Somebody
from tests.bearers import bearer
from tests.facade.serving import GHAR
from tests.street import slot
from tests.visits.conftest import Diary
from tools.contract import GUEST, Model, Viewer
from tools.dispatch import Caller, Dispatcher
from tools.identity import Door


class Browsers:
    """Stands for cookies: a request names whose it carries."""

    def __init__(self, dispatcher: Dispatcher, people: Mapping[str, Viewer]) -> None:
        self._dispatcher = dispatcher
        self._people = people

    async def of(self, request: Any) -> Viewer | None:
        return self._people.get(request.headers.get("cookie"))

    async def run(self, visit: Any, name: str, asked: Mapping[str, Any]) -> Model:
        return await self._dispatcher.run(self._dispatcher.catalog[name], asked, Caller("rest", visit))


@pytest.fixture
async def http(asha: Somebody, ravi: Somebody, dispatcher: Dispatcher) -> AsyncGenerator[httpx.AsyncClient]:
    people = {"asha": asha.viewer, "ravi": ravi.viewer}

    async def identify(scope: Mapping[str, Any], _door: Door) -> Viewer:
        return people.get((bearer(scope) or "").removeprefix("Bearer "), GUEST)

    pages: Any = CalendarPages(Browsers(dispatcher, people))  # pyright: ignore[reportArgumentType]
    app = Starlette(
        routes=[*routes(dispatcher, identify), *pages.routes()], exception_handlers=problems.handlers(GHAR)
    )
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as opened:
        yield opened


async def test_an_app_gets_the_file_as_what_it_is_and_again_only_when_it_has_changed(
    http: httpx.AsyncClient, asha: Somebody, kiran: Somebody, diary: Diary
) -> None:
    visit = await diary.book(asha, slot())
    path, mine = f"/api/v1/me/visits/{visit.id}/calendar", {"authorization": "Bearer asha"}
    answer = await http.get(path, headers=mine)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert answer.headers["content-disposition"] == 'inline; filename="calendar.ics"'
    assert answer.text.startswith("BEGIN:VCALENDAR\r\n")
    held = {**mine, "if-none-match": answer.headers["etag"]}
    assert (await http.get(path, headers=held)).status_code == 304
    await kiran.call("confirm_visit", id=visit.id)
    changed = await http.get(path, headers=held)
    assert (changed.status_code, "STATUS:CONFIRMED" in changed.text) == (200, True)
    for other, status in (({}, 401), ({"authorization": "Bearer ravi"}, 404)):
        refused = await http.get(path, headers=other)
        assert (refused.status_code, refused.headers["content-type"]) == (status, "application/json")


async def test_a_browser_saves_the_file_once_its_person_has_signed_in(
    http: httpx.AsyncClient, asha: Somebody, diary: Diary
) -> None:
    visit = await diary.book(asha, slot())
    path = f"/visits/{visit.id}.ics"
    stranger = await http.get(path)
    assert (stranger.status_code, stranger.headers["location"]) == (303, f"/sign-in?next={path}")
    answer = await http.get(path, headers={"cookie": "asha"})
    assert answer.headers["content-disposition"] == f'attachment; filename="360-ghar-visit-{visit.id}.ics"'
    assert answer.headers["cache-control"] == "no-store"
    assert f"UID:visit-{visit.id}@localhost" in answer.text
    assert (await http.get(path, headers={"cookie": "ravi"})).status_code == 404
