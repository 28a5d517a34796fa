"""Pages that cannot be shown: somebody who reads no JSON is told so on a page."""

import pytest
from starlette.requests import Request
from starlette.responses import Response

from servers.pages.visitors import guarded
from tests.clients.crowd import People
from tests.clients.house import House
from tests.pages.asking import bearer, deletion
from tests.pages.test_frame import request
from tools.refusals import TooMany

CUT = """select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid()"""


@pytest.mark.parametrize("path", ["/account", "/account/export", "confirm"])
async def test_a_page_says_when_the_records_are_out_of_reach_and_works_again_after(
    house: House, people: People, path: str
) -> None:
    person = await people.member()
    if path == "confirm":
        path = await deletion(house, await bearer(house, person))
    await person.open("/account")
    await house.query(CUT)
    statuses = set[int]()
    for _ in range(20):
        answer = await person.open(path)
        statuses.add(answer.status_code)
        if answer.status_code == 503:
            assert answer.headers["content-type"].startswith("text/html")
            assert answer.headers["retry-after"] == "5"
            assert "We cannot reach our records just now." in answer.text
    assert answer.status_code == 200
    assert statuses <= {200, 503}


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
