"""Who is behind a request: the one question that every surface asks of `servers/`."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Literal, TypeAlias

from tools.contract import Viewer
from tools.refusals import SignInRequired, Unavailable

Door: TypeAlias = Literal["user", "admin", "any"]
"""Where a request comes in: one of the MCP servers, or REST and chat, which take the tokens of either."""

Identify: TypeAlias = Callable[[Mapping[str, Any], Door], Awaitable[Viewer]]
"""From an HTTP request (its ASGI scope) and the door it came to, to the viewer: a guest without credentials,
`InvalidToken` for bad ones and for those of another server, `AuthProviderUnreachable` where they cannot be
checked now."""


class InvalidToken(SignInRequired):
    """This sign-in is not valid or has expired. Sign in again."""


class AuthProviderUnreachable(Unavailable):
    """Sign-ins cannot be checked right now. Try again in a moment."""
