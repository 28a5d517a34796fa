"""Remembered consents: when a person is not asked again, and what withdrawing one ends."""

import pytest

from storage import oauth
from tests.oauth.world import ADMIN, HTML, App, Browser, World, told

pytestmark = pytest.mark.requirement("S3")


async def asks(ghar: World, app: App, browser: Browser, **changed: str) -> bool:
    """Whether the person has to answer, rather than being sent on with a code."""
    answer = await ghar.http.get(await ghar.waiting(app, **changed), headers=HTML | browser.cookie)
    assert answer.status_code in (200, 303)
    if answer.status_code == 303:
        assert "code" in told(answer)
    return answer.status_code == 200


async def test_the_same_scopes_or_fewer_are_not_asked_for_again(ghar: World) -> None:
    app, browser = await ghar.app(), await ghar.browser("staff")
    await ghar.tokens(app, browser, scope="mcp:read account:read")
    assert not await asks(ghar, app, browser, scope="mcp:read account:read")
    assert not await asks(ghar, app, browser, scope="account:read")
    assert await asks(ghar, app, browser, scope="mcp:read mcp:write")
    assert await asks(ghar, app, browser, scope="mcp:read", resource=ADMIN)
    assert await asks(ghar, await ghar.app(), browser, scope="mcp:read")
    assert await asks(ghar, app, await ghar.browser(), scope="mcp:read")


async def test_what_is_allowed_later_adds_to_it(ghar: World) -> None:
    app, browser = await ghar.app(), await ghar.browser()
    await ghar.tokens(app, browser, scope="mcp:read")
    await ghar.tokens(app, browser, scope="mcp:write")
    assert not await asks(ghar, app, browser, scope="mcp:read mcp:write")


@pytest.mark.parametrize("uri", ["http://127.0.0.1:1000/cb", "com.example.app:/cb", "cursor://some.where/cb"])
async def test_apps_that_others_could_pretend_to_be_are_always_asked_for(ghar: World, uri: str) -> None:
    app, browser = await ghar.app(uri), await ghar.browser()
    await ghar.tokens(app, browser)
    assert await asks(ghar, app, browser)


async def test_right_after_a_sign_in_a_page_leads_on(ghar: World) -> None:
    app, browser = await ghar.app(), await ghar.browser()
    await ghar.tokens(app, browser)
    page = f"{await ghar.waiting(app)}&from=sign-in"
    answer = await ghar.http.get(page, headers=HTML | browser.cookie)
    assert answer.status_code == 200
    assert 'http-equiv="refresh" content="0; url=https://app.example/callback?code=' in answer.text


async def test_withdrawing_ends_what_the_client_holds_and_it_must_ask_again(ghar: World) -> None:
    app, browser = await ghar.app(), await ghar.browser()
    tokens = await ghar.tokens(app, browser)
    pending = await ghar.code(app, browser)
    async with ghar.runtime.database.writing() as db:
        (kept,) = await oauth.consents_of(db, browser.id)
        assert (kept.client_name, kept.audience, kept.client_kind) == ("Lantern", "user", "registered")
        assert kept.used_at is not None
        assert not await oauth.withdraw(db, (await ghar.browser()).id, kept.id)
        assert await oauth.withdraw(db, browser.id, kept.id)
        assert not await oauth.withdraw(db, browser.id, kept.id)
        assert await oauth.consents_of(db, browser.id) == []
    assert await ghar.works(tokens["access_token"]) == 401
    assert (await ghar.refresh(app, tokens["refresh_token"])).json()["error"] == "invalid_grant"
    assert (await ghar.exchange(app, pending)).json()["error"] == "invalid_grant"
    assert await asks(ghar, app, browser)


async def test_the_consents_of_other_clients_stand(ghar: World) -> None:
    app, other, browser = await ghar.app(), await ghar.app(), await ghar.browser()
    await ghar.tokens(app, browser)
    tokens = await ghar.tokens(other, browser)
    async with ghar.runtime.database.writing() as db:
        kept = next(each for each in await oauth.consents_of(db, browser.id) if each.client_id == app.id)
        await oauth.withdraw(db, browser.id, kept.id)
    assert await ghar.works(tokens["access_token"]) == 200
