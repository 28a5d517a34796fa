"""The gazetteer: names of places, their aliases and coordinates, and what a person may mean by a name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

from tools.discovery.data import committed_rows
from tools.discovery.words.names import is_name, slug_of
from tools.discovery.words.scan import normalised
from tools.discovery.words.typos import Typos

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tools.discovery.understood import PlaceKind

    Key = tuple[str, str]
    """The kind and slug of a place."""

_RANK: Final[dict[PlaceKind, int]] = {
    "city": 0,
    "sector": 1,
    "locality": 2,
    "hub": 3,
    "metro": 4,
    "society": 5,
}
_INNER: Final = frozenset({"block", "phase", "pocket", "extension", "part", "plots"})
LAST_SECTOR: Final = 115


@dataclass(frozen=True, slots=True)
class Place:
    """A place that can be asked for. Coordinates are None where only the name is known."""

    kind: PlaceKind
    name: str
    slug: str
    lat: float | None = None
    lng: float | None = None
    aliases: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    """Slugs of the localities and sectors inside it, itself included."""

    detail: str | None = None
    """What tells namesakes apart: the metro line, or a society's locality."""

    is_road: bool = False
    """A road or corridor: people mean what lies along it."""

    own_name: bool = False
    """Whether somebody named it otherwise than it came."""


class Gazetteer:
    """An immutable set of places. Built once; `extra` are places known to the caller's database, and `same`
    says which places are only other names of which."""

    def __init__(self, extra: Iterable[Place] = (), same: Mapping[Key, Key] | None = None) -> None:
        self._same = same or {}
        known = [*committed_places(), *(place for place in extra if _is_worth_it(place))]
        self._places = _united(known, self._same)

    @property
    def places(self) -> Sequence[Place]:
        """Every place, in no order that means anything."""
        return tuple(self._places.values())

    def named(self, name: str) -> tuple[Place, ...]:
        """The places of exactly this name or alias, however it is spelt; none, one, or one per kind."""
        return self.of_words(tuple(normalised(name).split()))

    def get(self, kind: PlaceKind, slug: str) -> Place | None:
        """The place of this kind and slug."""
        return self._places.get((kind, slug)) or self._places.get(self._same.get((kind, slug), ("", "")))

    def of_words(self, words: tuple[str, ...]) -> tuple[Place, ...]:
        """The places whose normalised name or alias is these words, the likeliest kind first."""
        found = self._by_words.get(words, ())
        return found or _bare_sector(words)

    def starting(self, word: str) -> tuple[int, ...]:
        """How many words the names have that start with this word, longest first."""
        return self._lengths.get(word, ())

    def corrected(self, word: str) -> str | None:
        """The only word of a place's name a typo away from this one; None when it is itself one."""
        return None if word in self._typos else self._typos.nearest(word)

    def suggest(self, prefix: str, limit: int = 10) -> list[Place]:
        """Places that complete this prefix: exact first, then prefix, word prefix, and one typo away."""
        asked = normalised(prefix)
        if not asked:
            return []
        ranked = self._ranked(asked)
        if not ranked:
            ranked = self._ranked(" ".join(self.corrected(word) or word for word in asked.split()))
        return [place for _, place in ranked[:limit]]

    def _ranked(self, asked: str) -> list[tuple[tuple[int, int, str], Place]]:
        best: dict[tuple[str, str], tuple[tuple[int, int, str], Place]] = {}
        for key, place in self._keys:
            closeness = _closeness(key, asked)
            if closeness is None:
                continue
            rank = (closeness, _RANK[place.kind], place.slug)
            identity = (place.kind, place.slug)
            if identity not in best or rank < best[identity][0]:
                best[identity] = (rank, place)
        return sorted(best.values(), key=lambda entry: entry[0])

    @cached_property
    def _keys(self) -> list[tuple[str, Place]]:
        return [(" ".join(words), place) for words, found in self._by_words.items() for place in found]

    @cached_property
    def _by_words(self) -> dict[tuple[str, ...], tuple[Place, ...]]:
        table: dict[tuple[str, ...], list[Place]] = {}
        for place in self._places.values():
            for name in (place.name, *place.aliases):
                entry = table.setdefault(tuple(normalised(name).split()), [])
                if place not in entry:
                    entry.append(place)
        return {words: tuple(sorted(found, key=lambda p: _RANK[p.kind])) for words, found in table.items()}

    @cached_property
    def _lengths(self) -> dict[str, tuple[int, ...]]:
        table: dict[str, set[int]] = {}
        for words in self._by_words:
            table.setdefault(words[0], set()).add(len(words))
        return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in table.items()}

    @cached_property
    def _typos(self) -> Typos:
        return Typos({word for words in self._by_words for word in words})


@cache
def committed_places() -> tuple[Place, ...]:
    """The places that come with the product: localities, sectors, societies, metro stations, office hubs."""
    return tuple(_place(row) for row in committed_rows())


def _place(row: dict[str, str]) -> Place:
    return Place(
        kind=_kind(row["kind"]),
        name=row["name"],
        slug=slug_of(row["name"]),
        lat=float(row["lat"]) if row["lat"] else None,
        lng=float(row["lng"]) if row["lng"] else None,
        aliases=tuple(filter(None, row["aliases"].split("|"))),
        parts=tuple(filter(None, row["parts"].split("|"))),
        detail=row["detail"] or None,
        is_road=row["road"] == "1",
    )


def _kind(text: str) -> PlaceKind:
    return next(kind for kind in _RANK if kind == text)


def _is_worth_it(place: Place) -> bool:
    return place.kind != "society" or place.own_name or bool(place.aliases) or is_name(place.name)


def _united(places: list[Place], same: Mapping[Key, Key]) -> dict[Key, Place]:
    """The places by kind and slug, the first of each with what others tell of its names, and the parts of
    areas filled in."""
    table: dict[Key, Place] = {}
    for place in places:
        key = place.kind, place.slug
        table[key] = _renamed(table[key], place) if key in table else place
    areas = [place.slug for place in table.values() if place.kind in {"locality", "sector"}]
    table = {key: _with_parts(place, areas) for key, place in table.items()}
    for key, meant in same.items():
        other = table.pop(key, None)
        if other is not None and meant in table:
            table[meant] = _merged(table[meant], other)
    return table


def _renamed(came: Place, told: Place) -> Place:
    """A place that comes with the product, as the database calls it."""
    if not told.own_name:
        return replace(came, aliases=(*came.aliases, *told.aliases)) if told.aliases else came
    return replace(came, name=told.name, aliases=(came.name, *came.aliases, *told.aliases), own_name=True)


def _merged(place: Place, other: Place) -> Place:
    """A place with the names of another that is the same, and with what lies in that one."""
    parts = place.parts
    if other.parts and not place.is_road:
        inside = (slug for slug in other.parts if slug != other.slug)
        parts = tuple(dict.fromkeys((*(place.parts or (place.slug,)), *inside)))
    return replace(place, aliases=(*place.aliases, other.name, *other.aliases), parts=parts)


def _with_parts(place: Place, areas: list[str]) -> Place:
    if place.kind not in {"locality", "sector"} or place.parts or place.is_road:
        return place
    inside = tuple(slug for slug in areas if slug != place.slug and _is_part(slug, place.slug))
    return replace(place, parts=(place.slug, *inside)) if inside else place


def _is_part(slug: str, whole: str) -> bool:
    """Whether a slug names a phase or block of a whole: "b block sushant lok phase 1" is of "sushant lok"."""
    head, found, tail = f" {slug} ".partition(f" {whole} ")
    if not found:
        return False
    left = f"{head} {tail}".split()
    inner = _INNER if whole.startswith("sector") else _INNER | {"sector"}
    return all(len(word) <= 2 or word in inner for word in left)


def _bare_sector(words: tuple[str, ...]) -> tuple[Place, ...]:
    """A sector of Gurugram that no data names yet is still a sector."""
    if (
        len(words) != 2
        or words[0] != "sector"
        or not words[1].isdecimal()
        or not 0 < int(words[1]) <= LAST_SECTOR
    ):
        return ()
    return (Place("sector", f"Sector {int(words[1])}", f"sector {int(words[1])}"),)


def _closeness(key: str, asked: str) -> int | None:
    if key == asked:
        return 0
    if key.startswith(asked):
        return 1
    return 2 if f" {asked}" in f" {key}" else None
