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
from servers.mcp.meta import KEY
from tools.catalog import Catalog
from tools.dispatch import Caller, Dispatcher

GHAR = str(Path(sys.executable).parent / "ghar")
MODERN = "2026-07-28"
LEGACY = "2025-11-25"

Answer = Mapping[str, Any]


class Surface(Protocol):
    """A way to call a tool: the answer, or the `{"error": ...}` of a refusal.

    A write can be given an idempotency key.
    """

    async def call(self, tool: str, given: Mapping[str, Any], key: str | None = None) -> Answer: ...


class Rest:
    """The generated routes, over HTTP."""

    def __init__(self, http: httpx.AsyncClient, catalog: Catalog) -> None:
        self._http = http
        self._catalog = catalog

    async def call(self, tool: str, given: Mapping[str, Any], key: str | None = None) -> Answer:
        bound = binding(self._catalog[tool])
        path = PREFIX + bound.path.format(**{name: given[name] for name in bound.placeholders})
        rest = {name: value for name, value in given.items() if name not in bound.placeholders}
        headers = {} if key is None else {"idempotency-key": key}
        sent: dict[str, Any] = {"json": rest}
        if bound.in_query:
            sent = {"params": {name: _plain(value) for name, value in rest.items()}}
        return (await self._http.request(bound.method, path, headers=headers, **sent)).json()


def _plain(value: Any) -> Any:
    """As a query parameter says it."""
    return json.dumps(value) if isinstance(value, bool) else value


class Mcp:
    """One protocol era, over HTTP without a session."""

    def __init__(self, http: httpx.AsyncClient, version: str) -> None:
        self._http = http
        self._version = version

    async def call(self, tool: str, given: Mapping[str, Any], key: str | None = None) -> Answer:
        params: dict[str, Any] = {"name": tool, "arguments": given, "_meta": _keyed(key)}
        headers = {"accept": "application/json, text/event-stream", "mcp-protocol-version": self._version}
        if self._version == MODERN:
            headers |= {"mcp-method": "tools/call", "mcp-name": tool}
            params["_meta"] |= {
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

    async def call(self, tool: str, given: Mapping[str, Any], key: str | None = None) -> Answer:
        result = await self._session.call_tool(tool, dict(given), meta=cast("Any", _keyed(key)))
        if result.is_error:
            return {"error": (result.meta or {})["error"]}
        assert result.structured_content is not None
        return result.structured_content


@asynccontextmanager
async def stdio(environment: Mapping[str, str], token: str | None = None) -> AsyncGenerator[Stdio]:
    """A running `ghar stdio`. The client lives in a task of its own, since only that task may close it."""
    opened: asyncio.Future[ClientSession] = asyncio.get_running_loop().create_future()
    done = asyncio.Event()
    client = asyncio.create_task(_hold(environment, token, opened, done))
    yield Stdio(await opened)
    done.set()
    await client


async def _hold(
    environment: Mapping[str, str],
    token: str | None,
    opened: "asyncio.Future[ClientSession]",
    done: asyncio.Event,
) -> None:
    server = StdioServerParameters(command=GHAR, args=["stdio", *_calling(token)], env=dict(environment))
    async with stdio_client(server) as (reading, writing), ClientSession(reading, writing) as session:
        await session.initialize()
        opened.set_result(session)
        await done.wait()


def _keyed(key: str | None) -> dict[str, Any]:
    """What `_meta` says of a key."""
    return {} if key is None else {KEY: key}


def _calling(token: str | None) -> tuple[str, ...]:
    """How a command is told who calls."""
    return () if token is None else ("--token", token)


class CommandLine:
    """`ghar call`, a process for each call."""

    def __init__(self, environment: Mapping[str, str], token: str | None = None) -> None:
        self._environment = environment
        self._token = token

    async def call(self, tool: str, given: Mapping[str, Any], key: str | None = None) -> Answer:
        keyed = () if key is None else ("--key", key)
        process = await asyncio.create_subprocess_exec(
            *(GHAR, "call", tool, "--json", json.dumps(given), "--output", "json"),
            *(*_calling(self._token), *keyed),
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

    async def call(self, tool: str, given: Mapping[str, Any], key: str | None = None) -> Answer:
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
