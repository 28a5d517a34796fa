"""Resources over MCP, pages of widgets among them: read by whoever may call their tool, and nobody else."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest
from fastmcp.resources import ResourceTemplate
from fastmcp.resources.types import TextResource

from servers.mcp import Audience, build, http_app
from tests.bearers import asked_for
from tests.servers.serving import dispatcher, identify
from tests.servers.wire import ERAS, Wire, wired
from tools.blocks import Block, Document
from tools.catalog import Catalog
from tools.contract import Call, Model, tool

HTML = "text/html;profile=mcp-app"
PLANNER, CARD, REPORT = "ui://visit-planner", "ui://cards/7", "ui://report"


class Nothing(Model):
    """No input."""


class Numbered(Model):
    id: int


class Page(Model):
    uri: str

    def blocks(self) -> list[Block]:
        return [Document(uri=self.uri, mime=HTML, content="<p>private</p>")]


@tool("member", "read", scope="visits:write", resource=PLANNER, resource_mime=HTML)
async def get_planner(call: Call, ask: Nothing) -> Page:
    """The page that plans a visit."""
    return Page(uri=PLANNER)


@tool("member", "read", scope="visits:write", resource="ui://cards/{id}", resource_mime=HTML)
async def get_card(call: Call, ask: Numbered) -> Page:
    """The page of a card."""
    return Page(uri=f"ui://cards/{ask.id}")


@tool("staff", "read", resource=REPORT, resource_mime=HTML)
async def get_report(call: Call, ask: Nothing) -> Page:
    """The page of a report."""
    return Page(uri=REPORT)


def catalog() -> Catalog:
    return Catalog([get_planner, get_card, get_report])


async def served(audience: Audience, era: Any) -> AsyncGenerator[Wire]:
    path = "/mcp" if audience == "user" else "/mcp-admin"
    endpoint = http_app(build(dispatcher(catalog()), audience), path, identify=identify)
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


@pytest.mark.parametrize("uri", [PLANNER, CARD])
@pytest.mark.parametrize("method", ["resources/read", "resources/subscribe"])
async def test_a_members_page_is_kept_from_guests_and_from_too_small_a_scope(
    user: Wire, method: str, uri: str
) -> None:
    asked, narrow, forged = [await user.ask(method, {"uri": uri}, who) for who in (None, "narrow", "forged")]
    assert (asked.status_code, asked_for(asked)["scope"]) == (401, "mcp:read visits:write")
    assert (narrow.status_code, asked_for(narrow)["error"]) == (403, "insufficient_scope")
    assert (forged.status_code, asked_for(forged)["error"]) == (401, "invalid_token")
    assert "private" not in asked.text + narrow.text + forged.text


@pytest.mark.parametrize("uri", [PLANNER, CARD])
async def test_a_member_reads_it(user: Wire, uri: str) -> None:
    (page,) = (await user.result("resources/read", {"uri": uri}, "member"))["contents"]
    assert (page["uri"], page["mimeType"], page["text"]) == (uri, HTML, "<p>private</p>")


@pytest.mark.parametrize(
    "uri",
    [
        PLANNER.upper(),
        PLANNER + "/",
        PLANNER + "?x",
        "ui://cards/7/",
        "ui://cards/%37",
        "ui://cards/7#x",
        REPORT,
    ],
)
async def test_no_other_spelling_of_an_address_leads_past_the_gate(user: Wire, uri: str) -> None:
    assert "private" not in (await user.ask("resources/read", {"uri": uri})).text


async def test_a_page_for_staff_is_read_by_staff_alone(admin: Wire) -> None:
    asked, refused = [await admin.ask("resources/read", {"uri": REPORT}, who) for who in (None, "member")]
    assert (asked.status_code, refused.status_code) == (401, 403)
    assert (await admin.result("resources/read", {"uri": REPORT}, "staff"))["contents"]


@pytest.mark.parametrize("audience", ["user", "admin"])
def test_nothing_can_be_offered_that_no_tool_guards(audience: Audience) -> None:
    server = build(dispatcher(catalog()), audience)
    page = TextResource(uri="ui://open", name="open", text="private")  # pyright: ignore[reportArgumentType]
    template = ResourceTemplate(uri_template="ui://open/{id}", name="open", parameters={})
    with pytest.raises(TypeError, match="nobody would be kept from reading it"):
        server.add_resource(page)
    with pytest.raises(TypeError, match="nobody would be kept from reading it"):
        server.add_template(template)


async def test_without_a_gate_dispatch_still_keeps_it(user: Wire) -> None:
    server = build(dispatcher(catalog()), "user")
    with pytest.raises(Exception, match="Sign in to do this"):
        await server.read_resource(PLANNER)
