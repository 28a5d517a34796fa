"""The page of a watch: what it found, and one button that ends it, for whoever holds the link."""

import json
from collections.abc import AsyncGenerator

import httpx
import pytest
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.routing import Router

from facade import problems
from servers import middleware
from servers.pages.watching import WatchPages
from tests.account.conftest import Somebody
from tests.watches.conftest import Market
from tools.dispatch import Dispatcher


@pytest.fixture
async def client(dispatcher: Dispatcher) -> AsyncGenerator[httpx.AsyncClient]:
    """A browser that nobody is signed in with, behind the front door."""
    app = ExceptionMiddleware(Router(WatchPages(dispatcher).routes()), handlers=problems.handlers())
    whole = middleware.wrapped(app, middleware.FrontDoor(secure=True, origins=()))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(whole), base_url="https://ghar.example"
    ) as opened:
        yield opened


async def link(market: Market) -> str:
    """Where the last message of a watch leads."""
    sent = "select convert_from(payload, 'utf8') from pgqueuer where entrypoint = 'send_notification' "
    told = json.loads((await market.street.ask(f"{sent} order by id desc limit 1"))[0])
    return f"/watch/{told['about']['page']}"


async def test_the_link_of_a_message_shows_the_news_and_ends_it_for_good_or_for_now(
    asha: Somebody, market: Market, client: httpx.AsyncClient
) -> None:
    home, other, *_ = market.street.homes
    watch = await asha.call("create_watch", property_id=home, name="<Home>")
    kept = await asha.call("create_watch", property_id=other)
    await market.edit(home, price=900)
    await market.looked()
    at = await link(market)
    page = await client.get(at)
    assert page.status_code == 200
    for said in ("&lt;Home&gt;", "Cheaper: Flat 1, ₹900/month (was ₹1,000/month)", f'href="/h/{home}"'):
        assert said in page.text
    assert "सस्ता हुआ" in (await client.get(at, headers={"Accept-Language": "hi"})).text
    assert [each.id for each in (await asha.call("list_watches")).items] == [kept.id, watch.id]

    ended = await client.post(at, data={"stop": "yes"})
    assert "no longer told of this" in ended.text
    assert [each.id for each in (await asha.call("list_watches")).items] == [kept.id]
    await client.post(at, data={"stop": "yes"})
    assert "We look for you" in (await client.post(at, data={"again": "yes"})).text
    assert len((await asha.call("list_watches")).items) == 2
    mine = (await asha.call("my_activity")).items
    assert [each.tool for each in mine].count("switch_watch_by_link") == 2


async def test_a_link_that_is_not_ours_ends_nothing(
    asha: Somebody, market: Market, client: httpx.AsyncClient
) -> None:
    await asha.call("create_watch", property_id=market.street.homes[0])
    await market.edit(market.street.homes[0], price=900)
    await market.looked()
    at = await link(market)
    for wrong in (f"{at}A", at[:-2], "/watch/none"):
        assert (await client.get(wrong)).status_code == 404
        assert (await client.post(wrong, data={"stop": "yes"})).status_code == 404
    assert len((await asha.call("list_watches")).items) == 1
    await market.street.run("delete from watches")
    assert (await client.get(at)).status_code == 404
