"""Flags: parts of the product that admins switch off, or open to some people first.

A flag is declared beside the tools that it is about, and each of them names it: `@tool(..., flag=PHOTOS)`.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, Literal

from tools.refusals import Forbidden, Unavailable

if TYPE_CHECKING:
    from tools.contract import Viewer

Role = Literal["guest", "member", "staff", "admin"]
ALL: Final = 100


class SwitchedOff(Unavailable):
    """This is switched off at the moment. Try again later."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message, retry_after=300)


class Restricted(Forbidden):
    """You may not reach others here for a while, because of what was reported."""


class NotOpenYet(Forbidden):
    """This is not open to everybody yet."""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that can be switched off. Until an admin sets it otherwise it is on, for everybody."""

    name: str
    what: tuple[str, str]
    """What is off where it is off, such as “new watches”: English, Hindi."""

    outward: bool = True
    """Whether it reaches other people, and so is closed to whoever may not do that for a while."""

    def __post_init__(self) -> None:
        if not self.name.isidentifier() or self.name != self.name.lower():
            raise ValueError(f"{self.name!r} is no name of a flag")


@dataclass(frozen=True, slots=True)
class Setting:
    """Who has what a flag is about."""

    on: bool = True
    roles: frozenset[str] | None = None
    """Only these; None is everybody."""

    percent: int = ALL
    """How many of them, by a number that is the same for a person at any time."""

    def refusal(self, flag: Flag, viewer: Viewer) -> SwitchedOff | NotOpenYet | None:
        """The no that somebody gets, or None where it is open to them."""
        if not self.on:
            return SwitchedOff()
        if self.roles is not None and viewer.role not in self.roles:
            return NotOpenYet()
        return None if share(flag, viewer.id) < self.percent else NotOpenYet()


EVERYBODY: Final = Setting()


def share(flag: Flag, person_id: int | None) -> int:
    """Where somebody stands among all for this flag, from 0 to 99. Guests come last."""
    if person_id is None:
        return ALL - 1
    said = blake2b(f"{flag.name} {person_id}".encode(), digest_size=8).digest()
    return int.from_bytes(said) % ALL
