"""A database that drops its connections: the endpoints say so, and go on when it is back."""

import pytest

from tests.oauth.world import HTML, World

pytestmark = pytest.mark.requirement("S3")
CUT = """select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid()"""


async def test_a_client_is_told_to_come_again_and_loses_nothing(ghar: World) -> None:
    app, browser = await ghar.app(), await ghar.browser()
    tokens = await ghar.tokens(app, browser)
    assert await ghar.sql(CUT)
    answer = await ghar.refresh(app, tokens["refresh_token"])
    assert answer.status_code == 503
    assert answer.json().keys() == {"error", "error_description"}
    assert answer.headers["retry-after"] == "5"
    assert (await ghar.refresh(app, tokens["refresh_token"])).status_code == 200


async def test_a_person_is_told_to_come_again_and_the_request_waits(ghar: World) -> None:
    app, browser = await ghar.app(), await ghar.browser()
    page = await ghar.waiting(app)
    assert await ghar.sql(CUT)
    assert (await ghar.http.get(page, headers=HTML | browser.cookie)).status_code == 503
    assert (await ghar.http.get(page, headers=HTML | browser.cookie)).status_code == 200
