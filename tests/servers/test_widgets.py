"""Widgets over MCP: what hosts are told of them, in two ways of saying it, and who reads them."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest

from servers.mcp import Audience, build, http_app
from tests.bearers import asked_for
from tests.servers.serving import dispatcher, identify
from tests.servers.wire import ERAS, Era, Wire, wired
from tools.catalog import whole
from widgets import MIME, Site, built

pytestmark = [pytest.mark.requirement("S4"), pytest.mark.requirement("K2")]
SITE = Site("https://ghar.example", "https://tiles.example/{z}/{x}/{y}.png")


async def served(audience: Audience, era: Era) -> AsyncGenerator[Wire]:
    path = "/mcp" if audience == "user" else "/mcp-admin"
    endpoint = http_app(build(dispatcher(whole()), audience, site=SITE), path, identify=identify)
    async with wired(endpoint, era) as wire:
        yield wire


@pytest.fixture(params=ERAS)
async def user(request: pytest.FixtureRequest) -> AsyncGenerator[Wire]:
    async for wire in served("user", request.param):
        yield wire


@pytest.fixture(params=ERAS)
async def admin(request: pytest.FixtureRequest) -> AsyncGenerator[Wire]:
    async for wire in served("admin", request.param):
        yield wire


async def listed(wire: Wire, token: str | None = None) -> dict[str, dict[str, Any]]:
    tools = (await wire.result("tools/list", token=token))["tools"]
    return {tool["name"]: tool["_meta"] for tool in tools}


async def test_a_tool_names_its_widget_in_both_ways_of_saying_it(user: Wire) -> None:
    meta = (await listed(user))["search_properties"]
    widget = built(SITE)["property-list"]
    assert meta["ui"] == {"resourceUri": widget.pinned, "visibility": ["model", "app"]}
    assert meta["openai/outputTemplate"] == widget.pinned
    assert meta["openai/toolInvocation/invoking"] == "Looking for properties"
    assert meta["openai/toolInvocation/invoked"] == "Properties found"


async def test_widgets_may_call_what_they_are_built_to_call_and_nothing_more(user: Wire) -> None:
    called = frozenset[str]().union(*(widget.calls for widget in built(SITE).values()))
    for name, meta in (await listed(user)).items():
        app_only = meta.get("openai/visibility") == "private"
        callable_by_widgets = name in called or app_only
        assert meta.get("openai/widgetAccessible", False) == callable_by_widgets, name
        assert ("app" in meta["ui"]["visibility"]) == callable_by_widgets, name
        assert ("model" in meta["ui"]["visibility"]) != app_only, name


async def test_a_tool_for_widgets_alone_is_kept_from_models_in_both_ways_of_saying_it(user: Wire) -> None:
    meta = (await listed(user))["confirm_action"]
    assert meta["ui"]["visibility"] == ["app"]
    assert (meta["openai/visibility"], meta["openai/widgetAccessible"]) == ("private", True)


async def test_a_page_says_what_it_loads_and_nothing_else_may_be_loaded(user: Wire) -> None:
    (page,) = (await user.result("resources/read", {"uri": "ui://360ghar/property-list"}))["contents"]
    domains = ["https://ghar.example", "https://tiles.example"]
    assert page["mimeType"] == MIME
    assert page["_meta"]["ui"] == {
        "csp": {"connectDomains": [], "resourceDomains": domains},
        "prefersBorder": True,
    }
    assert page["_meta"]["openai/widgetCSP"] == {"connect_domains": [], "resource_domains": domains}
    assert page["_meta"]["openai/widgetPrefersBorder"] is True
    assert page["_meta"]["openai/widgetDescription"]


@pytest.mark.parametrize("digest", [None, "current", "of-an-older-release"])
async def test_every_address_that_a_widget_ever_had_gives_its_newest_content(
    user: Wire, digest: str | None
) -> None:
    widget = built(SITE)["property-detail"]
    uris = {None: widget.uri, "current": widget.pinned}
    uri = uris.get(digest, f"{widget.uri}/{digest}")
    (page,) = (await user.result("resources/read", {"uri": uri}))["contents"]
    assert (page["uri"], page["mimeType"], page["text"]) == (uri, MIME, widget.html)


async def test_the_list_of_resources_has_every_widget_that_a_guest_or_member_may_see(user: Wire) -> None:
    listed = (await user.result("resources/list"))["resources"]
    shown = {tool.widget for tool in whole() if tool.audience in ("guest", "member")}
    assert {each["uri"] for each in listed if each["uri"].startswith("ui:")} == {
        widget.uri for widget in built(SITE).values() if widget.name in shown
    }
    assert {each["mimeType"] for each in listed if each["uri"].startswith("ui:")} == {MIME}


@pytest.mark.parametrize("address", ["uri", "pinned"])
async def test_a_widget_of_members_tools_is_read_by_members_alone(user: Wire, address: str) -> None:
    uri = getattr(built(SITE)["confirm-action"], address)
    asked = await user.ask("resources/read", {"uri": uri})
    assert asked.status_code == 401
    assert "mcp:" in asked_for(asked)["scope"]
    assert (await user.result("resources/read", {"uri": uri}, "member"))["contents"]


async def test_a_widget_is_on_the_admin_server_where_a_tool_there_has_it(admin: Wire) -> None:
    listed = (await admin.result("resources/list", token="staff"))["resources"]
    assert {each["uri"] for each in listed if each["uri"].startswith("ui:")} == {
        "ui://360ghar/activity-list",
        "ui://360ghar/verification-queue",
    }


async def test_a_widget_of_staff_alone_is_not_to_be_had_by_members(user: Wire, admin: Wire) -> None:
    widget = built(SITE)["verification-queue"]
    asked = await user.ask("resources/read", {"uri": widget.pinned}, "member")
    assert "error" in asked.json()
    refused = await admin.ask("resources/read", {"uri": widget.pinned}, "member")
    assert "<html" not in asked.text + refused.text
    meta = await listed(admin, "staff")
    assert meta["list_review_queue"]["ui"] == {"resourceUri": widget.pinned, "visibility": ["model", "app"]}
    assert meta["review_listing"]["openai/widgetAccessible"] is True


@pytest.mark.parametrize("uri", ["ui://360ghar/nothing", "ui://360ghar/", "ui://360ghar/../tools"])
async def test_an_unknown_widget_is_refused(user: Wire, uri: str) -> None:
    answer = await user.ask("resources/read", {"uri": uri}, "member")
    assert "error" in answer.json()
    assert "<html" not in answer.text


async def test_without_a_gate_the_page_itself_still_admits_nobody_else() -> None:
    server = build(dispatcher(whole()), "user", site=SITE)
    with pytest.raises(Exception, match="Sign in to do this"):
        await server.read_resource("ui://360ghar/confirm-action")
