"""Sites: where made-up properties stand, and how dear it is there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from tools.discovery.chance import Chance
from tools.discovery.gazetteer import Gazetteer

if TYPE_CHECKING:
    from tools.discovery.gazetteer import Place

HEART: Final = (28.470, 77.092)
"""Between Cyber City and Golf Course Road: prices fall with the distance from here."""

_KM_A_DEGREE: Final = (111.0, 97.6)
_FAR: Final = 9.0
_CLUSTER: Final = 25
_SOCIETIES_LAST: Final = 20_000
"""Beyond so many properties the known societies are full, and clusters of 25 homes stand elsewhere."""


@dataclass(frozen=True, slots=True)
class Site:
    """A place for a property. `dearness` is 1 at the median."""

    lat: float
    lng: float
    area: Place
    society: Place | None
    dearness: float


@dataclass(frozen=True, slots=True)
class _Map:
    areas: list[Place]
    area_weights: list[float]
    societies: list[tuple[Place, Place]]
    society_weights: list[float]


def site(random: Chance, seed: int, number: int, *, in_society: bool) -> Site:
    """Where property `number` stands: in a society at its one point, or somewhere in a sector or locality."""
    known = _map()
    chance = 0.85 if number < _SOCIETIES_LAST else 0.02
    if in_society and random.random() < chance:
        society, area = random.choices(known.societies, cum_weights=known.society_weights)[0]
        return Site(*_point(society), area, society, dearness(*_point(society), society.name))
    spot = Chance(f"{seed}/cluster/{number // _CLUSTER}") if in_society else random
    area = spot.choices(known.areas, cum_weights=known.area_weights)[0]
    lat, lng = _point(area)
    lat, lng = round(lat + spot.gauss(0, 0.004), 6), round(lng + spot.gauss(0, 0.0045), 6)
    return Site(lat, lng, area, None, dearness(lat, lng, area.name))


def dearness(lat: float, lng: float, name: str) -> float:
    """How dear it is there against the median: falling with distance from the heart, names a little apart."""
    north, east = (lat - HEART[0]) * _KM_A_DEGREE[0], (lng - HEART[1]) * _KM_A_DEGREE[1]
    own = 0.85 + 0.3 * (sum(name.encode()) % 101) / 100
    return (0.62 + 0.95 * math.exp(-math.hypot(north, east) / _FAR)) * own


@cache
def _map() -> _Map:
    gazetteer = Gazetteer()
    areas = [
        place for place in gazetteer.places if place.kind in {"sector", "locality"} and not place.is_road
    ]
    areas = sorted((place for place in areas if place.lat is not None), key=lambda place: place.slug)
    named = {place.name: place for place in areas}
    societies = [
        (place, named[place.detail])
        for place in sorted(gazetteer.places, key=lambda place: place.slug)
        if place.kind == "society" and place.lat is not None and place.detail in named
    ]
    return _Map(areas, _falling(len(areas)), societies, _falling(len(societies)))


def _falling(count: int) -> list[float]:
    """Cumulative weights by which a few places have many properties and many have few."""
    order = Chance("sizes").sample(range(count), count)
    return list(accumulate(1 / (rank + 8) for rank in order))


def _point(place: Place) -> tuple[float, float]:
    assert place.lat is not None
    assert place.lng is not None
    return place.lat, place.lng
