"""The official clients, over HTTP and stdio, in both eras: their users are asked, and their word counts."""

import asyncio
import json
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Literal

import httpx2
import mcp
import mcp_types
import pytest
from mcp.client.context import ClientRequestContext
from mcp.client.streamable_http import streamable_http_client

from servers import identity
from servers.mcp import build, http_app
from tests.conformance.suite import NODE
from tests.servers.serving import serving
from tests.surfaces.serving import environment
from tests.trust.mcp.assistants import Desk

ROOT = Path(__file__).parents[3]
LISTING = Path(__file__).with_name("listing.mjs")
Mode = Literal["2026-07-28", "legacy"]
Action = Literal["accept", "decline", "cancel"]


class User:
    """The person in front of a host, who answers every question in the same way."""

    def __init__(self, action: Action, **ticked: bool) -> None:
        self.asked: list[str] = []
        self._answer = mcp_types.ElicitResult(action=action, content={**ticked} if ticked else None)

    async def __call__(
        self, context: ClientRequestContext, params: mcp_types.ElicitRequestParams
    ) -> mcp_types.ElicitResult:
        self.asked.append(params.message)
        return self._answer


Connect = Callable[[Desk, Mode, User | None], AbstractAsyncContextManager[mcp.Client]]


@asynccontextmanager
async def _connected(url: str, desk: Desk, mode: Mode, user: User | None) -> AsyncGenerator[mcp.Client]:
    async with (
        httpx2.AsyncClient(headers={"authorization": f"Bearer {desk.app}"}, timeout=30) as http,
        mcp.Client(
            streamable_http_client(url, http_client=http), mode=mode, elicitation_callback=user
        ) as client,
    ):
        yield client


@asynccontextmanager
async def over_http(desk: Desk, mode: Mode, user: User | None) -> AsyncGenerator[mcp.Client]:
    """A connection as in production, where a server cannot ask while a call waits."""
    async with _connected(desk.house.user, desk, mode, user) as client:
        yield client


@asynccontextmanager
async def in_sessions(desk: Desk, mode: Mode, user: User | None) -> AsyncGenerator[mcp.Client]:
    """A connection that stays, on which a server asks while a call waits."""
    known = identity.of(desk.house.runtime)
    server = build(desk.house.runtime.dispatcher, "user", sessions=True)
    endpoint = http_app(server, "/mcp", identify=known.identify, stateless=False, json_response=False)
    async with known.running(), serving(endpoint) as url, _connected(url, desk, mode, user) as client:
        yield client


@asynccontextmanager
async def over_stdio(desk: Desk, mode: Mode, user: User | None) -> AsyncGenerator[mcp.Client]:
    """A process of the product that belongs to its host."""
    settings = desk.house.settings
    variables = dict(environment(desk.house.database_url, settings.home))
    del variables["GHAR_SECRET"]  # the tokens are signed with the key in its home
    server = mcp.StdioServerParameters(
        command=sys.executable,
        args=["-c", "from servers.cli import main; main()", "stdio", "--token", desk.app],
        env=variables | {"GHAR_PORT": str(settings.port)},
        cwd=ROOT,
    )
    async with mcp.Client(server, mode=mode, elicitation_callback=user) as client:
        yield client


OVER_HTTP = [
    pytest.param(over_http, "2026-07-28", id="http-2026"),
    pytest.param(in_sessions, "2026-07-28", id="sessions-2026"),
    pytest.param(in_sessions, "legacy", id="sessions-legacy"),
]
ASKING = [
    *OVER_HTTP,
    pytest.param(over_stdio, "2026-07-28", id="stdio-2026"),
    pytest.param(over_stdio, "legacy", id="stdio-legacy"),
]


async def call(client: mcp.Client, asked: dict[str, Any]) -> mcp_types.CallToolResult:
    """The result of a call by a host that knows the schemas of what it gets."""
    await client.list_tools()
    return await client.call_tool(asked["name"], asked["arguments"])


def code(result: mcp_types.CallToolResult) -> str:
    assert result.is_error
    return (result.meta or {})["error"]["code"]


@pytest.mark.parametrize(("connect", "mode"), ASKING)
async def test_a_user_who_says_yes_is_asked_once(desk: Desk, connect: Connect, mode: Mode) -> None:
    user = User("accept", confirm=True)
    async with connect(desk, mode, user) as client:
        done = await call(client, desk.visit())
    assert done.structured_content is not None
    assert done.structured_content["status"] == "requested"
    assert len(user.asked) == 1
    assert (await desk.visits(), await desk.outcomes()) == (1, ["done"])


@pytest.mark.parametrize(("connect", "mode"), ASKING)
async def test_a_user_who_says_no_is_heard(desk: Desk, connect: Connect, mode: Mode) -> None:
    async with connect(desk, mode, User("decline")) as client:
        assert code(await call(client, desk.visit())) == "declined"
    assert (await desk.visits(), await desk.outcomes()) == (0, ["declined"])


@pytest.mark.parametrize(("connect", "mode"), OVER_HTTP)
async def test_a_user_who_closes_the_question_can_decide_later(
    desk: Desk, connect: Connect, mode: Mode
) -> None:
    async with connect(desk, mode, User("cancel")) as client:
        assert code(await call(client, desk.visit())) == "dismissed"
    assert (await desk.visits(), await desk.outcomes()) == (0, [None])


@pytest.mark.parametrize(("connect", "mode"), OVER_HTTP)
async def test_a_user_is_not_asked_for_what_only_our_page_decides(
    desk: Desk, connect: Connect, mode: Mode
) -> None:
    user = User("accept", confirm=True)
    async with connect(desk, mode, user) as client:
        shown = await call(client, desk.contact())
    assert shown.structured_content is not None
    assert shown.structured_content["tool"] == "reveal_contact"
    assert (user.asked, await desk.outcomes()) == ([], [None])


@pytest.mark.parametrize(
    ("connect", "mode"), [*OVER_HTTP, pytest.param(over_http, "legacy", id="http-legacy")]
)
async def test_a_host_that_cannot_ask_gets_a_preview(desk: Desk, connect: Connect, mode: Mode) -> None:
    async with connect(desk, mode, None) as client:
        shown = await call(client, desk.visit())
    assert shown.structured_content is not None
    assert shown.structured_content["tool"] == "request_visit"
    assert (shown.meta or {})["360ghar.com/nonce"]
    assert (await desk.visits(), await desk.outcomes()) == (0, [None])


async def test_a_stateless_connection_of_the_handshake_era_gets_a_preview(desk: Desk) -> None:
    user = User("accept", confirm=True)
    async with over_http(desk, "legacy", user) as client:
        shown = await call(client, desk.visit())
    assert shown.structured_content is not None
    assert shown.structured_content["tool"] == "request_visit"
    assert user.asked == []


@pytest.mark.parametrize("tool", ["request_visit", "reveal_contact"])
async def test_the_typescript_client_takes_a_preview_for_an_answer(desk: Desk, tool: str) -> None:
    asked = desk.visit() if tool == "request_visit" else desk.contact()
    process = await asyncio.create_subprocess_exec(
        *(NODE, LISTING, desk.house.user, desk.app, tool, json.dumps(asked["arguments"])),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, trouble = await process.communicate()
    assert process.returncode == 0, trouble.decode()
    told = json.loads(said)
    assert told["schema"] == {"type": "object"}
    assert told["answer"]["structuredContent"]["tool"] == tool
