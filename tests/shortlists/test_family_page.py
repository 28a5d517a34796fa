"""The page of a shared list: what stands on it, what can be said there, and what is turned away."""

import re
from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.routing import Router

from facade import problems
from servers import middleware
from servers.pages.family import FamilyPages
from tests.account.conftest import Somebody
from tests.shortlists.test_sharing import shared, token
from tests.street import Street
from tools.dispatch import Dispatcher


@pytest.fixture
async def client(dispatcher: Dispatcher) -> AsyncGenerator[httpx.AsyncClient]:
    """A browser that nobody is signed in with, behind the front door."""
    app = ExceptionMiddleware(Router(FamilyPages(dispatcher).routes()), handlers=problems.handlers())
    whole = middleware.wrapped(app, middleware.FrontDoor(secure=True, origins=()))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(whole), base_url="https://ghar.example"
    ) as opened:
        yield opened


def at(link: Any) -> str:
    return f"/s/{token(link)}"


async def test_the_page_shows_the_list_and_keeps_to_itself(
    asha: Somebody, street: Street, client: httpx.AsyncClient
) -> None:
    link = await shared(asha, street, with_notes=True)
    await street.set(street.homes[0], title="<b>Flat</b> 1")
    await street.set(street.homes[1], status="rented", title="A secret")
    page = await client.get(at(link))
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] in (
        "no-referrer",
        "same-origin",
        "strict-origin-when-cross-origin",
    )
    assert '<meta name="robots" content="noindex">' in page.text
    for said in ("Asha shares", "₹1,000/month", "Ask for a discount", "No longer offered", "&lt;b&gt;Flat"):
        assert said in page.text
    assert f'href="/h/{street.homes[0]}"' in page.text
    assert f'href="/h/{street.homes[1]}"' not in page.text
    assert not any(word in page.text for word in ("Verma", "98765", "A secret", "<form", "<script"))
    assert "ने साझा की" in (await client.get(at(link), headers={"Accept-Language": "hi"})).text


async def test_family_says_something_and_is_known_by_name_next_time(
    asha: Somebody, street: Street, client: httpx.AsyncClient
) -> None:
    link = await shared(asha, street, may="comment")
    home = street.homes[0]
    said = {"name": "Mummy & Co", "text": "<i>Too</i>\ndark", "property_id": str(home)}
    done = await client.post(at(link), data=said)
    assert (done.status_code, done.headers["location"]) == (303, f"{at(link)}#home-{home}")
    page = (await client.get(at(link))).text
    assert "&lt;i&gt;Too&lt;/i&gt;\ndark" in page
    assert len(re.findall('value="Mummy &amp; Co"', page)) == 3
    whole = await client.post(at(link), data={"name": "Mummy", "text": "Nice", "property_id": ""})
    assert whole.headers["location"].endswith("#all")


async def test_what_cannot_be_said_is_told_where_it_was_written_and_kept_in_the_field(
    asha: Somebody, street: Street, client: httpx.AsyncClient
) -> None:
    link = await shared(asha, street, may="comment")
    empty = await client.post(at(link), data={"name": " ", "text": "Nice <one>", "property_id": ""})
    assert empty.status_code == 422
    assert "Please give your name" in empty.text
    assert "Nice &lt;one&gt;</textarea>" in empty.text
    other = {"name": "Mummy", "text": "Nice", "property_id": str(street.homes[2])}
    assert (await client.post(at(link), data=other)).status_code == 404
    for odd in ("9" * 5_000, "all", "1.5"):
        assert (await client.post(at(link), data={**other, "property_id": odd})).status_code == 422
    only = await asha.call("share_shortlist", list="Top")
    assert (await client.post(at(only), data={**other, "property_id": ""})).status_code == 403
    assert await street.count("shortlist_comments") == 0


async def test_a_link_that_ended_says_so_in_words(
    asha: Somebody, street: Street, client: httpx.AsyncClient
) -> None:
    link = await shared(asha, street, may="comment")
    await asha.call("stop_sharing", id=link.id)
    for answer in (await client.get(at(link)), await client.post(at(link), data={"name": "M", "text": "Hi"})):
        assert answer.status_code == 404
        assert "This link leads nowhere" in answer.text
    client.cookies.set("called", "zz")
    for address in ("/s/anything", at(await asha.call("share_shortlist", may="comment"))):
        assert (await client.get(address)).status_code == (404 if address == "/s/anything" else 200)
