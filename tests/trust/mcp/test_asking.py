"""Questions to the user of a host of 2026-07-28: whole, answered once, and by nobody else."""

from typing import Any

import pytest

from tests.servers.wire import Wire
from tests.trust.mcp.assistants import HOME, Desk

KEY = "360ghar.com/idempotency-key"
YES: dict[str, Any] = {"confirm": {"action": "accept", "content": {"confirm": True}}}


@pytest.fixture
def host(desk: Desk) -> Wire:
    return desk.wire()


async def asked(desk: Desk, host: Wire, **more: Any) -> dict[str, Any]:
    """What the host is to ask before a visit is requested."""
    result = await host.result("tools/call", desk.visit() | more, desk.app)
    assert result["resultType"] == "input_required"
    return result


async def answered(
    desk: Desk, host: Wire, question: dict[str, Any], replies: dict[str, Any] = YES, **more: Any
) -> dict[str, Any]:
    """What comes of the replies to a question."""
    again = desk.visit() | {"inputResponses": replies, "requestState": question["requestState"]} | more
    return await host.result("tools/call", again, desk.app)


async def test_the_question_says_all_that_the_preview_says(desk: Desk, host: Wire) -> None:
    question = await asked(desk, host)
    (request,) = question["inputRequests"].values()
    said = request["params"]["message"].splitlines()
    assert said[0].startswith("A visit to “2 BHK Flat in Sector 57” (₹")
    assert ", India time." in said[0]
    assert said[1] == "For: Whoever looks after it"
    assert said[2].startswith("Until: ")
    assert said[2].endswith(f"{desk.visit()['arguments']['starts'][11:16]} India time")
    assert said[3].endswith(f"/confirm/{await desk.ticket()}")
    form = request["params"]["requestedSchema"]
    assert form["required"] == ["confirm"]
    assert form["properties"]["confirm"]["type"] == "boolean"
    assert form["properties"]["confirm"]["default"] is False


async def test_a_yes_does_it_and_leaves_word_of_what_was_confirmed(desk: Desk, host: Wire) -> None:
    done = await answered(desk, host, await asked(desk, host))
    assert done["structuredContent"]["status"] == "requested"
    assert (await desk.visits(), await desk.outcomes()) == (1, ["done"])
    assert await desk.done() == ["request_visit"]
    confirmed = await desk.value("select ticket_id::text from activities where person_id = $1")
    assert confirmed == await desk.ticket()


async def test_a_no_declines_for_good(desk: Desk, host: Wire) -> None:
    question = await asked(desk, host)
    for _ in range(2):
        refused = await answered(desk, host, question, {"confirm": {"action": "decline"}})
        assert refused["_meta"]["error"]["code"] == "declined"
    assert (await desk.visits(), await desk.outcomes()) == (0, ["declined"])
    assert await desk.done() == ["decline_action"]
    late = await answered(desk, host, question)
    assert late["_meta"]["error"]["code"] == "ticket_used"
    assert await desk.visits() == 0


async def test_closing_the_question_leaves_it_to_our_page(desk: Desk, host: Wire) -> None:
    refused = await answered(desk, host, await asked(desk, host), {"confirm": {"action": "cancel"}})
    assert refused["_meta"]["error"]["code"] == "dismissed"
    assert refused["content"][0]["text"].endswith(f"/confirm/{await desk.ticket()}")
    assert (await desk.visits(), await desk.outcomes()) == (0, [None])


@pytest.mark.parametrize(
    "replies",
    [
        {"confirm": {"action": "accept"}},
        {"confirm": {"action": "accept", "content": {}}},
        {"confirm": {"action": "accept", "content": {"confirm": False}}},
        {"confirm": {"action": "accept", "content": {"confirm": "true"}}},
        {"confirm": {"action": "accept", "content": {"confirm": 1}}},
        {"confirm": {"action": "accept", "content": {"confirm": ["true"]}}},
        {"confirm": {"action": "accept", "content": {"yes": True}}},
        {"other": {"action": "accept", "content": {"confirm": True}}},
        {"confirm": {"role": "assistant", "content": {"type": "text", "text": "true"}, "model": "m"}},
        {"confirm": {"roots": [{"uri": "file:///confirm"}]}},
        {},
    ],
)
async def test_only_a_ticked_box_is_a_yes(desk: Desk, host: Wire, replies: dict[str, Any]) -> None:
    refused = await answered(desk, host, await asked(desk, host), replies)
    assert refused["_meta"]["error"]["code"] == "declined"
    assert await desk.visits() == 0


@pytest.mark.parametrize("forged", ["", "v1.", "null", "v1.AAAA", "00000000-0000-0000-0000-000000000000"])
async def test_a_state_that_we_did_not_write_is_refused(desk: Desk, host: Wire, forged: str) -> None:
    await asked(desk, host)
    again = desk.visit() | {"inputResponses": YES, "requestState": forged}
    response = await host.ask("tools/call", again, desk.app)
    assert response.json()["error"]["message"] == "Invalid or expired requestState"
    assert await desk.visits() == 0


async def test_the_id_of_the_ticket_is_no_state(desk: Desk, host: Wire) -> None:
    await asked(desk, host)
    again = desk.visit() | {"inputResponses": YES, "requestState": await desk.ticket()}
    response = await host.ask("tools/call", again, desk.app)
    assert response.json()["error"]["message"] == "Invalid or expired requestState"
    assert await desk.visits() == 0


async def test_a_yes_without_its_question_is_asked_for_first(desk: Desk, host: Wire) -> None:
    result = await host.result("tools/call", desk.visit() | {"inputResponses": YES}, desk.app)
    assert result["resultType"] == "input_required"
    assert await desk.visits() == 0


async def test_a_yes_counts_once(desk: Desk, host: Wire) -> None:
    question = await asked(desk, host)
    await answered(desk, host, question)
    replayed = await answered(desk, host, question)
    assert replayed["_meta"]["error"]["code"] == "ticket_used"
    assert await desk.visits() == 1


async def test_a_yes_counts_for_no_other_arguments(desk: Desk, host: Wire) -> None:
    question = await asked(desk, host)
    other = desk.visit(1) | {"inputResponses": YES, "requestState": question["requestState"]}
    response = await host.ask("tools/call", other, desk.app)
    assert response.json()["error"]["message"] == "Invalid or expired requestState"
    assert await desk.visits() == 0


@pytest.mark.parametrize("whose", ["other_app", "stranger"])
async def test_a_yes_counts_for_no_other_app_or_person(desk: Desk, host: Wire, whose: str) -> None:
    question = await asked(desk, host)
    again = desk.visit() | {"inputResponses": YES, "requestState": question["requestState"]}
    response = await host.ask("tools/call", again, getattr(desk, whose))
    assert response.json()["error"]["message"] == "Invalid or expired requestState"
    assert await desk.visits() == 0


async def test_a_yes_to_what_has_changed_does_nothing(desk: Desk, host: Wire) -> None:
    question = await asked(desk, host)
    await desk.house.query("update properties set price = price + 1 where id = $1", HOME)
    refused = await answered(desk, host, question)
    assert refused["_meta"]["error"]["code"] == "ticket_void"
    assert (await desk.visits(), await desk.outcomes()) == (0, ["void"])


async def test_a_call_with_a_key_is_asked_about_and_done_once(desk: Desk, host: Wire) -> None:
    key = {"_meta": {KEY: "one"}}
    question = await asked(desk, host, **key)
    assert (await asked(desk, host, **key))["inputRequests"] == question["inputRequests"]
    done = await answered(desk, host, question, **key)
    for again in (
        await answered(desk, host, question, **key),
        await host.result("tools/call", desk.visit() | key, desk.app),
    ):
        assert again["structuredContent"] == done["structuredContent"]
    assert (await desk.visits(), await desk.outcomes()) == (1, ["done"])


@pytest.mark.parametrize(
    "capabilities",
    [{}, {"elicitation": {"url": {}}}, {"sampling": {}}, {"extensions": {"x/elicitation": {}}}],
)
async def test_a_host_that_cannot_ask_gets_the_preview(desk: Desk, capabilities: dict[str, Any]) -> None:
    wire = desk.wire(capabilities=capabilities)
    shown = await wire.result("tools/call", desk.visit(), desk.app)
    assert shown["structuredContent"]["tool"] == "request_visit"
    assert await desk.visits() == 0


@pytest.mark.parametrize(
    "capabilities", [{"elicitation": {"form": {}}}, {"elicitation": {"form": {}, "url": {}}}]
)
async def test_a_host_that_shows_forms_is_asked(desk: Desk, capabilities: dict[str, Any]) -> None:
    await asked(desk, desk.wire(capabilities=capabilities))


async def test_what_the_person_alone_can_confirm_is_never_put_to_the_host(desk: Desk, host: Wire) -> None:
    shown = await host.result("tools/call", desk.contact(), desk.app)
    assert shown["resultType"] == "complete"
    assert shown["structuredContent"]["tool"] == "reveal_contact"
