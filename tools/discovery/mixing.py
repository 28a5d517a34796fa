"""Mixing: which of the properties that somebody may like come next, from several sides and not all alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import cycle
from math import ceil, inf, log1p
from typing import TYPE_CHECKING, Final, Literal, get_args

from storage.search_filters import Circle, Filters
from tools.discovery.chance import Chance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from storage.recommending import Candidate, Liking

Because = Literal["taste", "wanted", "popular", "fresh", "explore"]
SIDES: Final[tuple[Because, ...]] = get_args(Because)
WARM: Final[tuple[Because, ...]] = ("taste", "wanted", "taste", "popular", "explore")
"""The turns of the sides for somebody whose liking is known; one in five is something else."""

COLD: Final[tuple[Because, ...]] = ("wanted", "popular", "fresh", "popular", "explore")
A_SOCIETY: Final = 2
"""Properties of one society among those that come next, where there are others."""

AROUND: Final = 3_000.0
"""Metres around a property that somebody liked."""

_CENTRES: Final = 3
_APART: Final = 2_000.0
_NARROW, _WIDE = 0.75, 1.3
"""How far below and above the prices that somebody liked theirs may lie."""


@dataclass(frozen=True, slots=True)
class Next:
    """A property that comes next, and from which side."""

    candidate: Candidate
    because: Because


@dataclass(slots=True)
class _Taken:
    """What has been chosen so far."""

    limit: int
    chosen: list[Next] = field(default_factory=list["Next"])
    ids: set[int] = field(default_factory=set[int])
    societies: Counter[int] = field(default_factory=Counter[int])
    localities: Counter[int] = field(default_factory=Counter[int])

    def take(self, candidate: Candidate, because: Because) -> None:
        self.chosen.append(Next(candidate, because))
        self.ids.add(candidate.property_id)
        if candidate.society_id is not None:
            self.societies[candidate.society_id] += 1
        if candidate.locality_id is not None:
            self.localities[candidate.locality_id] += 1

    def fits(self, candidate: Candidate, least: int) -> bool:
        """Whether it is unlike what was chosen: wholly (2), in its society (1), or at least new (0)."""
        if candidate.property_id in self.ids:
            return False
        if least > 0 and self.societies[candidate.society_id or 0] >= A_SOCIETY:
            return False
        return least < 2 or self.localities[candidate.locality_id or 0] < ceil(self.limit / 2)


def mixed(found: Sequence[Candidate], limit: int, turns: Sequence[Because], seed: str) -> list[Next]:
    """Those that come next, in turns: the best of each side that is not like what was chosen before.

    The same is mixed from the same, in whatever order it was found.
    """
    sides: dict[Because, list[Candidate]] = {side: _ordered(found, side, seed) for side in SIDES}
    taken = _Taken(limit)
    for side in cycle(turns):
        if len(taken.chosen) == limit:
            break
        best = next(_fitting(sides, side, taken), None)
        if best is None:
            break
        taken.take(*best)
    return taken.chosen


def _fitting(
    sides: dict[Because, list[Candidate]], first: Because, taken: _Taken
) -> Iterator[tuple[Candidate, Because]]:
    order: list[Because] = [first, *(side for side in SIDES if side != first)]
    for least in (2, 1, 0):
        for side in order:
            for each in sides[side]:
                if taken.fits(each, least):
                    yield each, side


def _ordered(found: Sequence[Candidate], side: Because, seed: str) -> list[Candidate]:
    of = sorted((each for each in found if side in each.sources), key=lambda each: each.property_id)
    if side == "explore":
        Chance(seed).shuffle(of)
        return of
    by: Callable[[Candidate], float] = _heat if side == "popular" else worth
    return sorted(of, key=by, reverse=True)


def _heat(candidate: Candidate) -> float:
    return candidate.heat


def worth(candidate: Candidate) -> float:
    """How much speaks for a property: most of all how like it is to what somebody liked of late."""
    return (candidate.similarity or 0.0) + 0.05 * log1p(candidate.likes) + candidate.score / 10_000


def learned(asked: Filters, likings: Sequence[Liking], purposes: Sequence[str]) -> Filters | None:
    """What somebody seems to look for, within what they ask for; None where nothing says so.

    `purposes` are the names of the codes.
    """
    alike = [each for each in likings if purposes.index(each.purpose) in asked.purposes]
    if not alike:
        return None
    purpose = max(purposes, key=lambda name: sum(each.weight for each in alike if each.purpose == name))
    alike = [each for each in alike if each.purpose == purpose]
    least, most = _prices(alike, asked)
    rooms = {each.bedrooms for each in alike}
    return replace(
        asked,
        purposes=(purposes.index(purpose),),
        price_min=least,
        price_max=most,
        bedrooms=asked.bedrooms or (tuple(sorted(filter(None, rooms))) if None not in rooms else ()),
        circles=asked.circles if asked.boxes or asked.inside else _centres(alike),
    )


def _prices(alike: Sequence[Liking], asked: Filters) -> tuple[int | None, int | None]:
    """A band around most of what was liked, within the budget; the budget alone where they do not meet."""
    prices = sorted(each.price for each in alike)
    least = max(int(prices[len(prices) // 5] * _NARROW), asked.price_min or 0)
    most = min(int(prices[ceil(len(prices) * 0.8) - 1] * _WIDE), asked.price_max or inf)
    return (least, int(most)) if least <= most else (asked.price_min, asked.price_max)


def _centres(alike: Sequence[Liking]) -> tuple[Circle, ...]:
    """Around the first few, each away from the others."""
    found: list[Circle] = []
    for each in alike:
        if each.lat is None or each.lng is None or len(found) == _CENTRES:
            continue
        if all(_metres(circle, each.lat, each.lng) > _APART for circle in found):
            found.append(Circle(each.lat, each.lng, AROUND))
    return tuple(found)


def _metres(circle: Circle, lat: float, lng: float) -> float:
    north, east = circle.scale
    return float((((lat - circle.lat) * north) ** 2 + ((lng - circle.lng) * east) ** 2) ** 0.5)
