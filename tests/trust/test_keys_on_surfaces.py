"""Idempotency keys on every surface: each takes them, and one key is one write over all of them."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from sqlalchemy import text

from servers.app import Application
from storage.engine import Database
from tests.servers.applications import client_of, development_token, settings
from tests.surfaces.callers import GHAR, LEGACY, MODERN

pytestmark = pytest.mark.timeout(300)
META = "360ghar.com/idempotency-key"
Answer = Mapping[str, Any]
Ask = Callable[[str, str], Awaitable[Answer]]
"""From a key and a name to the profile that has it, or to the `{"error": ...}` of a refusal."""


@dataclass(frozen=True)
class Surfaces:
    """A member who changes the name in the profile, by any surface."""

    http: httpx.AsyncClient
    token: str
    environment: Mapping[str, str]

    @property
    def _headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"}

    async def rest(self, key: str, name: str) -> Answer:
        headers = self._headers | {"idempotency-key": key}
        return (await self.http.patch("/api/v1/me", json={"name": name}, headers=headers)).json()

    async def mcp(self, version: str, key: Any, name: str) -> Answer:
        headers = self._headers | {
            "accept": "application/json, text/event-stream",
            "mcp-protocol-version": version,
        }
        beside: dict[str, Any] = {META: key}
        if version == MODERN:
            headers |= {"mcp-method": "tools/call", "mcp-name": "update_profile"}
            beside |= {
                "io.modelcontextprotocol/protocolVersion": MODERN,
                "io.modelcontextprotocol/clientCapabilities": {},
            }
        params = {"name": "update_profile", "arguments": {"name": name}, "_meta": beside}
        asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
        return _told((await self.http.post("/mcp", json=asked, headers=headers)).json()["result"])

    async def modern(self, key: str, name: str) -> Answer:
        return await self.mcp(MODERN, key, name)

    async def legacy(self, key: str, name: str) -> Answer:
        return await self.mcp(LEGACY, key, name)

    async def stdio(self, key: str, name: str) -> Answer:
        arguments = ["stdio", "--token", self.token]
        server = StdioServerParameters(command=GHAR, args=arguments, env=dict(self.environment))
        async with stdio_client(server) as (reading, writing), ClientSession(reading, writing) as session:
            await session.initialize()
            meta: Any = {META: key}
            said = await session.call_tool("update_profile", {"name": name}, meta=meta)
            return _told(said.model_dump(by_alias=True, exclude_none=True))

    async def command_line(self, key: str, name: str) -> Answer:
        process = await asyncio.create_subprocess_exec(
            *(GHAR, "call", "update_profile", "--name", name, "--key", key),
            *("--token", self.token, "--output", "json"),
            env=dict(self.environment),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, said = await process.communicate()
        if process.returncode == 0:
            return json.loads(out)
        code, _, message = said.decode().strip().splitlines()[-1].partition(": ")
        return {"error": {"code": code, "message": message}}

    @property
    def each(self) -> dict[str, Ask]:
        return {
            "REST": self.rest,
            "MCP 2026-07-28": self.modern,
            "MCP 2025-11-25": self.legacy,
            "stdio": self.stdio,
            "command line": self.command_line,
        }


def _told(result: Mapping[str, Any]) -> Answer:
    return {"error": result["_meta"]["error"]} if result.get("isError") else result["structuredContent"]


@pytest.fixture
async def surfaces(database_url: str, tmp_path: Path) -> AsyncGenerator[Surfaces]:
    chosen = settings(database_url, tmp_path)
    token = await development_token(chosen, "member")
    ours = {name: value for name, value in os.environ.items() if not name.startswith("GHAR_")}
    environment = ours | {
        "GHAR_DATABASE_URL": database_url,
        "GHAR_HOME": str(tmp_path),
        "GHAR_EMBEDDER": "hashing",
        "GHAR_VECTORS": "false",
        "GHAR_LOG_LEVEL": "warning",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(client_of(Application(chosen)))
        yield Surfaces(http, token, environment)


async def _recorded(database: Database) -> list[tuple[str, str | None]]:
    async with database.reading(primary=True) as db:
        found = await db.execute(text("select surface, key from activities order by id"))
        return [(surface, key) for surface, key in found]


async def test_every_surface_does_a_repeated_write_once_and_refuses_other_arguments(
    surfaces: Surfaces, database: Database
) -> None:
    for number, (name, ask) in enumerate(surfaces.each.items()):
        key = f"key-{number}"
        first = await ask(key, f"Asha {number}")
        assert first["name"] == f"Asha {number}", name
        assert await ask(key, f"Asha {number}") == first, name
        assert (await ask(key, "Ravi"))["error"]["code"] == "key_reused", name
    surfaces_of = ["rest", "mcp", "mcp", "mcp", "cli"]
    assert await _recorded(database) == [(each, f"key-{at}") for at, each in enumerate(surfaces_of)]


async def test_one_key_over_all_surfaces_is_one_write(surfaces: Surfaces, database: Database) -> None:
    said = [await ask("one", "Asha") for ask in surfaces.each.values()]
    assert [each["name"] for each in said] == ["Asha"] * 5
    assert len(await _recorded(database)) == 1


async def test_a_key_that_is_not_well_formed_is_refused_before_anything_is_done(
    surfaces: Surfaces, database: Database
) -> None:
    for name, ask in surfaces.each.items():
        assert (await ask("a key", "Asha"))["error"]["code"] in ("invalid", "bad_idempotency_key"), name
    for version in (MODERN, LEGACY):
        for key in (5, ["k"], {"k": 1}, True, "", "é", "k\n", "x" * 256):
            assert (await surfaces.mcp(version, key, "Asha"))["error"]["code"] == "invalid", key
    assert await _recorded(database) == []


async def test_a_key_on_a_read_or_none_at_all_changes_nothing(surfaces: Surfaces, database: Database) -> None:
    for version in (MODERN, LEGACY):
        assert (await surfaces.mcp(version, None, "Asha"))["name"] == "Asha"
    headers = {"authorization": f"Bearer {surfaces.token}", "idempotency-key": "k"}
    assert (await surfaces.http.get("/api/v1/me", headers=headers)).status_code == 200
    assert [key for _, key in await _recorded(database)] == [None, None]
