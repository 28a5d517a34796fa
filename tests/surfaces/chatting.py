"""Our own chat as one more way to call a tool: a model asks for it, and where it must, a person approves."""

import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from pydantic_ai.models.function import FunctionModel
from starlette.applications import Starlette

from agent.chat import Chat
from facade import problems
from servers import identity
from servers.runtime import Runtime
from tests.access.world import World, obedient
from tests.agent.approving import Happened, deciding, shown, yes
from tests.agent.chatting import body, events, outputs
from tests.surfaces.callers import Answer


class InChat:
    """The streaming endpoint, with a model that calls what the question names."""

    def __init__(self, world: World, token: str) -> None:
        self._world = world
        self._headers = {"authorization": f"Bearer {token}"}

    async def call(self, tool: str, given: Mapping[str, Any], key: str | None = None) -> Answer:
        """The answer, once everything that waits has been approved. Its key is the tool call's own."""
        happened = await self._asked(tool, given)
        waiting = shown(happened)
        if waiting:
            tickets = [each["preview"]["ticket"] for each in waiting]
            happened = await self._post(deciding(*(yes(ticket) for ticket in tickets)))
        refused = [event["errorText"] for event in happened if event["type"] == "tool-output-error"]
        if refused:
            code, _, message = str(refused[-1]).partition(": ")
            return {"error": {"code": code, "message": message}}
        return outputs(happened)[-1]

    async def preview(self, tool: str, given: Mapping[str, Any]) -> Answer:
        """What a person is shown who could approve it."""
        (waiting,) = shown(await self._asked(tool, given))
        return waiting["preview"]

    async def _asked(self, tool: str, given: Mapping[str, Any]) -> Happened:
        return await self._post(body(json.dumps({"tool": tool, "arguments": dict(given)})))

    async def _post(self, sent: Mapping[str, Any]) -> Happened:
        async with self._world.client(self._world.chat) as client:
            answer = await client.post("/api/v1/chat", json=sent, headers=self._headers)
        assert answer.status_code == 200, answer.text
        return events(answer)


@asynccontextmanager
async def chatting(runtime: Runtime) -> AsyncGenerator[Starlette]:
    """The chat of an installation, in this process."""
    identified = identity.of(runtime)
    model = FunctionModel(stream_function=obedient)
    chat = Chat(runtime.dispatcher, identified.identify, lambda: model)
    async with identified.running(), chat.running():
        yield Starlette(routes=chat.routes(), exception_handlers=problems.handlers())
