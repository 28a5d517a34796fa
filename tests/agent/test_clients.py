"""The official clients of both protocols read our streams: npm `ai` and `@ag-ui/client`."""

import asyncio
import json
import sysconfig
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from pydantic_ai.messages import ModelMessage
from pydantic_ai.models.function import AgentInfo, DeltaToolCalls, FunctionModel
from starlette.applications import Starlette

from agent.chat import Chat
from tests.agent import example
from tests.agent.chatting import MEMBER, calling, identify, without_database
from tests.homes import served
from tools.catalog import Catalog
from tools.contract import Viewer
from tools.dispatch import Caller, Dispatcher
from tools.identity import Door
from tools.ports import Ports

CLIENTS = Path(__file__).parent / "clients"
NODE = Path(sysconfig.get_path("scripts")) / "node"
QUESTION = "2 bhk in sector 57 under 40k"


async def through(client: str, app: Starlette, question: str) -> dict[str, Any]:
    """What a client made of the answer."""
    async with served(app) as url:
        process = await asyncio.create_subprocess_exec(
            str(NODE),
            str(CLIENTS / client),
            url,
            question,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        said, complaint = await process.communicate()
    assert process.returncode == 0, complaint.decode()
    return json.loads(said)


@pytest.fixture
async def expected(dispatcher: Dispatcher, catalog: Catalog) -> Any:
    """What every other surface answers."""
    answer = await dispatcher.run(catalog["search_properties"], {"words": QUESTION}, Caller("rest"))
    return answer.model_dump(mode="json")


async def test_the_ai_package_reads_the_vercel_stream(app: Starlette, expected: Any) -> None:
    made = await through("vercel.mjs", app, QUESTION)
    parts: list[dict[str, Any]] = made["message"]["parts"]
    (tool,) = [part for part in parts if part["type"] == "tool-search_properties"]

    assert made["errors"] == []
    assert made["message"]["id"]
    assert made["message"]["role"] == "assistant"
    assert (tool["state"], tool["input"]) == ("output-available", {"words": QUESTION})
    assert tool["output"] == expected
    assert [part["state"] for part in parts if part["type"] == "text"] == ["done"]


async def test_the_ag_ui_client_reads_the_ag_ui_stream(app: Starlette, expected: Any) -> None:
    made = await through("ag_ui.mjs", app, QUESTION)
    (tool,) = [message for message in made["messages"] if message["role"] == "tool"]
    said = made["messages"][-1]

    assert made["errors"] == []
    assert (made["events"][0], made["events"][-1]) == ("RUN_STARTED", "RUN_FINISHED")
    assert json.loads(tool["content"]) == expected
    assert said["role"] == "assistant"
    assert "I am offline" in said["content"]
    assert all(message["id"] for message in made["messages"])


@pytest.fixture
async def booking(ports: Ports) -> AsyncIterator[Starlette]:
    """A chat for members whose model wants to book at once."""

    async def books(messages: list[ModelMessage], info: AgentInfo) -> AsyncIterator[str | DeltaToolCalls]:
        yield calling("book_visit", day="2026-12-01")

    async def member(_scope: Any, _door: Door) -> Viewer:
        return MEMBER

    chat = Chat(without_database(ports, example), member, lambda: FunctionModel(stream_function=books))
    async with chat.running():
        yield Starlette(routes=chat.routes())


async def test_a_write_reaches_the_ai_package_as_a_request_for_approval(booking: Starlette) -> None:
    example.booked.clear()
    made = await through("vercel.mjs", booking, "book it")
    (tool,) = [part for part in made["message"]["parts"] if part["type"] == "tool-book_visit"]

    assert tool["state"] == "approval-requested"
    assert tool["approval"]["id"]
    assert example.booked == []


@pytest.fixture
async def broken(ports: Ports) -> AsyncIterator[Starlette]:
    """A chat whose model calls a tool with a defect."""

    async def calls(messages: list[ModelMessage], info: AgentInfo) -> AsyncIterator[str | DeltaToolCalls]:
        yield calling("break_down")

    chat = Chat(without_database(ports, example), identify, lambda: FunctionModel(stream_function=calls))
    async with chat.running():
        yield Starlette(routes=chat.routes())


async def test_both_clients_read_an_error_in_mid_stream_as_a_sentence(broken: Starlette) -> None:
    vercel = await through("vercel.mjs", broken, "hi")
    ag_ui = await through("ag_ui.mjs", broken, "hi")

    assert "Something went wrong on our side" in vercel["errors"][0]
    assert "Something went wrong on our side" in ag_ui["errors"][0]
