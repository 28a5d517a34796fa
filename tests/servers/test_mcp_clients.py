"""The official MCP client and FastMCP's own, in both protocol eras, over real HTTP and over stdio."""

import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal

import fastmcp
import httpx2
import mcp
import mcp_types
import pytest
from mcp.client.context import ClientRequestContext
from mcp.client.streamable_http import streamable_http_client

from servers import stdio
from servers.mcp import build, http_app
from tests.servers.serving import VIEWERS, dispatcher, identify, serving
from tests.servers.small import small
from tools.refusals import Forbidden

ROOT = Path(__file__).parents[2]
Mode = Literal["2026-07-28", "legacy"]
MODES: list[Mode] = ["2026-07-28", "legacy"]


@asynccontextmanager
async def client(
    mode: Mode, *, sessions: bool = False, token: str | None = None
) -> AsyncGenerator[mcp.Client]:
    """The official client, connected over HTTP. It answers questions with a name."""
    server = build(dispatcher(small()), "user", sessions=sessions)
    endpoint = http_app(server, "/mcp", identify=identify, stateless=not sessions, json_response=not sessions)
    headers = {"authorization": f"Bearer {token}"} if token else {}
    async with (
        serving(endpoint) as url,
        httpx2.AsyncClient(headers=headers) as http,
        mcp.Client(
            streamable_http_client(url, http_client=http), mode=mode, elicitation_callback=names_itself
        ) as connected,
    ):
        yield connected


async def names_itself(
    context: ClientRequestContext, params: mcp_types.ElicitRequestParams
) -> mcp_types.ElicitResult:
    assert params.message == "What is your name?"
    return mcp_types.ElicitResult(action="accept", content={"name": "Asha"})


def said(result: mcp_types.CallToolResult) -> str:
    (block,) = result.content
    assert isinstance(block, mcp_types.TextContent)
    return block.text


@pytest.mark.parametrize("mode", MODES)
async def test_the_official_client_lists_and_calls(mode: Mode) -> None:
    async with client(mode) as connected:
        listed = await connected.list_tools()
        result = await connected.call_tool("repeat_words", {"words": "ghar", "times": 2})
    assert "repeat_words" in [tool.name for tool in listed.tools]
    assert (said(result), result.structured_content) == ("It said: ghar ghar", {"said": "ghar ghar"})


@pytest.mark.parametrize("mode", MODES)
async def test_the_official_client_sees_a_refusal_as_a_failed_result(mode: Mode) -> None:
    async with client(mode) as connected:
        result = await connected.call_tool("repeat_words", {"word": "ghar"})
    assert result.is_error
    assert said(result) == "words: is required; word: is not a field of this tool."


@pytest.mark.parametrize("mode", MODES)
async def test_the_official_client_calls_as_the_person_of_its_token(mode: Mode) -> None:
    async with client(mode, token="member") as connected:
        result = await connected.call_tool("who_am_i", {})
    assert result.structured_content == {"id": 7, "role": "member"}


@pytest.mark.parametrize("mode", MODES)
async def test_the_official_client_reads_resources_and_prompts(mode: Mode) -> None:
    async with client(mode) as connected:
        read = await connected.read_resource("echo://hello")
        written = await connected.get_prompt("find_home", {"place": "Sohna Road"})
        reference = mcp_types.PromptReference(type="ref/prompt", name="find_home")
        completed = await connected.complete(reference, {"name": "place", "value": "phase 3"})
    (content,) = read.contents
    assert isinstance(content, mcp_types.TextResourceContents)
    assert content.text == '{"said":"hello"}'
    assert written.messages[0].content.model_dump()["text"] == "Find me a home in Sohna Road."
    assert completed.completion.values == ["DLF Phase 3"]


@pytest.mark.parametrize(
    ("mode", "sessions"), [("2026-07-28", False), ("2026-07-28", True), ("legacy", True)]
)
async def test_a_tool_that_needs_an_answer_asks_the_person_and_goes_on(mode: Mode, sessions: bool) -> None:
    async with client(mode, sessions=sessions) as connected:
        result = await connected.call_tool("greet_person", {})
    assert said(result) == "It said: Asha (for None)"


async def test_a_stateless_connection_of_the_handshake_era_says_that_it_cannot_ask() -> None:
    async with client("legacy") as connected:
        result = await connected.call_tool("greet_person", {})
    assert result.is_error
    assert said(result) == "This needs an answer from you, and this connection cannot ask for one."


@pytest.mark.parametrize("mode", MODES)
async def test_progress_reaches_a_host_that_streams(mode: Mode) -> None:
    seen: list[tuple[float, float | None, str | None]] = []

    async def note(progress: float, total: float | None, message: str | None) -> None:
        seen.append((progress, total, message))

    async with client(mode, sessions=True) as connected:
        await connected.call_tool("report_work", {}, progress_callback=note)
    assert seen == [(1, 2, "half"), (2, 2, "all")]


@pytest.mark.parametrize("mode", MODES)
async def test_progress_is_dropped_where_nothing_streams(mode: Mode) -> None:
    async with client(mode) as connected:
        assert said(await connected.call_tool("report_work", {})) == "It said: done"


@pytest.mark.parametrize("mode", MODES)
async def test_the_fastmcp_client_lists_and_calls(mode: Mode) -> None:
    endpoint = http_app(build(dispatcher(small()), "user"), "/mcp", identify=identify)
    async with serving(endpoint) as url, fastmcp.Client(url, mode=mode) as connected:
        listed = await connected.list_tools()
        result = await connected.call_tool("repeat_words", {"words": "ghar"})
    assert len(listed) == 8
    assert result.structured_content == {"said": "ghar"}


def over_stdio(*arguments: str) -> mcp.StdioServerParameters:
    return mcp.StdioServerParameters(
        command=sys.executable, args=["-m", "tests.servers.stdio_fixture", *arguments], cwd=ROOT
    )


@pytest.mark.requirement("K5")
@pytest.mark.requirement("U4")
@pytest.mark.parametrize("mode", MODES)
async def test_stdio_serves_a_guest(mode: Mode) -> None:
    async with mcp.Client(over_stdio(), mode=mode, elicitation_callback=names_itself) as connected:
        listed = await connected.list_tools()
        refused = await connected.call_tool("book_visit", {"id": 3})
        greeted = await connected.call_tool("greet_person", {})
    assert len(listed.tools) == 8
    assert refused.is_error
    assert said(refused) == (
        "Sign in to do this. Start `ghar stdio` with --token TOKEN; `ghar token` prints one."
    )
    assert said(greeted) == "It said: Asha (for None)"


async def test_stdio_serves_staff_by_their_token() -> None:
    async with mcp.Client(over_stdio("admin", "staff"), mode="legacy") as connected:
        counted = await connected.call_tool("count_visits", {})
        dropped = await connected.call_tool("drop_visits", {})
    assert counted.structured_content == {"said": "none"}
    assert (dropped.is_error, said(dropped)) == (True, "You may not do this.")


async def test_stdio_refuses_to_serve_the_admin_tools_to_a_member() -> None:
    with pytest.raises(Forbidden, match="for staff"):
        await stdio.run(dispatcher(small()), "admin", VIEWERS["Bearer member"])
