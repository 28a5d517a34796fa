"""Proposals over MCP: what the model reads of them, what goes to the widget beside it, and its button."""

import json
from typing import Any, cast

import jsonschema
import pytest

from tests.servers.wire import ERAS, Era, Wire
from tests.trust.mcp.assistants import DELETION, Desk
from tools.catalog import whole

NONCE = "360ghar.com/nonce"
HINDI = "360ghar.com/hindi"


@pytest.fixture(params=ERAS)
def widgets(request: pytest.FixtureRequest, desk: Desk) -> Wire:
    """A host with widgets that cannot put questions."""
    return desk.wire(cast("Era", request.param), {})


async def listed(wire: Wire) -> dict[str, dict[str, Any]]:
    return {tool["name"]: tool for tool in (await wire.result("tools/list"))["tools"]}


async def test_a_proposal_fits_the_schema_of_its_tool_and_changes_nothing(desk: Desk, widgets: Wire) -> None:
    tools = await listed(widgets)
    for asked in (desk.visit(), desk.contact(), DELETION):
        shown = await widgets.result("tools/call", asked, desk.app)
        assert shown["isError"] is False
        schema = tools[asked["name"]]["outputSchema"]
        assert schema["type"] == "object"
        jsonschema.validate(shown["structuredContent"], schema)
        assert shown["structuredContent"]["tool"] == asked["name"]
        assert shown["structuredContent"]["confirm_url"] in shown["content"][0]["text"]
    assert await desk.outcomes() == [None, None, None]
    assert await desk.done() == []


async def test_the_answer_fits_the_schema_as_well(desk: Desk) -> None:
    wire = desk.wire()
    asked = await wire.result("tools/call", desk.visit(), desk.app)
    yes = {"confirm": {"action": "accept", "content": {"confirm": True}}}
    again = desk.visit() | {"inputResponses": yes, "requestState": asked["requestState"]}
    done = await wire.result("tools/call", again, desk.app)
    jsonschema.validate(done["structuredContent"], (await listed(wire))["request_visit"]["outputSchema"])


async def test_a_nonce_travels_beside_what_the_model_reads(desk: Desk, widgets: Wire) -> None:
    shown = await widgets.result("tools/call", desk.visit(), desk.app)
    nonce = shown["_meta"][NONCE]
    assert len(nonce) == 32
    assert nonce not in json.dumps([shown["content"], shown["structuredContent"]])


async def test_the_sentences_travel_in_hindi_beside_what_the_model_reads(desk: Desk, widgets: Wire) -> None:
    shown = await widgets.result("tools/call", desk.contact(), desk.app)
    hindi = shown["_meta"][HINDI]
    assert "आपको" in hindi["what"]
    assert hindi["whom"]
    assert "आपको" not in json.dumps([shown["content"], shown["structuredContent"]], ensure_ascii=False)
    ticket = shown["structuredContent"]["ticket"]
    for tool in ("action_status", "decline_action"):
        told = await widgets.call(tool, desk.app, ticket=ticket)
        assert told["_meta"][HINDI] == hindi
        assert NONCE not in told["_meta"]


async def test_a_repeated_call_is_answered_in_hindi_too(desk: Desk, widgets: Wire) -> None:
    asked = desk.contact() | {"_meta": {"360ghar.com/idempotency-key": "the-same"}}
    first, second = [await widgets.result("tools/call", asked, desk.app) for _ in range(2)]
    assert first["structuredContent"] == second["structuredContent"]
    assert first["_meta"][HINDI] == second["_meta"][HINDI]


async def test_what_the_person_alone_can_confirm_has_no_nonce(desk: Desk, widgets: Wire) -> None:
    shown = await widgets.result("tools/call", desk.contact(), desk.app)
    assert NONCE not in json.dumps(shown)
    assert await desk.value("select nonce_hash from tickets where person_id = $1") is None


async def test_a_button_confirms_once_with_its_nonce(desk: Desk, widgets: Wire) -> None:
    shown = await widgets.result("tools/call", desk.visit(), desk.app)
    pressed = {"ticket": shown["structuredContent"]["ticket"], "nonce": shown["_meta"][NONCE]}
    done = await widgets.call("confirm_action", desk.app, **pressed)
    assert done["structuredContent"]["state"] == "done"
    assert done["structuredContent"]["answer"]["status"] == "requested"
    again = await widgets.call("confirm_action", desk.app, **pressed)
    assert again["_meta"]["error"]["code"] == "ticket_used"
    assert await desk.visits() == 1


async def test_a_nonce_is_of_no_use_to_another_app_or_person(desk: Desk, widgets: Wire) -> None:
    shown = await widgets.result("tools/call", desk.visit(), desk.app)
    pressed = {"ticket": shown["structuredContent"]["ticket"], "nonce": shown["_meta"][NONCE]}
    for token in (desk.other_app, desk.stranger):
        refused = await widgets.call("confirm_action", token, **pressed)
        assert refused["_meta"]["error"]["code"] == "no_such_ticket"
    assert await desk.visits() == 0


async def test_a_nonce_opens_its_own_ticket_alone(desk: Desk, widgets: Wire) -> None:
    first, second = [await widgets.result("tools/call", desk.visit(which), desk.app) for which in (0, 1)]
    swapped = {"ticket": first["structuredContent"]["ticket"], "nonce": second["_meta"][NONCE]}
    refused = await widgets.call("confirm_action", desk.app, **swapped)
    assert refused["_meta"]["error"]["code"] == "not_confirmable"
    assert await desk.visits() == 0


async def test_hosts_are_told_to_keep_the_buttons_tool_from_their_models(widgets: Wire) -> None:
    tools = await listed(widgets)
    hidden = {
        name for name, tool in tools.items() if tool["_meta"].get("ui", {}).get("visibility") == ["app"]
    }
    assert {"confirm_action", "map_places"} <= hidden
    assert hidden == {tool.name for tool in whole() if tool.app_only and tool.audience in ("guest", "member")}
    assert tools["confirm_action"]["_meta"]["openai/visibility"] == "private"
    assert tools["confirm_action"]["_meta"]["openai/widgetAccessible"] is True
