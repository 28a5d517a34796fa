"""The official clients of both protocols read our streams: npm `ai` and `@ag-ui/client`."""

import asyncio
import json
import sysconfig
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic_ai.messages import ModelMessage
from pydantic_ai.models.function import AgentInfo, DeltaToolCalls, FunctionModel
from starlette.applications import Starlette

from agent.chat import Chat
from tests.agent import example
from tests.agent.approving import Script, visitors, wanting
from tests.agent.chatting import calling, identify, without_database
from tests.homes import served
from tests.trust.shop import Shop, opened
from tools.catalog import Catalog
from tools.contract import Viewer
from tools.dispatch import Caller, Dispatcher
from tools.identity import Door
from tools.ports import Ports

CLIENTS = Path(__file__).parent / "clients"
NODE = Path(sysconfig.get_path("scripts")) / "node"
QUESTION = "2 bhk in sector 57 under 40k"


async def through(client: str, app: Starlette, *said: str) -> dict[str, Any]:
    """What a client made of the answer."""
    async with served(app) as url:
        process = await asyncio.create_subprocess_exec(
            str(NODE),
            str(CLIENTS / client),
            url,
            *said,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        printed, complaint = await process.communicate()
    assert process.returncode == 0, complaint.decode()
    return json.loads(printed)


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


@dataclass(frozen=True)
class Buying:
    """A chat for somebody whose model wants to buy a book at once."""

    shop: Shop
    script: Script
    app: Starlette


@pytest.fixture
async def buying(database_url: str, ports: Ports) -> AsyncIterator[Buying]:
    async with opened(database_url, ports) as shop:
        asha = (await visitors(shop))["asha"]
        script = Script([wanting(buy_book={"id": 1}), "Done."])

        async def person(_scope: Any, _door: Door) -> Viewer:
            return asha

        chat = Chat(shop.dispatcher, person, lambda: FunctionModel(stream_function=script))
        async with chat.running():
            yield Buying(shop, script, Starlette(routes=chat.routes()))


@pytest.mark.parametrize(("decision", "sold"), [("approve", 1), ("too dear", 0)])
async def test_the_ai_package_asks_for_approval_and_goes_on_with_what_was_decided(
    buying: Buying, decision: str, sold: int
) -> None:
    made = await through("vercel_approves.mjs", buying.app, "buy it", decision)
    (asked,) = [part for part in made["asked"][-1]["parts"] if part["type"] == "tool-buy_book"]
    (told,) = [part for part in made["asked"][-1]["parts"] if part["type"] == "data-approval"]
    (tool,) = [part for part in made["messages"][-1]["parts"] if part["type"] == "tool-buy_book"]

    assert made["errors"] == []
    assert made["answers"] == 2
    assert asked["state"] == "approval-requested"
    assert asked["approval"]["id"] == told["data"]["preview"]["ticket"]
    assert told["data"]["preview"]["what"] == "You buy Godan."
    assert [message["role"] for message in made["messages"]] == ["user", "assistant"]
    assert tool["state"] == ("output-available" if sold else "output-denied")
    assert len(await buying.shop.sales()) == sold
    if not sold:
        assert "too dear" in buying.script.returns[0][1]


@pytest.mark.parametrize(("decision", "sold"), [("approve", 1), ("too dear", 0)])
async def test_the_ag_ui_client_is_interrupted_and_goes_on_with_what_was_decided(
    buying: Buying, decision: str, sold: int
) -> None:
    made = await through("ag_ui_approves.mjs", buying.app, "buy it", decision)
    (interrupt,) = made["interrupts"]

    assert made["errors"] == []
    assert made["left"] == []
    assert interrupt["message"] == "You buy Godan."
    assert made["messages"][-1]["content"] == "Done."
    assert len(await buying.shop.sales()) == sold
    if not sold:
        assert "too dear" in buying.script.returns[0][1]


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
