"""Calls that need an answer first: what the host is asked, and who may go on with a conversation."""

from collections.abc import AsyncGenerator
from typing import Any

import anyio
import mcp
import mcp_types
import pytest
from inline_snapshot import snapshot
from mcp.client.session import IncomingMessage

from servers.mcp import build, http_app
from servers.mcp.subscriptions import Subscriptions
from tests.servers.serving import dispatcher, identify, serving
from tests.servers.small import small
from tests.servers.wire import Wire, wired

GREET: dict[str, Any] = {"name": "greet_person", "arguments": {}}
ASHA = {"name": {"action": "accept", "content": {"name": "Asha"}}}


@pytest.fixture
async def host() -> AsyncGenerator[Wire]:
    """A host of 2026-07-28 that can put questions to its person."""
    endpoint = http_app(build(dispatcher(small()), "user"), "/mcp", identify=identify)
    async with wired(endpoint, "2026-07-28", {"elicitation": {}}) as wire:
        yield wire


async def test_a_tool_that_needs_an_answer_says_what_to_ask(host: Wire) -> None:
    asked = await host.result("tools/call", GREET, "member")
    assert asked["resultType"] == "input_required"
    assert asked["inputRequests"] == snapshot(
        {
            "name": {
                "method": "elicitation/create",
                "params": {
                    "mode": "form",
                    "message": "What is your name?",
                    "requestedSchema": {
                        "type": "object",
                        "properties": {"name": {"type": "string"}},
                        "required": ["name"],
                    },
                },
            }
        }
    )


async def test_the_answer_and_the_state_come_back_to_the_tool(host: Wire) -> None:
    asked = await host.result("tools/call", GREET, "member")
    answered = GREET | {"inputResponses": ASHA, "requestState": asked["requestState"]}
    result = await host.result("tools/call", answered, "member")
    assert result["structuredContent"] == {"said": "Asha (for 7)"}


@pytest.mark.parametrize("token", ["other", None])
async def test_nobody_else_can_go_on_with_a_conversation(host: Wire, token: str | None) -> None:
    asked = await host.result("tools/call", GREET, "member")
    answered = GREET | {"inputResponses": ASHA, "requestState": asked["requestState"]}
    response = await host.ask("tools/call", answered, token)
    assert response.json()["error"]["message"] == "Invalid or expired requestState"


async def test_a_state_that_was_changed_is_refused(host: Wire) -> None:
    asked = await host.result("tools/call", GREET, "member")
    answered = GREET | {"inputResponses": ASHA, "requestState": asked["requestState"] + "A"}
    response = await host.ask("tools/call", answered, "member")
    assert response.json()["error"]["message"] == "Invalid or expired requestState"


async def test_processes_with_one_key_share_a_conversation() -> None:
    key = b"k" * 32
    servers = [build(dispatcher(small()), "user", state_key=key) for _ in range(2)]
    first, second = (http_app(server, "/mcp", identify=identify) for server in servers)
    async with (
        wired(first, "2026-07-28", {"elicitation": {}}) as asking,
        wired(second, "2026-07-28", {"elicitation": {}}) as answering,
    ):
        asked = await asking.result("tools/call", GREET, "member")
        answered = GREET | {"inputResponses": ASHA, "requestState": asked["requestState"]}
        result = await answering.result("tools/call", answered, "member")
    assert result["structuredContent"] == {"said": "Asha (for 7)"}


async def test_a_person_who_declines_ends_the_call(host: Wire) -> None:
    declined = GREET | {"inputResponses": {"name": {"action": "decline"}}}
    result = await host.result("tools/call", declined)
    assert result["_meta"]["error"] == snapshot(
        {
            "code": "declined",
            "message": "You chose not to answer, so nothing was done.",
            "details": None,
        }
    )


async def test_a_prompt_asks_for_the_arguments_it_misses(host: Wire) -> None:
    asked = await host.result("prompts/get", {"name": "find_home"})
    (request,) = asked["inputRequests"].values()
    assert request["params"]["message"] == "Look for a home. What is missing?"
    (name,) = asked["inputRequests"]
    given = {name: {"action": "accept", "content": {"place": "Sohna"}}}
    written = await host.result("prompts/get", {"name": "find_home", "inputResponses": given})
    assert written["messages"][0]["content"]["text"] == "Find me a home in Sohna."


async def test_a_host_that_cannot_ask_is_told_what_it_lacks() -> None:
    endpoint = http_app(build(dispatcher(small()), "user"), "/mcp", identify=identify)
    async with wired(endpoint, "2026-07-28") as wire:
        response = await wire.ask("tools/call", GREET)
    assert response.status_code == 400
    assert response.json()["error"] == snapshot(
        {
            "code": -32021,
            "message": "Missing required client capability",
            "data": {"requiredCapabilities": {"elicitation": {}}},
        }
    )


async def test_an_open_connection_hears_of_a_resource_it_subscribed_to() -> None:
    server, subscriptions = build(dispatcher(small()), "user"), Subscriptions()
    subscriptions.serve(server)
    endpoint = http_app(server, "/mcp", identify=identify, stateless=False, json_response=False)
    heard: list[str] = []
    told = anyio.Event()

    async def note(message: IncomingMessage) -> None:
        if isinstance(message, mcp_types.ResourceUpdatedNotification):
            heard.append(str(message.params.uri))
            told.set()

    async with (
        serving(endpoint) as url,
        mcp.Client(url, mode="legacy", message_handler=note) as connected,
    ):
        await connected.session.send_request(subscribe(), mcp_types.EmptyResult)
        await subscriptions.changed("echo://other")
        with anyio.fail_after(20):
            while not told.is_set():
                # The stream on which a host listens opens beside its first requests.
                await subscriptions.changed("echo://hello")
                await connected.list_prompts()
    assert set(heard) == {"echo://hello"}


def subscribe() -> mcp_types.SubscribeRequest:
    return mcp_types.SubscribeRequest(params=mcp_types.SubscribeRequestParams(uri="echo://hello"))
