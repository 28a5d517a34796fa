"""What the gate itself answers: JSON-RPC errors and the two kinds of challenge."""

from typing import Any

from mcp_types.jsonrpc import INVALID_REQUEST, PARSE_ERROR
from mcp_types.version import HANDSHAKE_PROTOCOL_VERSIONS
from pydantic_core import to_json
from starlette.datastructures import Headers
from starlette.responses import Response

from tools.contract import AnyTool
from tools.identity import InvalidToken
from tools.refusals import InsufficientScope, Refused, SignInRequired

__all__ = ["PARSE_ERROR", "error", "failed_result", "is_modern", "refusal", "too_large"]


def error(
    status: int,
    message: str,
    code: int = INVALID_REQUEST,
    *,
    request_id: Any = None,
    data: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """A JSON-RPC error with an HTTP status of its own."""
    problem: dict[str, Any] = {"code": code, "message": message}
    if data is not None:
        problem["data"] = data
    return _json({"jsonrpc": "2.0", "id": request_id, "error": problem}, status, headers)


def too_large(limit: int) -> Response:
    """The refusal of a body over `limit` bytes."""
    return error(413, f"This request is too large; the most is {limit // 1024} kB.")


def refusal(
    refused: Refused, metadata: str, tool: AnyTool | None, request_id: Any = None, *, modern: bool = False
) -> Response:
    """A refusal as HTTP says it, with a challenge where signing in would help."""
    headers: dict[str, str] = {}
    if isinstance(refused, SignInRequired | InsufficientScope):
        headers["www-authenticate"] = challenge(refused, metadata, tool)
    if refused.retry_after is not None:
        headers["retry-after"] = str(refused.retry_after)
    return error(refused.status, refused.message, request_id=request_id, data=refused.body(), headers=headers)


def failed_result(
    refused: Refused, metadata: str, tool: AnyTool | None, request_id: Any = None, *, modern: bool = False
) -> Response:
    """The same refusal as a failed tool result, for hosts that open their sign-in only then."""
    result: dict[str, Any] = {
        "content": [{"type": "text", "text": refused.message}],
        "isError": True,
        "_meta": {**refused.body(), "mcp/www_authenticate": [challenge(refused, metadata, tool)]},
    }
    if modern:
        result["resultType"] = "complete"
    return _json({"jsonrpc": "2.0", "id": request_id, "result": result}, 200, None)


def challenge(refused: Refused, metadata: str, tool: AnyTool | None) -> str:
    """The value of `WWW-Authenticate`: where to sign in, what for, and what is wrong with what came."""
    parts = [f'resource_metadata="{metadata}"']
    if tool is not None:
        parts.append(f'scope="{needed_scope(tool)}"')
    if isinstance(refused, InvalidToken):
        parts += ['error="invalid_token"', f'error_description="{refused.message}"']
    elif isinstance(refused, InsufficientScope):
        parts += ['error="insufficient_scope"', f'error_description="{refused.message}"']
    return "Bearer " + ", ".join(parts)


def needed_scope(tool: AnyTool) -> str:
    """The scope that lets a signed-in person call this tool."""
    return tool.scope or ("mcp:read" if tool.reads else "mcp:write")


def is_modern(headers: Headers) -> bool:
    """Whether a request speaks 2026-07-28 or later, judged as the transport does."""
    version = headers.get("mcp-protocol-version")
    return version is not None and version not in HANDSHAKE_PROTOCOL_VERSIONS


def _json(body: dict[str, Any], status: int, headers: dict[str, str] | None) -> Response:
    return Response(to_json(body), status, headers, "application/json")
