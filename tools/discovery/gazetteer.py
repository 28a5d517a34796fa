"""The gazetteer: names of places, their aliases and coordinates, and what a person may mean by a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tools.discovery.understood import PlaceKind


@dataclass(frozen=True, slots=True)
class Place:
    """A place that can be asked for. Coordinates are None where only the name is known."""

    kind: PlaceKind
    name: str
    slug: str
    lat: float | None
    lng: float | None
    aliases: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    """Slugs of the localities and sectors inside it, itself included."""


class Gazetteer:
    """An immutable set of places. Built once; `extra` are places known to the caller's database."""

    def __init__(self, extra: Iterable[Place] = ()) -> None:
        self._extra = tuple(extra)

    def named(self, name: str) -> tuple[Place, ...]:
        """The places of exactly this name or alias, however it is spelt; none, one, or one per kind."""
        del name
        return ()

    def suggest(self, prefix: str, limit: int = 10) -> list[Place]:
        """Places that complete this prefix: exact first, then prefix, word prefix, and one typo away."""
        del prefix, limit
        return []
