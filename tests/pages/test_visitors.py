"""Pages that cannot be shown: somebody who reads no JSON is told so on a page."""

from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response

from servers.pages.visitors import guarded
from storage import embedded
from tests.clients import numbers
from tests.clients.house import House, open_house
from tests.clients.people import Person
from tests.pages.test_frame import request
from tools.refusals import TooMany

CUT = """select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid()"""


@pytest.fixture
async def house(server: embedded.Server, empty_template: str, tmp_path: Path) -> AsyncGenerator[House]:
    """A house of its own, since its connections are cut."""
    async with open_house(server, empty_template, tmp_path) as opened:
        yield opened


async def test_pages_say_when_the_records_are_out_of_reach_and_work_again_after(house: House) -> None:
    async with Person(house, numbers.phone()) as person:
        await person.signs_in("/account")
        await person.open("/account/delete")
        await person.submit(person.form("csrf", to="delete"))
        paths = ("/account", "/account/export", person.at)
        assert paths[-1].startswith("/confirm/")
        await house.query(CUT)
        statuses = [(await opened(person, path)).status_code for path in paths for _ in range(10)]
        assert set(statuses) == {200, 503}
        assert [(await opened(person, path)).status_code for path in paths] == [200, 200, 200]


async def opened(person: Person, path: str) -> httpx.Response:
    """A page, or the page that says that it cannot be shown."""
    answer = await person.open(path)
    if answer.status_code == 503:
        assert answer.headers["content-type"].startswith("text/html")
        assert answer.headers["retry-after"] == "5"
        assert "We cannot reach our records just now." in answer.text
    return answer


async def test_a_refusal_keeps_its_status_and_says_its_sentence() -> None:
    async def page(_: Request) -> Response:
        raise TooMany(retry_after=7)

    answer = await guarded(page)(request("/account"))
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "7")
    assert b"Too many requests. Wait a little." in bytes(answer.body)


async def test_a_lost_database_is_a_page_that_says_so() -> None:
    async def page(_: Request) -> Response:
        raise ConnectionRefusedError

    answer = await guarded(page)(request("/account", query="lang=hi"))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "रिकॉर्ड" in bytes(answer.body).decode()


async def test_a_defect_of_ours_is_not_hidden() -> None:
    async def page(_: Request) -> Response:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await guarded(page)(request("/account"))
