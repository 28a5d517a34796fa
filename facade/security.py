"""Signing in, as the OpenAPI document tells it: who may call what, and how a client gets a token."""

from collections.abc import Iterable, Sequence
from typing import Any

from facade.paths import Binding
from tools.contract import READ_SCOPE, WRITE_SCOPE, AnyTool

Schema = dict[str, Any]

_DOOR = {
    READ_SCOPE: "Read as the person who signed in.",
    WRITE_SCOPE: "Make changes on behalf of the person who signed in.",
}
_BEARER: Schema = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": "An access token. Operations that also allow no security answer guests.",
}
_OAUTH = (
    "OAuth 2.1: authorization code with PKCE (S256). Clients register themselves, and name the MCP server "
    "that a token is for by `resource`; where and how stands in `/.well-known/oauth-authorization-server`."
)


def schemes(found: Iterable[Binding]) -> dict[str, Schema]:
    """The security schemes of a document with these operations."""
    code = {
        "authorizationUrl": "/authorize",
        "tokenUrl": "/token",
        "refreshUrl": "/token",
        "scopes": _scopes([each.tool for each in found]),
    }
    oauth = {"type": "oauth2", "description": _OAUTH, "flows": {"authorizationCode": code}}
    return {"bearer": _BEARER, "oauth": oauth}


def of(tool: AnyTool) -> list[dict[str, list[str]]]:
    """The ways in which a tool may be called, any one of which will do."""
    signed_in = needing(tool.scopes)
    return [{}, *signed_in] if tool.audience == "guest" else signed_in


def needing(scopes: Sequence[str]) -> list[dict[str, list[str]]]:
    """The ways in which somebody may call who has signed in, with these scopes where it is an app."""
    return [{"oauth": list(scopes)}, {"bearer": []}]


def _scopes(tools: list[AnyTool]) -> dict[str, str]:
    own = sorted({tool.scope for tool in tools if tool.scope})
    return _DOOR | {scope: _serves([each.title for each in tools if each.scope == scope]) for scope in own}


def _serves(titles: list[str]) -> str:
    return f"For: {', '.join(sorted(titles))}."
