"""One call on each surface, and what came of it in one word: `ok`, or the code of the refusal.

Whatever the status and the headers of a refusal must be is checked here, for every single one.
"""

import json
from collections.abc import Mapping
from typing import Any, Literal

import httpx

from facade.paths import PREFIX, binding
from tests.access.world import PATHS, URL, Server, Who, World
from tests.bearers import asked_for
from tools.contract import AnyTool, Audience

Surface = Literal["mcp", "mcp 2025", "mcp admin", "mcp admin 2025", "rest", "agent"]
SURFACES: tuple[Surface, ...] = ("mcp", "mcp 2025", "mcp admin", "mcp admin 2025", "rest", "agent")
RANK: dict[Audience, int] = {"guest": 0, "member": 1, "staff": 2, "admin": 3}
STATUS = {"sign_in_required": 401, "invalid_token": 401, "insufficient_scope": 403, "forbidden": 403}
ABSENT = "not there"


def server_of(surface: Surface, role: Audience) -> Server:
    """Whose tokens somebody in this role brings to a surface."""
    if surface in ("mcp", "mcp 2025"):
        return "user"
    return "admin" if surface.startswith("mcp admin") or RANK[role] >= RANK["staff"] else "user"


def declared(tool: AnyTool, who: Who, surface: Surface) -> str:
    """What must come of it, worked out from the tool's declaration alone."""
    if surface == "rest" and "rest" not in tool.surfaces:
        return ABSENT
    if who.bad:
        return "invalid_token"
    admins = surface.startswith("mcp admin")
    if admins and RANK[who.role] < RANK["staff"]:
        return "forbidden" if who.role == "member" else "sign_in_required"
    if surface.partition(" ")[0] not in tool.surfaces or not _served(tool, surface):
        return ABSENT
    if tool.audience == "guest":
        return "ok"
    if surface == "agent" and RANK[tool.audience] > max(RANK[who.role], RANK["member"]):
        return ABSENT
    if who.role == "guest":
        return "sign_in_required"
    if RANK[who.role] < RANK[tool.audience]:
        return "forbidden"
    return "ok" if who.scopes.issuperset(tool.scopes) else "insufficient_scope"


def _served(tool: AnyTool, surface: Surface) -> bool:
    if not surface.startswith("mcp"):
        return True
    return (RANK[tool.audience] >= RANK["staff"]) == surface.startswith("mcp admin")


async def called(
    world: World, surface: Surface, tool: AnyTool, given: Mapping[str, Any], who: Who
) -> tuple[str, str]:
    """What came of a call, and the words in which it came."""
    if surface == "rest":
        return await _rest(world, tool, given, who)
    if surface == "agent":
        return await _agent(world, tool, given, who)
    return await _mcp(world, surface, tool, given, who)


async def _rest(world: World, tool: AnyTool, given: Mapping[str, Any], who: Who) -> tuple[str, str]:
    if "rest" not in tool.surfaces:
        return ABSENT, ""
    bound = binding(tool)
    rest = {name: value for name, value in given.items() if name not in bound.placeholders}
    sent: dict[str, Any] = {"params": rest} if bound.in_query else {"json": rest}
    path = PREFIX + bound.path.format(**given)
    async with world.client(world.app) as client:
        answer = await client.request(bound.method, path, headers=who.headers, **sent)
    if answer.is_success:
        assert answer.status_code == (200 if tool.consent is None else 202)
        return "ok", answer.text
    code = answer.json()["error"]["code"]
    if code in STATUS:
        server = "admin" if RANK[tool.audience] >= RANK["staff"] else "user"
        _challenged(answer, code, tool, server)
    return code, answer.text


async def _mcp(
    world: World, surface: Surface, tool: AnyTool, given: Mapping[str, Any], who: Who
) -> tuple[str, str]:
    server: Server = "admin" if "admin" in surface else "user"
    version = "2025-11-25" if "2025" in surface else "2026-07-28"
    params: dict[str, Any] = {"name": tool.name, "arguments": dict(given)}
    headers = {
        **who.headers,
        "accept": "application/json, text/event-stream",
        "mcp-protocol-version": version,
    }
    if version == "2026-07-28":
        headers |= {"mcp-method": "tools/call", "mcp-name": tool.name}
        about: dict[str, Any] = {"protocolVersion": version, "clientCapabilities": {}}
        params["_meta"] = {f"io.modelcontextprotocol/{name}": value for name, value in about.items()}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
    async with world.client(world.app) as client:
        answer = await client.post(PATHS[server], json=body, headers=headers)
    told = answer.json()
    if answer.status_code != 200:
        code = told["error"]["data"]["error"]["code"]
        _challenged(answer, code, tool if code != "invalid_token" else None, server)
        return code, answer.text
    if not told["result"]["isError"]:
        return "ok", answer.text
    assert "www-authenticate" not in answer.headers
    code = told["result"]["_meta"]["error"]["code"]
    assert code not in ("sign_in_required", "insufficient_scope"), "this is the gate's to say"
    return (ABSENT if code == "unknown_tool" else code), answer.text


async def _agent(world: World, tool: AnyTool, given: Mapping[str, Any], who: Who) -> tuple[str, str]:
    question = json.dumps({"tool": tool.name, "arguments": dict(given)})
    message = {"id": "m", "role": "user", "parts": [{"type": "text", "text": question}]}
    async with world.client(world.chat) as client:
        answer = await client.post("/api/v1/chat", json={"messages": [message]}, headers=who.headers)
    if answer.status_code != 200:
        code = answer.json()["error"]["code"]
        _challenged(answer, code, None, "user")
        return code, answer.text
    lines = [line.removeprefix("data: ") for line in answer.text.split("\n\n")]
    told = {each["type"]: each for each in (json.loads(line) for line in lines if line.startswith("{"))}
    if "tool-approval-request" in told or "tool-output-available" in told:
        assert ("tool-approval-request" in told) != tool.reads
        return "ok", answer.text
    if "tool-input-error" in told:
        assert "Unknown tool name" in told["tool-input-error"]["errorText"], answer.text
        return ABSENT, answer.text
    said = str(told["tool-output-error"]["errorText"])
    code = said.partition(":")[0]
    if code in ("sign_in_required", "insufficient_scope"):
        assert said.endswith(f" {URL}/sign-in"), said
    return code, answer.text


def _challenged(answer: httpx.Response, code: str, tool: AnyTool | None, server: Server) -> None:
    """Check that a refusal has its status, and that its header leads to the right sign-in."""
    assert answer.status_code == STATUS[code], answer.text
    assert answer.headers["cache-control"] == "no-store"
    if code == "forbidden":
        assert "www-authenticate" not in answer.headers
        return
    asked = asked_for(answer)
    assert asked.pop("resource_metadata") == f"{URL}/.well-known/oauth-protected-resource{PATHS[server]}"
    assert asked.pop("error", "sign_in_required") == code
    scopes = asked.pop("scope", "")
    assert tool is None or scopes in (" ".join(tool.scopes), ""), scopes
    assert code != "insufficient_scope" or scopes
