"""Challenges: what `WWW-Authenticate` says to whoever must sign in, or be allowed more, first."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from tools.contract import AnyTool, Audience
from tools.identity import InvalidToken
from tools.refusals import InsufficientScope, Refused, SignInRequired

METADATA = "/.well-known/oauth-protected-resource"
_SERVERS: Mapping[Audience, str] = {
    "guest": "/mcp",
    "member": "/mcp",
    "staff": "/mcp-admin",
    "admin": "/mcp-admin",
}
_UNQUOTABLE = re.compile(r"[^\x20\x21\x23-\x5b\x5d-\x7e]")


@dataclass(frozen=True, slots=True)
class Challenges:
    """The challenges of the installation at `url`, which is given without a slash at the end."""

    url: str

    def of(
        self,
        refused: Refused,
        tool: AnyTool | None = None,
        *,
        server: str | None = None,
        explicit: bool = False,
    ) -> str | None:
        """Where to sign in, for which scopes, and what is wrong with what came (RFC 6750, RFC 9728).

        `server` is the path of the MCP server whose tokens are wanted; by default that of the tool. An
        `explicit` challenge names an error even where nothing came. None where signing in mends nothing.
        """
        if not isinstance(refused, SignInRequired | InsufficientScope):
            return None
        at = server or _SERVERS["guest" if tool is None else tool.audience]
        said = {"resource_metadata": f"{self.url}{METADATA}{at}", "scope": _scope(refused, tool)}
        error = _error(refused) or ("insufficient_scope" if explicit else "")
        said |= {"error": error, "error_description": refused.message if error else ""}
        return "Bearer " + ", ".join(f'{name}="{_quoted(value)}"' for name, value in said.items() if value)


LOCAL = Challenges("http://localhost:3600")
"""Those of an installation that was not told its address."""


def _scope(refused: Refused, tool: AnyTool | None) -> str:
    if tool is not None:
        return " ".join(tool.scopes)
    return str(cast("dict[str, Any]", refused.details or {}).get("scope", ""))


def _error(refused: Refused) -> str:
    if isinstance(refused, InvalidToken):
        return "invalid_token"
    return "insufficient_scope" if isinstance(refused, InsufficientScope) else ""


def _quoted(value: str) -> str:
    """As much of a value as may stand in a quoted parameter (RFC 6750, section 3)."""
    return _UNQUOTABLE.sub("'", value)
