"""The account in an assistant: over MCP, with a real token, and without a contact in clear."""

import json
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import httpx
import pytest

from servers.app import Application
from tests.servers.applications import client_of, development_token, settings

RPC = {"content-type": "application/json", "accept": "application/json, text/event-stream"}


class Assistant:
    """A host that calls tools of the user server as a member."""

    def __init__(self, http: httpx.AsyncClient, token: str) -> None:
        self._http = http
        self._headers = RPC | {"authorization": f"Bearer {token}"}

    async def ask(self, method: str, **params: Any) -> dict[str, Any]:
        body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        answer = await self._http.post("/mcp", json=body, headers=self._headers)
        return answer.json()["result"]

    async def call(self, tool: str, **given: Any) -> dict[str, Any]:
        return await self.ask("tools/call", name=tool, arguments=given)


@pytest.fixture
async def assistant(database_url: str, tmp_path: Path) -> AsyncGenerator[Assistant]:
    chosen = settings(database_url, tmp_path)
    token = await development_token(chosen, "member")
    async with client_of(Application(chosen)) as http:
        yield Assistant(http, token)


async def test_an_assistant_changes_what_its_person_prefers(assistant: Assistant) -> None:
    changed = await assistant.call("update_preferences", purpose="rent", budget_max=45_000)
    assert changed["structuredContent"] == (await assistant.call("get_preferences"))["structuredContent"]
    assert changed["structuredContent"]["budget_max"] == 45_000


async def test_an_assistant_never_reads_a_contact_in_clear(assistant: Assistant) -> None:
    answers = [await assistant.call(tool) for tool in ("who_am_i", "list_sessions", "delete_my_account")]
    assert answers[0]["structuredContent"]["email"] == "m••••@360ghar.example"
    assert "member@360ghar.example" not in json.dumps(answers)


async def test_the_export_is_not_offered_to_assistants(assistant: Assistant) -> None:
    names = {each["name"] for each in (await assistant.ask("tools/list"))["tools"]}
    assert "delete_my_account" in names
    assert "export_my_data" not in names
