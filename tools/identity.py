"""Who is behind a request: the one question that every surface asks of `servers/`."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from tools.contract import Viewer
from tools.refusals import SignInRequired

Identify: TypeAlias = Callable[[str | None], Awaitable[Viewer]]
"""From the `Authorization` header to the viewer: a guest without one, `InvalidToken` for a bad one."""


class InvalidToken(SignInRequired):
    """This sign-in is not valid or has expired. Sign in again."""
