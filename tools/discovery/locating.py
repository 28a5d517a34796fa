"""Locating: from the names of places that somebody gives to the places that are meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from storage import search_filters as codes
from storage.search_places import directory
from tools.discovery.gazetteer import Gazetteer, Place
from tools.discovery.understood import PlaceKind, PlaceRef
from tools.refusals import Contradiction, Invalid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storage.search_places import Directory, Known
    from tools.contract import Call

DEFAULT_RADIUS: Final[dict[PlaceKind, int]] = {
    "metro": 1_500,
    "society": 1_500,
    "hub": 3_000,
    "sector": 3_000,
    "locality": 3_000,
    "city": 15_000,
}
"""Metres that "near" means where nobody says how near."""

_KINDS: Final[tuple[PlaceKind, ...]] = ("city", "locality", "sector", "society", "metro", "hub")
_STATION: Final = re.compile(r"\s+metro(\s+station)?\s*$", re.IGNORECASE)
_gazetteers: WeakKeyDictionary[Directory, Gazetteer] = WeakKeyDictionary()


class UnknownPlace(Invalid):
    """We know no place of that name."""

    status = 404


class NoPoint(Contradiction):
    """We know the name of this place, but not where it lies."""


async def places(call: Call) -> tuple[Directory, Gazetteer]:
    """The places of this database, and the gazetteer that reads their names."""
    known = await directory(call.db)
    gazetteer = _gazetteers.get(known)
    if gazetteer is None:
        gazetteer = _gazetteers[known] = gazetteer_of(known)
    return known, gazetteer


def gazetteer_of(known: Directory, *, decided: bool = False) -> Gazetteer:
    """The gazetteer of a directory; with `decided`, beside what comes with the product, it knows only what
    admins have decided about places."""
    names: dict[int, list[str]] = {}
    for each in known.called:
        names.setdefault(each.place.id, []).append(each.name)
    wanted = (each for each in known.places if not decided or each.own_name or each.id in names)
    same = {(each.kind, each.slug): (each.place.kind, each.place.slug) for each in known.called}
    return Gazetteer((_place(each, names.get(each.id, ())) for each in wanted), same)


def _place(known: Known, names: Iterable[str]) -> Place:
    # The name that it came with is gone from the database, and its slug is what remains of it.
    came = (known.slug,) if known.own_name else ()
    return Place(
        kind=next(kind for kind in _KINDS if kind == known.kind),
        name=known.name,
        slug=known.slug,
        lat=known.lat,
        lng=known.lng,
        aliases=(*came, *names),
        detail=known.detail,
        own_name=known.own_name,
    )


def named(names: Iterable[str], gazetteer: Gazetteer, *kinds: PlaceKind) -> tuple[PlaceRef, ...]:
    """The places of these names, of the first of these kinds that has one. Refuses a name nobody bears."""
    return tuple(_named(name, gazetteer, kinds) for name in names)


def _named(name: str, gazetteer: Gazetteer, kinds: tuple[PlaceKind, ...]) -> PlaceRef:
    station = _STATION.sub("", name)
    if station != name and "metro" in kinds:
        name, kinds = station, ("metro",)
    found = gazetteer.named(name)
    if "sector" in kinds and not found and name.strip().isdecimal():
        found = gazetteer.named(f"sector {name.strip()}")
    fitting = [place for kind in kinds for place in found if place.kind == kind]
    if not fitting:
        raise _unknown(name, gazetteer, found)
    place = fitting[0]
    return PlaceRef(place.kind, place.name, place.slug, place.lat, place.lng, parts=place.parts)


def _unknown(name: str, gazetteer: Gazetteer, found: Iterable[Place]) -> UnknownPlace:
    others = [f"{place.name} is a {place.kind}" for place in found]
    if others:
        return UnknownPlace(f"{'; '.join(others)}.", details={"name": name})
    near = [place.name for place in gazetteer.suggest(name, 3)]
    hint = f" Did you mean {' or '.join(near)}?" if near else " `suggest_places` completes names."
    return UnknownPlace(f"I know no place named {name!r}.{hint}", details={"name": name, "suggestions": near})


def circle(place: PlaceRef, radius: int | None) -> codes.Circle:
    """The surroundings of a place. Refuses one that is known by name only."""
    if place.lat is None or place.lng is None:
        raise NoPoint(f"I know the name {place.name}, but not where it lies. Give a point instead.")
    return codes.Circle(place.lat, place.lng, float(radius or place.radius_m or DEFAULT_RADIUS[place.kind]))


def inside(asked: Iterable[PlaceRef], known: Directory) -> codes.Inside:
    """The ids of these places and of all that lies in them; without ids when nothing is listed there."""
    localities: list[int] = []
    sectors: list[int] = []
    societies: list[int] = []
    for place in asked:
        if place.kind == "society":
            societies += known.ids("society", [place.slug])
            continue
        parts = place.parts or (place.slug,)
        localities += known.ids("locality", parts)
        sectors += known.ids("sector", parts)
    return codes.Inside(tuple(localities), tuple(sectors), tuple(societies))
