"""Refusals of the door itself, each in the shape that whoever asked there can read."""

import json
from typing import Any

from starlette.types import Message, Scope, Send

from facade import answers, problems
from tools.refusals import Refused

MCP = frozenset({"/mcp", "/mcp-admin"})
OAUTH = {"/token", "/register", "/revoke"}
_INVALID_REQUEST, _INTERNAL_ERROR = -32600, -32603
_RFC_6749 = {400: "invalid_request", 413: "invalid_request", 429: "temporarily_unavailable"}


async def refuse(refusal: Refused, scope: Scope, send: Send) -> None:
    """Answer with a refusal: as JSON-RPC to MCP, as RFC 6749 says to OAuth, in our common shape elsewhere."""
    body = json.dumps(_shaped(refusal, scope["path"]), ensure_ascii=False, default=str).encode()
    if scope["type"] == "websocket":
        await _deny(refusal, body, send)
        return
    silent = scope["method"] == "HEAD"
    await answers.send(send, refusal.status, problems.headers(refusal), body, silent=silent)


async def _deny(refusal: Refused, body: bytes, send: Send) -> None:
    """Answer whoever wants to open a WebSocket as if they had asked for a page."""

    async def answer(message: Message) -> None:
        await send({**message, "type": f"websocket.{message['type']}"})

    await answers.send(answer, refusal.status, problems.headers(refusal), body)


def _shaped(refusal: Refused, path: str) -> dict[str, Any]:
    if path in MCP:
        code = _INVALID_REQUEST if refusal.status < problems.ServerError.status else _INTERNAL_ERROR
        problem = {"code": code, "message": refusal.message, "data": refusal.body()}
        return {"jsonrpc": "2.0", "id": None, "error": problem}
    if path in OAUTH:
        code = _RFC_6749.get(refusal.status, "server_error")
        return {"error": code, "error_description": refusal.message}
    return refusal.body()
