"""Quality: how much a listing tells, and what would make it better."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from storage.listing_forms import Kept
from tools.contract import Model

_BARE: Final = frozenset({"plot"})
"""Kinds that have no rooms, no furniture and no floor."""

_BUSINESS: Final = frozenset({"plot", "shop", "office"})
WORDS: Final = 40
PHOTOS: Final = 5
AMENITIES: Final = 5


class ListingFix(Model):
    """Something to do about a listing."""

    field: str
    """Of the form; or `photos`."""

    text: str
    points: int
    """What the score gains by it."""


class ListingQuality(Model):
    score: int
    """0 to 100."""

    fixes: list[ListingFix]
    """What to do, the most useful first."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """Something that is worth points, and what to say where it is not there."""

    field: str
    points: int
    there: Callable[[Kept], float]
    """How far it is there, 0 to 1."""

    text: str
    but: frozenset[str] = frozenset()
    """Kinds for which it is not asked."""


_RULES: Final = (
    _Rule(
        "photos",
        25,
        lambda kept: len(kept.photos) / PHOTOS,
        f"Add photos, at least {PHOTOS}: each room, the view, the building.",
    ),
    _Rule(
        "description",
        20,
        lambda kept: len(kept.description.split()) / WORDS,
        f"Describe it in {WORDS} words or more: light, noise, neighbours, what is near.",
    ),
    _Rule(
        "area",
        12,
        lambda kept: kept.area_sqft is not None,
        "Say how large it is: without that nobody can compare the price.",
    ),
    _Rule(
        "lat",
        10,
        lambda kept: kept.lat is not None and "approximate_location" not in kept.flags,
        "Set the point on the map: now it shows the area only.",
    ),
    _Rule(
        "society",
        8,
        lambda kept: kept.society is not None,
        "Name the society or project.",
        _BUSINESS | {"house", "pg"},
    ),
    _Rule("furnishing", 7, lambda kept: kept.furnishing is not None, "Say how it is furnished.", _BARE),
    _Rule(
        "amenities",
        6,
        lambda kept: kept.amenities_yes.bit_count() / AMENITIES,
        f"Tick what there is, such as a lift or parking: {AMENITIES} or more.",
        _BARE,
    ),
    _Rule(
        "floor", 4, lambda kept: kept.floor_band is not None, "Say on which floor it is.", _BARE | {"house"}
    ),
    _Rule("facing", 4, lambda kept: kept.facing is not None, "Say where it faces."),
    _Rule(
        "possession",
        4,
        lambda kept: kept.possession is not None,
        "Say whether it is ready.",
        _BARE | {"pg"},
    ),
)


def quality(kept: Kept) -> ListingQuality:
    """The score of a listing, and how it can be raised. What does not apply to its kind is not asked."""
    asked = [rule for rule in _RULES if kept.kind not in rule.but]
    most = sum(rule.points for rule in asked)
    fixes: list[ListingFix] = []
    lost = 0.0
    for rule in asked:
        lacking = rule.points * (1 - min(1.0, float(rule.there(kept))))
        lost += lacking
        points = round(100 * lacking / most)
        if points:
            fixes.append(ListingFix(field=rule.field, text=rule.text, points=points))
    fixes.sort(key=lambda fix: -fix.points)
    return ListingQuality(score=round(100 * (1 - lost / most)), fixes=fixes)
