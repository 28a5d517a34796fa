"""The surfaces, each as one way to call a tool by name and get its structured answer."""

import asyncio
import json
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Protocol, cast

import httpx
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from pydantic_ai import Agent
from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart, ToolCallPart, ToolReturnPart
from pydantic_ai.models.function import AgentInfo, FunctionModel

from agent.toolset import CatalogToolset
from facade.paths import PREFIX, binding
from tools.catalog import Catalog
from tools.dispatch import Caller, Dispatcher

GHAR = str(Path(sys.executable).parent / "ghar")
MODERN = "2026-07-28"
LEGACY = "2025-11-25"

Answer = Mapping[str, Any]


class Surface(Protocol):
    """A way to call a tool: the answer, or the `{"error": ...}` of a refusal."""

    async def call(self, tool: str, given: Mapping[str, Any]) -> Answer: ...


class Rest:
    """The generated routes, over HTTP."""

    def __init__(self, http: httpx.AsyncClient, catalog: Catalog) -> None:
        self._http = http
        self._catalog = catalog

    async def call(self, tool: str, given: Mapping[str, Any]) -> Answer:
        bound = binding(self._catalog[tool])
        path = bound.path.format(**{name: given[name] for name in bound.placeholders})
        query = {name: _plain(value) for name, value in given.items() if name not in bound.placeholders}
        return (await self._http.get(f"{PREFIX}{path}", params=query)).json()


def _plain(value: Any) -> Any:
    """As a query parameter says it."""
    return json.dumps(value) if isinstance(value, bool) else value


class Mcp:
    """One protocol era, over HTTP without a session."""

    def __init__(self, http: httpx.AsyncClient, version: str) -> None:
        self._http = http
        self._version = version

    async def call(self, tool: str, given: Mapping[str, Any]) -> Answer:
        params: dict[str, Any] = {"name": tool, "arguments": given}
        headers = {"accept": "application/json, text/event-stream", "mcp-protocol-version": self._version}
        if self._version == MODERN:
            headers |= {"mcp-method": "tools/call", "mcp-name": tool}
            params["_meta"] = {
                "io.modelcontextprotocol/protocolVersion": MODERN,
                "io.modelcontextprotocol/clientCapabilities": {},
            }
        asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
        result = (await self._http.post("/mcp", json=asked, headers=headers)).json()["result"]
        return {"error": result["_meta"]["error"]} if result.get("isError") else result["structuredContent"]


class Stdio:
    """`ghar stdio`, driven by the official client. One process serves every call."""

    def __init__(self, session: ClientSession) -> None:
        self._session = session

    async def call(self, tool: str, given: Mapping[str, Any]) -> Answer:
        result = await self._session.call_tool(tool, dict(given))
        if result.is_error:
            return {"error": (result.meta or {})["error"]}
        assert result.structured_content is not None
        return result.structured_content


@asynccontextmanager
async def stdio(environment: Mapping[str, str]) -> AsyncGenerator[Stdio]:
    """A running `ghar stdio`. The client lives in a task of its own, since only that task may close it."""
    opened: asyncio.Future[ClientSession] = asyncio.get_running_loop().create_future()
    done = asyncio.Event()
    client = asyncio.create_task(_hold(environment, opened, done))
    yield Stdio(await opened)
    done.set()
    await client


async def _hold(
    environment: Mapping[str, str], opened: "asyncio.Future[ClientSession]", done: asyncio.Event
) -> None:
    server = StdioServerParameters(command=GHAR, args=["stdio"], env=dict(environment))
    async with stdio_client(server) as (reading, writing), ClientSession(reading, writing) as session:
        await session.initialize()
        opened.set_result(session)
        await done.wait()


class CommandLine:
    """`ghar call`, a process for each call."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    async def call(self, tool: str, given: Mapping[str, Any]) -> Answer:
        process = await asyncio.create_subprocess_exec(
            *(GHAR, "call", tool, "--json", json.dumps(given), "--output", "json"),
            env=dict(self._environment),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, said = await process.communicate()
        if process.returncode == 0:
            return json.loads(out)
        code, _, message = said.decode().strip().partition(": ")
        return {"error": {"code": code, "message": message}}


class InAgent:
    """The agent's toolset, driven by a scripted model."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._agent = Agent(toolsets=[CatalogToolset(dispatcher)], deps_type=Caller)

    async def call(self, tool: str, given: Mapping[str, Any]) -> Answer:
        def script(messages: list[ModelMessage], _info: AgentInfo) -> ModelResponse:
            if len(messages) == 1:
                return ModelResponse(parts=[ToolCallPart(tool, dict(given))])
            return ModelResponse(parts=[TextPart("done")])

        result = await self._agent.run("call it", deps=Caller("agent"), model=FunctionModel(script))
        returned = next(
            part
            for message in result.all_messages()
            for part in message.parts
            if isinstance(part, ToolReturnPart)
        )
        return cast("Answer", returned.content)
