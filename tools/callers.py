"""Callers: where a call comes from, on whose behalf, and whether they may make it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tools.contract import GUEST, AnyTool, Audience, Surface, Viewer
from tools.host import SILENT, Host
from tools.refusals import AuthProviderUnreachable, Forbidden, InsufficientScope, SignInRequired

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.engine import Lane

_RANK: Final[dict[Audience, int]] = {"guest": 0, "member": 1, "staff": 2, "admin": 3}


@dataclass(frozen=True, slots=True)
class Caller:
    """Where a call comes from and on whose behalf."""

    surface: Surface
    viewer: Viewer = GUEST
    host: Host = SILENT
    lane: Lane = "request"
    client: str = ""
    """What a guest's calls are counted by: the client's address, or empty where there is none."""

    key: str | None = None
    """The idempotency key, 1 to 255 visible ASCII characters."""

    turn: str | None = None
    """The turn of the conversation that the call belongs to."""

    decides: bool = False
    """Whether a person makes this very call, having seen what it does: /confirm and our chat's approvals."""


def admit(tool: AnyTool, viewer: Viewer) -> None:
    """Refuse whoever may not call this tool: its audience, then its scope."""
    if tool.audience == "guest":
        return
    if viewer.id is None:
        raise AuthProviderUnreachable if viewer.unchecked else SignInRequired
    if _RANK[viewer.role] < _RANK[tool.audience]:
        raise Forbidden
    allow(viewer, tool.scopes)


def allow(viewer: Viewer, scopes: Sequence[str]) -> None:
    """Refuse a connection that was not given all of these scopes."""
    missing = [scope for scope in scopes if scope not in viewer.scopes]
    if missing:
        lacks = " and ".join(repr(scope) for scope in missing)
        raise InsufficientScope(
            f"This connection lacks the permission {lacks}.", details={"scope": " ".join(scopes)}
        )
