"""Unsubscribing: the link of an e-mail ends its kind, for whoever holds it, and nothing else does."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator

import httpx
import pytest
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.routing import Router

from facade import problems
from servers import middleware
from servers.pages.unsubscribe import UnsubscribePages
from storage.engine import Database
from tests.senders.conftest import URL, Office
from tools.dispatch import Dispatcher
from tools.notifications.unsubscribing import link_for
from tools.ports import Ports


@pytest.fixture
async def client(dispatcher: Dispatcher, sending: Ports) -> AsyncGenerator[httpx.AsyncClient]:
    """A mail program or a browser that nobody is signed in with, behind the front door."""
    routes = UnsubscribePages(dispatcher, sending).routes()
    app = ExceptionMiddleware(Router(routes), handlers=problems.handlers())
    whole = middleware.wrapped(app, middleware.FrontDoor(secure=True, origins=()))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(whole), base_url=URL) as opened:
        yield opened


async def link(office: Office, type_: str = "campaign", way: str = "email") -> str:
    """Where the message leads that ends such messages."""
    await office.meera.call("update_notification_settings", offers=True)
    await office.told(type_)
    sent = (await office.sent())[way]
    found = re.findall(rf"{URL}/unsubscribe/\S+", sent.text)
    assert len(found) == 1
    if way == "email" and type_ == "campaign":
        assert sent.unsubscribe == found[0]
        assert f'href="{found[0]}"' in (sent.html or "")
    return found[0]


async def off(office: Office) -> list[tuple[str, str]]:
    settings = await office.meera.call("notification_settings")
    return [(each.category, each.channel) for each in settings.switches if not each.on]


async def test_the_page_asks_ends_it_and_takes_it_back(office: Office, client: httpx.AsyncClient) -> None:
    at = await link(office)
    page = await client.get(at)
    assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
    assert "E-mails with offers" in page.text
    assert "example.com" not in page.text, "whoever was forwarded the e-mail learns nothing"
    assert await off(office) == [], "mail scanners follow every link"

    done = await client.post(at, data={"stop": "yes"})
    assert "They have stopped" in done.text
    assert await off(office) == [("marketing", "email")]
    done = await client.post(at, data={"again": "yes"})
    assert "They are on again" in done.text
    assert await off(office) == []


async def test_a_mail_programs_own_button_ends_it(office: Office, client: httpx.AsyncClient) -> None:
    """RFC 8058: a post without cookies, in one of two forms."""
    at = await link(office)
    one_click = {"List-Unsubscribe": "One-Click"}
    assert (await client.post(at, data=one_click)).status_code == 200
    assert (await client.post(at, data=one_click)).status_code == 200, "once more is no mistake"
    assert await off(office) == [("marketing", "email")]
    await client.post(at, data={"again": "yes"})
    answer = await client.post(at, files={"List-Unsubscribe": (None, "One-Click")})
    assert answer.status_code == 200
    assert await off(office) == [("marketing", "email")]
    record = (await office.meera.call("my_activity")).items[0]
    assert record.tool == "switch_by_link"


async def test_it_is_of_one_kind_and_one_channel(office: Office, client: httpx.AsyncClient) -> None:
    await client.post(await link(office, "campaign", "sms"))
    assert await off(office) == [("marketing", "sms")]
    await client.post(await link(office, "account_leaving"))
    assert await off(office) == [("transactional", "email"), ("marketing", "sms")]


async def test_it_is_said_in_hindi(office: Office, client: httpx.AsyncClient) -> None:
    at = await link(office)
    page = await client.get(at, headers={"Accept-Language": "hi"})
    assert "ऑफ़र वाले ई-मेल" in page.text
    assert "संदेश बंद हो गए" in (await client.post(at, headers={"Accept-Language": "hi"})).text


async def test_what_we_did_not_write_ends_nothing(office: Office, client: httpx.AsyncClient) -> None:
    at = await link(office)
    token = at.rpartition("/")[2]
    changed = ("A" if token[0] != "A" else "B") + token[1:]
    for bad in (changed, token[:-4], "x", "%00", "é"):
        for answer in (await client.get(f"/unsubscribe/{bad}"), await client.post(f"/unsubscribe/{bad}")):
            assert (answer.status_code, "not one of ours" in answer.text) == (404, True)
    assert await off(office) == []


async def test_somebody_who_is_gone_has_nothing_to_end(
    client: httpx.AsyncClient, sending: Ports, database: Database
) -> None:
    at = link_for(sending, 999, "marketing", "email")
    assert (await client.get(at)).status_code == 200, "nobody learns who there is"
    assert (await client.post(at)).status_code == 404
