"""Amenities: the closed vocabulary of what a property has or has not, and how it is stored."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Amenity:
    """Something a property has or has not. `bit` is its place in stored bit sets, for ever."""

    key: str
    bit: int
    english: str
    hindi: str


TABLE: Final[Mapping[str, dict[str, Any]]] = tomllib.loads(
    files("tools").joinpath("amenities.toml").read_text(encoding="utf-8")
)
"""Each amenity by its key: its names, how it is written, and what it implies."""

AMENITIES: Final[Mapping[str, Amenity]] = MappingProxyType(
    {key: Amenity(key, bit, row["english"], row["hindi"]) for bit, (key, row) in enumerate(TABLE.items())}
)


def bits(keys: Iterable[str]) -> int:
    """These amenities as a bit set, for storing."""
    return sum(1 << AMENITIES[key].bit for key in set(keys))


def keys(stored: int) -> tuple[str, ...]:
    """The amenities of a stored bit set, in the order of the vocabulary."""
    return tuple(key for key, amenity in AMENITIES.items() if stored >> amenity.bit & 1)


def labels(*, hindi: bool = False) -> Mapping[str, str]:
    """The name of every amenity by its key, in English or Hindi."""
    return {key: amenity.hindi if hindi else amenity.english for key, amenity in AMENITIES.items()}
