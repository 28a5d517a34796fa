"""Raw MCP messages over HTTP, in both protocol eras, without a client library between test and wire."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal

import httpx

from servers.mcp import Endpoint

Era = Literal["2026-07-28", "2025-11-25"]
ERAS: list[Era] = ["2026-07-28", "2025-11-25"]
NAMES = {"tools/call": "name", "prompts/get": "name", "resources/read": "uri"}


@dataclass(frozen=True, slots=True)
class Wire:
    """A caller of one endpoint in one era."""

    http: httpx.AsyncClient
    path: str
    era: Era
    capabilities: dict[str, Any]

    async def ask(
        self, method: str, params: dict[str, Any] | None = None, token: str | None = None, **headers: str
    ) -> httpx.Response:
        """The response to one request."""
        given = dict(params or {})
        sent = {"accept": "application/json, text/event-stream", "mcp-protocol-version": self.era}
        if self.era == "2026-07-28":
            sent["mcp-method"] = method
            if method in NAMES:
                sent["mcp-name"] = str(given[NAMES[method]])
            given["_meta"] = given.get("_meta", {}) | {
                "io.modelcontextprotocol/protocolVersion": self.era,
                "io.modelcontextprotocol/clientCapabilities": self.capabilities,
            }
        if token is not None:
            sent["authorization"] = f"Bearer {token}"
        body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": given}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.http.post(self.path, json=body, headers=sent)

    async def result(
        self, method: str, params: dict[str, Any] | None = None, token: str | None = None
    ) -> dict[str, Any]:
        """The result of one request that must succeed."""
        response = await self.ask(method, params, token)
        assert response.status_code == 200, response.text
        return response.json()["result"]

    async def call(self, name: str, token: str | None = None, **arguments: Any) -> dict[str, Any]:
        """The result of a tool."""
        return await self.result("tools/call", {"name": name, "arguments": arguments}, token)


@asynccontextmanager
async def held(context: AbstractAsyncContextManager[None]) -> AsyncGenerator[None]:
    """`context`, entered and left by a task of its own: fixtures start and stop in different tasks."""
    entered: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    leave = asyncio.Event()

    async def hold() -> None:
        async with context:
            entered.set_result(None)
            await leave.wait()

    task = asyncio.create_task(hold())
    await asyncio.wait({task, entered}, return_when=asyncio.FIRST_COMPLETED)
    try:
        yield
    finally:
        leave.set()
        await task


@asynccontextmanager
async def wired(
    endpoint: Endpoint, era: Era, capabilities: dict[str, Any] | None = None
) -> AsyncGenerator[Wire]:
    """A wire to the endpoint, in process."""
    transport = httpx.ASGITransport(endpoint.asgi)
    async with (
        held(endpoint.lifespan()),
        httpx.AsyncClient(transport=transport, base_url="http://localhost") as http,
    ):
        yield Wire(http, endpoint.path, era, capabilities or {})
