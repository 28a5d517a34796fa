"""The page `/preview`: for developers, as strict as hosts are, and nowhere in production."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from servers.pages import preview
from servers.pages.preview import policy, standard
from servers.pages.rehearsed import answers, cases
from tests.pages.visits import barriers
from tests.servers.applications import settings
from tests.widgets.hosting import NAMES, Hosted
from tools.catalog import Catalog

if TYPE_CHECKING:
    from pathlib import Path

    from tests.clients.house import House

pytestmark = pytest.mark.requirement("S4")


async def resource(house: House, widget: str) -> dict[str, Any]:
    """What a host reads over MCP to show a widget, which only the server of its tools has."""
    params = {"uri": f"ui://360ghar/{widget}"}
    asked = {"jsonrpc": "2.0", "id": 1, "method": "resources/read", "params": params}
    (answer,) = [
        each
        for server, role in ((house.user, "member"), (house.admin, "staff"))
        if "result" in (each := await answered(house, server, role, asked))
    ][:1]
    return answer["result"]["contents"][0]


async def answered(house: House, server: str, role: str, asked: dict[str, Any]) -> dict[str, Any]:
    headers = {
        "accept": "application/json, text/event-stream",
        "mcp-protocol-version": "2025-11-25",
        "authorization": f"Bearer {await token(house, role)}",
    }
    return (await house.http.post(server, json=asked, headers=headers)).json()


async def token(house: House, role: str) -> str:
    return (await house.http.post(f"{house.url}/preview/token?as={role}")).json()["token"]


@pytest.mark.parametrize("host", ["apps", "chatgpt"])
async def test_a_frame_has_exactly_the_policy_that_its_resource_declares(house: House, host: str) -> None:
    for widget in NAMES:
        declared = await resource(house, widget)
        frame = await house.http.get(f"{house.url}/preview/frames/{widget}.html?host={host}")
        meta = declared["_meta"]
        csp = meta["ui"]["csp"] if host == "apps" else standard(meta["openai/widgetCSP"])
        assert frame.headers["content-security-policy"] == policy(csp)
        assert "connect-src 'none'" in policy(csp)
        assert "sandbox allow-scripts" in policy(csp)
        if host == "apps":
            assert frame.text == declared["text"]


def test_a_policy_names_what_is_declared_and_nothing_else() -> None:
    csp = {"resource_domains": ["https://a.example"], "connect_domains": ["https://b.example"]}
    said = policy(standard({**csp, "frame_domains": ["https://c.example"]}))
    assert said.split("; ") == [
        "default-src 'none'",
        "script-src 'unsafe-inline' https://a.example",
        "style-src 'unsafe-inline' https://a.example",
        "img-src data: https://a.example",
        "font-src https://a.example",
        "media-src data: https://a.example",
        "connect-src https://b.example",
        "frame-src https://c.example",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "sandbox allow-scripts",
    ]


def test_everything_that_is_played_is_what_its_tool_could_answer(catalog: Catalog) -> None:
    played = {("preview", name): result for name, result in answers(catalog.tools).items()}
    for widget in NAMES:
        played |= {(widget, name): case["result"] for name, case in cases(widget, catalog.tools).items()}
    assert [(key, result["content"]) for key, result in played.items() if result.get("isError")] == []


async def test_a_token_is_given_to_nobody_from_elsewhere(house: House) -> None:
    for headers in ({"x-forwarded-for": "203.0.113.5"}, {"host": "elsewhere.example"}):
        answer = await house.http.post(f"{house.url}/preview/token?as=admin", headers=headers)
        assert answer.status_code in (400, 404, 421)
        assert "token" not in answer.text
    wrong = await house.http.post(f"{house.url}/preview/token?as=owner")
    assert wrong.status_code == 422


def test_there_is_no_preview_in_production(tmp_path: Path) -> None:
    chosen = settings("postgresql://nobody@localhost/none", tmp_path)
    assert preview.routes(SimpleNamespace(settings=chosen)) != []  # pyright: ignore[reportArgumentType]
    there = chosen.model_copy(update={"environment": "production"})
    assert preview.routes(SimpleNamespace(settings=there)) == []  # pyright: ignore[reportArgumentType]


async def test_what_is_chosen_is_shown_and_in_the_address(hosted: Hosted) -> None:
    page = hosted.page
    await page.goto(f"{hosted.house.url}/preview")
    await expect(page.locator("body[data-ready=true]")).to_be_attached()
    await page.get_by_label("Widget", exact=True).select_option("confirm-action")
    await page.get_by_label("Width").select_option("390")
    await page.get_by_label("Light", exact=True).select_option("dark")
    await expect(page.locator("#stage iframe")).to_have_attribute("title", "confirm-action")
    await expect(page.frame_locator("#stage iframe").locator("html[data-theme=dark]")).to_be_attached()
    assert await page.locator("#stage .box").evaluate("(box) => box.clientWidth") == 390
    address = page.url
    assert "widget=confirm-action" in address
    await page.goto(address)
    await expect(page.get_by_label("Width")).to_have_value("390")
    await expect(page.locator("#record .handshake")).to_have_count(1)
    assert await barriers(page) == []


async def test_full_screen_is_entered_by_the_widget_and_left_by_the_host(hosted: Hosted) -> None:
    frame = await hosted.show("property-list", host="apps")
    await frame.get_by_role("button", name="Full screen").click()
    await frame.wait_for_selector("html[data-mode=fullscreen]")
    await hosted.page.get_by_role("button", name="Close").click()
    await frame.wait_for_selector("html[data-mode=inline]")
    assert json.dumps(await hosted.happened("display")) == '["inline", "fullscreen", "inline"]'
    assert await hosted.complaints() == []
