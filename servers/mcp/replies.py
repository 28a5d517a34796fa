"""What the gate itself answers: JSON-RPC errors and the two kinds of challenge."""

from typing import Any

from mcp_types.jsonrpc import INVALID_REQUEST
from mcp_types.version import HANDSHAKE_PROTOCOL_VERSIONS
from pydantic_core import to_json
from starlette.datastructures import Headers
from starlette.responses import Response

from tools.refusals import Refused


def refusal(
    refused: Refused,
    *,
    code: int = INVALID_REQUEST,
    request_id: Any = None,
    challenged: str | None = None,
) -> Response:
    """A refusal as HTTP says it: its status and headers, and a JSON-RPC error carrying the usual shape."""
    headers: dict[str, str] = {"cache-control": "no-store"}
    if challenged is not None:
        headers["www-authenticate"] = challenged
    if refused.retry_after is not None:
        headers["retry-after"] = str(refused.retry_after)
    problem = {"code": code, "message": refused.message, "data": refused.body()}
    return _json({"jsonrpc": "2.0", "id": request_id, "error": problem}, refused.status, headers)


def failed_result(refused: Refused, challenged: str, *, request_id: Any, modern: bool) -> Response:
    """The same refusal as a failed tool result, for hosts that open their sign-in only then."""
    result: dict[str, Any] = {
        "content": [{"type": "text", "text": refused.message}],
        "isError": True,
        "_meta": {**refused.body(), "mcp/www_authenticate": [challenged]},
    }
    if modern:
        result["resultType"] = "complete"
    return _json({"jsonrpc": "2.0", "id": request_id, "result": result}, 200, {"cache-control": "no-store"})


def is_modern(headers: Headers) -> bool:
    """Whether a request speaks 2026-07-28 or later, judged as the transport does."""
    version = headers.get("mcp-protocol-version")
    return version is not None and version not in HANDSHAKE_PROTOCOL_VERSIONS


def _json(body: dict[str, Any], status: int, headers: dict[str, str]) -> Response:
    return Response(to_json(body), status, headers, "application/json")
