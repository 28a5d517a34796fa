"""Chats in which a model wants to change something, and people who decide."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import httpx
from pydantic_ai.messages import ModelMessage, ModelResponse, ToolCallPart, ToolReturnPart
from pydantic_ai.models.function import AgentInfo, DeltaToolCall, DeltaToolCalls, FunctionModel
from starlette.applications import Starlette

from agent.chat import Chat
from facade import problems
from tests.agent.chatting import body, events, text
from tests.bearers import bearer
from tests.trust.shop import SCOPES, Shop
from tools.contract import GUEST, Viewer
from tools.dispatch import Dispatcher
from tools.identity import Door, InvalidToken

Step: TypeAlias = str | DeltaToolCalls | Exception
Happened: TypeAlias = list[dict[str, Any]]


def wanting(**calls: dict[str, Any]) -> DeltaToolCalls:
    """A script's step: calls of tools, each by its name."""
    return {
        index: DeltaToolCall(name, json.dumps(given), tool_call_id=f"call_{name}")
        for index, (name, given) in enumerate(calls.items())
    }


@dataclass
class Script:
    """A model that takes these steps, one for each answer that it has given, and keeps what it read."""

    steps: list[Step]
    read: list[list[ModelMessage]] = field(default_factory=list[list[ModelMessage]])

    async def __call__(
        self, messages: list[ModelMessage], _info: AgentInfo
    ) -> AsyncIterator[str | DeltaToolCalls]:
        self.read.append(list(messages))
        step = self.steps[sum(isinstance(each, ModelResponse) for each in messages)]
        if isinstance(step, Exception):
            raise step
        yield step

    @property
    def returns(self) -> list[tuple[str, Any]]:
        """What tools answered, as the model read it last: outcome and content."""
        parts = [part for message in self.read[-1] for part in message.parts]
        return [(part.outcome, part.content) for part in parts if isinstance(part, ToolReturnPart)]

    @property
    def calls(self) -> list[dict[str, Any]]:
        """The arguments of its own calls, as the model read them last."""
        parts = [part for message in self.read[-1] for part in message.parts]
        return [part.args_as_dict() for part in parts if isinstance(part, ToolCallPart)]


@dataclass
class Talk:
    """A chat, and who speaks in it."""

    http: httpx.AsyncClient
    viewers: dict[str, Viewer]
    last: dict[str, Any] = field(default_factory=dict[str, Any])
    """The request that was sent last."""

    async def post(self, sent: Mapping[str, Any], who: str | None = "asha", path: str = "") -> httpx.Response:
        headers = {} if who is None else {"authorization": f"Bearer {who}"}
        return await self.http.post(f"/api/v1/chat{path}", json=sent, headers=headers)

    async def ask(self, question: str = "please", who: str | None = "asha") -> Happened:
        """What an answer brings."""
        answer = await self.post(body(question), who)
        assert answer.status_code == 200, answer.text
        return events(answer)

    async def decide(
        self, *said: Mapping[str, Any], who: str | None = "asha", **beside: Any
    ) -> httpx.Response:
        """What comes of decisions, sent as the `ai` package sends them."""
        return await self.post(deciding(*said) | beside, who)

    async def approve(self, happened: Happened, who: str | None = "asha") -> Happened:
        """What comes of it when everything that waits is approved."""
        answer = await self.decide(*(yes(each) for each in waiting(happened)), who=who)
        assert answer.status_code == 200, answer.text
        return events(answer)


def yes(ticket: str) -> dict[str, Any]:
    return {"id": ticket, "approved": True}


def no(ticket: str, reason: str | None = None) -> dict[str, Any]:
    return {"id": ticket, "approved": False} | ({} if reason is None else {"reason": reason})


def deciding(*said: Mapping[str, Any]) -> dict[str, Any]:
    """A request that goes on with an answer: the history is made up, but for the decisions."""
    parts = [
        {
            "type": "tool-made_up",
            "toolCallId": "made up",
            "state": "approval-responded",
            "input": {"id": 999},
            "approval": dict(each),
        }
        for each in said
    ]
    return body("please") | {
        "messages": [*body("please")["messages"], {"id": "a", "role": "assistant", "parts": parts}]
    }


def waiting(happened: Happened) -> list[str]:
    """The ids of the approvals that an answer asks for."""
    return [event["approvalId"] for event in happened if event["type"] == "tool-approval-request"]


def shown(happened: Happened) -> list[dict[str, Any]]:
    """What the person is shown of each."""
    return [event["data"] for event in happened if event["type"] == "data-approval"]


def said(happened: Happened) -> str:
    """The words of an answer that ended without an error."""
    assert not [event for event in happened if event["type"] == "error"], happened
    return text(happened)


@asynccontextmanager
async def talking(dispatcher: Dispatcher, script: Script, viewers: dict[str, Viewer]) -> AsyncGenerator[Talk]:
    """A chat whose model follows the script. Whoever starts another over the same database has restarted."""

    async def identify(scope: Mapping[str, Any], _door: Door) -> Viewer:
        given = bearer(scope)
        if given is None:
            return GUEST
        found = viewers.get(given.removeprefix("Bearer "))
        if found is None:
            raise InvalidToken
        return found

    chat = Chat(dispatcher, identify, lambda: FunctionModel(stream_function=script))
    app = Starlette(routes=chat.routes(), exception_handlers=problems.handlers())
    transport = httpx.ASGITransport(app)
    async with chat.running(), httpx.AsyncClient(transport=transport, base_url="http://testserver") as http:
        yield Talk(http, viewers)


async def visitors(shop: Shop) -> dict[str, Viewer]:
    """Asha in her own browser, two apps that she has connected, and Ravi."""
    asha, ravi = await shop.person(), await shop.person("ravi@ghar.test")
    return {
        "asha": Viewer(asha, "member", SCOPES, own=True),
        "app": (await shop.app(asha)).viewer,
        "other-app": (await shop.app(asha, "Another assistant")).viewer,
        "ravi": Viewer(ravi, "member", SCOPES, own=True),
    }
