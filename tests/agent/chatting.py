"""Speaking to the chat as clients do, and models that follow a script."""

import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from types import ModuleType
from typing import Any

import httpx
from pydantic_ai.messages import ModelMessage
from pydantic_ai.models.function import AgentInfo, DeltaToolCall, DeltaToolCalls, FunctionModel
from starlette.applications import Starlette

from agent.chat import Chat
from facade import problems
from storage.engine import Database, DatabaseOptions
from tests.bearers import DOOR, bearer
from tools.catalog import Catalog
from tools.contract import GUEST, Viewer
from tools.dispatch import Dispatcher
from tools.identity import AuthProviderUnreachable, Door, InvalidToken
from tools.ports import Ports

NOWHERE = "postgresql://nobody@127.0.0.1:1/none"
MEMBER = Viewer(1, "member", DOOR | {"visits:write"})

Script = Callable[[list[ModelMessage], AgentInfo], AsyncIterator[str | DeltaToolCalls]]


async def identify(scope: Mapping[str, Any], _door: Door) -> Viewer:
    """`Bearer member` is a member; nobody else is known."""
    match bearer(scope):
        case None:
            return GUEST
        case "Bearer member":
            return MEMBER
        case "Bearer outage":
            raise AuthProviderUnreachable
        case _:
            raise InvalidToken


def without_database(ports: Ports, module: ModuleType) -> Dispatcher:
    """The tools of a module, none of which opens a connection."""
    return Dispatcher(Catalog.of([module]), Database(DatabaseOptions(NOWHERE)), ports)


@asynccontextmanager
async def talking(dispatcher: Dispatcher, script: Script) -> AsyncGenerator[httpx.AsyncClient]:
    """A client of a chat whose model follows the script."""
    chat = Chat(dispatcher, identify, lambda: FunctionModel(stream_function=script))
    app = Starlette(routes=chat.routes(), exception_handlers=problems.handlers())
    transport = httpx.ASGITransport(app)
    async with chat.running(), httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        yield client


def calling(name: str, **arguments: Any) -> DeltaToolCalls:
    """A script's call of a tool."""
    return {0: DeltaToolCall(name, json.dumps(arguments), tool_call_id=f"call_{name}")}


def user(text: str, number: int = 1) -> dict[str, Any]:
    """A message as the `ai` package sends it."""
    return {"id": f"m{number}", "role": "user", "parts": [{"type": "text", "text": text}]}


def body(*questions: str) -> dict[str, Any]:
    """A request as the `ai` package sends it."""
    messages = [user(text, number) for number, text in enumerate(questions)]
    return {"id": "conversation", "trigger": "submit-message", "messages": messages}


async def ask(client: httpx.AsyncClient, *questions: str) -> list[dict[str, Any]]:
    """The events of the answer to the last question."""
    answer = await client.post("/api/v1/chat", json=body(*questions))
    assert answer.status_code == 200, answer.text
    return events(answer)


def events(answer: httpx.Response) -> list[dict[str, Any]]:
    """The events of a stream, which must have ended properly."""
    lines = [line.removeprefix("data: ") for line in answer.text.split("\n\n") if line]
    if lines and lines[-1] == "[DONE]":
        lines.pop()
    return [json.loads(line) for line in lines]


def text(happened: list[dict[str, Any]]) -> str:
    """What the answer says."""
    return "".join(event["delta"] for event in happened if event["type"] == "text-delta")


def outputs(happened: list[dict[str, Any]]) -> list[Any]:
    """What tools answered."""
    return [event["output"] for event in happened if event["type"] == "tool-output-available"]


def inputs(happened: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    """Which tools were called, and with what."""
    return [
        (event["toolName"], event["input"]) for event in happened if event["type"] == "tool-input-available"
    ]
