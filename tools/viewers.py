"""Viewers: who is asking, and what they may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Audience = Literal["guest", "member", "staff", "admin"]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is asking: a guest, or a person with a role and the scopes that this connection was given."""

    id: int | None
    role: Audience
    scopes: frozenset[str] = frozenset()
    session: int | None = None
    """The sign-in that this request came with."""

    own: bool = False
    """Whether this is the person's own session with us, and no app or assistant that acts for them."""

    unchecked: bool = False
    """Somebody who sent a sign-in that cannot be checked now: a guest, until it can."""


GUEST = Viewer(None, "guest")
UNCHECKED = Viewer(None, "guest", unchecked=True)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has signed in."""

    id: int
    role: Audience
