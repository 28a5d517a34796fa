"""The MCP servers on the wire: what they offer, what they answer, how they fail."""

from collections.abc import AsyncGenerator

import pytest
from inline_snapshot import snapshot

from servers.mcp import build, http_app
from tests.servers.serving import dispatcher, identify
from tests.servers.small import small
from tests.servers.wire import ERAS, Era, Wire, wired


@pytest.fixture(params=ERAS)
async def user(request: pytest.FixtureRequest) -> AsyncGenerator[Wire]:
    endpoint = http_app(build(dispatcher(small()), "user"), "/mcp", identify=identify)
    async with wired(endpoint, request.param) as wire:
        yield wire


@pytest.fixture(params=ERAS)
async def admin(request: pytest.FixtureRequest) -> AsyncGenerator[Wire]:
    endpoint = http_app(build(dispatcher(small()), "admin"), "/mcp-admin", identify=identify)
    async with wired(endpoint, request.param) as wire:
        yield wire


async def test_the_user_server_offers_the_tools_of_guests_and_members(user: Wire) -> None:
    tools = (await user.result("tools/list"))["tools"]
    assert [tool["name"] for tool in tools] == snapshot(
        [
            "book_visit",
            "break_down",
            "get_visit",
            "greet_person",
            "repeat_words",
            "report_work",
            "say_hello",
            "who_am_i",
        ]
    )


async def test_the_admin_server_offers_the_tools_of_staff_and_admins(admin: Wire) -> None:
    tools = (await admin.result("tools/list", token="staff"))["tools"]
    assert [tool["name"] for tool in tools] == snapshot(["count_visits", "drop_visits"])


async def test_a_listed_tool_says_everything_a_host_needs(user: Wire) -> None:
    tools = (await user.result("tools/list"))["tools"]
    assert next(tool for tool in tools if tool["name"] == "repeat_words") == snapshot(
        {
            "_meta": {
                "securitySchemes": [{"type": "noauth"}, {"type": "oauth2", "scopes": []}],
                "ui": {"visibility": ["model"]},
            },
            "annotations": {
                "destructiveHint": False,
                "idempotentHint": True,
                "openWorldHint": False,
                "readOnlyHint": True,
            },
            "description": "Repeat what was said.",
            "inputSchema": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "words": {"description": "What to say, in the person's own words.", "type": "string"},
                    "times": {"default": 1, "type": "integer"},
                },
                "required": ["words"],
            },
            "name": "repeat_words",
            "outputSchema": {
                "type": "object",
                "properties": {"said": {"type": "string"}},
            },
            "title": "Repeat words",
            "securitySchemes": [{"type": "noauth"}, {"type": "oauth2", "scopes": []}],
        }
    )


async def test_a_members_tool_asks_for_a_sign_in_with_its_scope(user: Wire) -> None:
    tools = (await user.result("tools/list"))["tools"]
    listed = next(tool for tool in tools if tool["name"] == "book_visit")
    assert listed["securitySchemes"] == snapshot(
        [{"type": "oauth2", "scopes": ["mcp:write", "visits:write"]}]
    )
    assert listed["_meta"]["securitySchemes"] == listed["securitySchemes"]


async def test_all_four_hints_are_explicit_on_every_tool(admin: Wire) -> None:
    tools = (await admin.result("tools/list", token="staff"))["tools"]
    assert {tool["name"]: tool["annotations"] for tool in tools} == snapshot(
        {
            "count_visits": {
                "destructiveHint": False,
                "idempotentHint": True,
                "openWorldHint": False,
                "readOnlyHint": True,
            },
            "drop_visits": {
                "destructiveHint": True,
                "idempotentHint": False,
                "openWorldHint": True,
                "readOnlyHint": False,
            },
        }
    )


async def test_an_answer_is_a_sentence_and_the_model(user: Wire) -> None:
    result = await user.call("repeat_words", words="ghar", times=2)
    assert result["content"] == snapshot([{"text": "It said: ghar ghar", "type": "text"}])
    assert result["structuredContent"] == snapshot({"said": "ghar ghar"})
    assert result["isError"] is False


async def test_wrong_arguments_are_answered_with_a_sentence_for_each(user: Wire) -> None:
    result = await user.call("repeat_words", word="ghar")
    assert result["isError"] is True
    assert result["content"] == snapshot(
        [
            {
                "text": "words: is required; word: is not a field of this tool.",
                "type": "text",
            }
        ]
    )
    assert result["_meta"]["error"] == snapshot(
        {
            "code": "invalid",
            "message": "words: is required; word: is not a field of this tool.",
            "details": [
                {"field": "words", "problem": "is required"},
                {"field": "word", "problem": "is not a field of this tool"},
            ],
        }
    )
    assert "structuredContent" not in result


async def test_an_unknown_tool_is_refused_in_the_words_of_every_surface(user: Wire) -> None:
    result = await user.call("sell_house")
    assert result["isError"] is True
    assert result["_meta"]["error"] == snapshot(
        {"code": "unknown_tool", "message": "There is no tool named 'sell_house'.", "details": None}
    )


async def test_staff_tools_are_unknown_to_the_user_server(user: Wire) -> None:
    result = await user.call("count_visits", token="admin")
    assert result["_meta"]["error"]["code"] == "unknown_tool"


@pytest.mark.requirement("S7")
async def test_a_defect_is_masked(user: Wire) -> None:
    result = await user.call("break_down")
    assert result["isError"] is True
    assert result["content"] == snapshot(
        [{"text": "Something went wrong on our side. It has been recorded; try again later.", "type": "text"}]
    )


async def test_a_static_resource_is_the_answer_as_json(user: Wire) -> None:
    (listed,) = (await user.result("resources/list"))["resources"]
    assert (listed["uri"], listed["mimeType"]) == ("echo://hello", "application/json")
    (read,) = (await user.result("resources/read", {"uri": "echo://hello"}))["contents"]
    assert read == snapshot(
        {"mimeType": "application/json", "text": '{"said":"hello"}', "uri": "echo://hello"}
    )


async def test_a_resource_template_reads_through_its_tool(user: Wire) -> None:
    (listed,) = (await user.result("resources/templates/list"))["resourceTemplates"]
    assert listed["uriTemplate"] == "visits://{id}"
    (read,) = (await user.result("resources/read", {"uri": "visits://3"}, "member"))["contents"]
    assert read["text"] == '{"id":3}'


async def test_an_unreadable_resource_is_an_error_and_no_crash(user: Wire) -> None:
    wrong = await user.ask("resources/read", {"uri": "visits://three"}, "member")
    missing = await user.ask("resources/read", {"uri": "nothing://here"})
    assert wrong.json()["error"]["message"] == snapshot("id: should be a whole number.")
    assert missing.json()["error"]["message"] == snapshot("Resource not found: 'nothing://here'")


async def test_a_prompt_is_written_from_its_arguments(user: Wire) -> None:
    (listed,) = (await user.result("prompts/list"))["prompts"]
    assert listed["arguments"] == snapshot(
        [{"description": "Where to live.", "name": "place", "required": True}]
    )
    written = await user.result("prompts/get", {"name": "find_home", "arguments": {"place": "Sohna"}})
    assert written["messages"] == snapshot(
        [{"content": {"text": "Find me a home in Sohna.", "type": "text"}, "role": "user"}]
    )


async def test_a_prompt_without_its_arguments_says_which_are_missing(user: Wire) -> None:
    response = await user.ask("prompts/get", {"name": "find_home"})
    assert response.json()["error"]["message"] == snapshot("place: is required.")


async def test_an_argument_of_a_prompt_is_completed(user: Wire) -> None:
    reference = {"type": "ref/prompt", "name": "find_home"}
    argument = {"name": "place", "value": "dlf"}
    completed = await user.result("completion/complete", {"ref": reference, "argument": argument})
    assert completed["completion"]["values"] == ["DLF Phase 2", "DLF Phase 3"]


async def test_what_nobody_completes_stays_empty(user: Wire) -> None:
    reference = {"type": "ref/prompt", "name": "no_such_prompt"}
    asked = {"ref": reference, "argument": {"name": "place", "value": "d"}}
    assert (await user.result("completion/complete", asked))["completion"]["values"] == []


@pytest.mark.parametrize("era", ERAS)
async def test_the_servers_announce_widgets_and_no_changing_lists(era: Era) -> None:
    endpoint = http_app(build(dispatcher(small()), "user"), "/mcp", identify=identify)
    async with wired(endpoint, era) as wire:
        if era == "2026-07-28":
            announced = await wire.result("server/discover")
        else:
            client = {"name": "a host", "version": "1"}
            hello = {"protocolVersion": era, "capabilities": {}, "clientInfo": client}
            announced = await wire.result("initialize", hello)
    capabilities = announced["capabilities"]
    assert capabilities["extensions"] == {"io.modelcontextprotocol/ui": {}}
    assert not any(each.get("listChanged") for each in capabilities.values())
    assert "completions" in capabilities
    assert capabilities["resources"]["subscribe"] is False
