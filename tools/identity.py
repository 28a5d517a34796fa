"""Who is behind a request: the one question that every surface asks of `servers/`."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Literal, TypeAlias

from tools.contract import UNCHECKED, Viewer
from tools.refusals import AuthProviderUnreachable, SignInRequired

__all__ = ["AuthProviderUnreachable", "Door", "Identify", "InvalidToken", "whoever"]

Door: TypeAlias = Literal["user", "admin", "any"]
"""Where a request comes in: one of the MCP servers, or REST and chat, which take the tokens of either."""

Identify: TypeAlias = Callable[[Mapping[str, Any], Door], Awaitable[Viewer]]
"""From an HTTP request (its ASGI scope) and the door it came to, to the viewer: a guest without credentials,
`InvalidToken` for bad ones and for those of another server, `AuthProviderUnreachable` where they cannot be
checked now."""


class InvalidToken(SignInRequired):
    """This sign-in is not valid or has expired. Sign in again."""


async def whoever(identify: Identify, scope: Mapping[str, Any], door: Door) -> Viewer:
    """Who is asking, where guests are welcome too: while sign-ins cannot be checked, everybody is a guest.

    Such a guest does what guests may; for anything else `admit` says that it cannot be checked, and never
    that a sign-in is missing. A sign-in that is known to be bad is refused here as everywhere.
    """
    try:
        return await identify(scope, door)
    except AuthProviderUnreachable:
        return UNCHECKED
