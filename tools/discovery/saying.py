"""Saying: filters and wishes as short phrases for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tools import units
from tools.discovery import vocabulary
from tools.discovery.locating import DEFAULT_RADIUS
from tools.discovery.question import POINT_RADIUS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from tools.discovery.filters import Filters
    from tools.discovery.question import Question
    from tools.discovery.understood import PlaceRef

PURPOSES: Final = {"buy": "for sale", "rent": "for rent", "pg": "as PG"}


def met(question: Question) -> list[str]:
    """The filters of a question, each in a few words: what every answer meets."""
    asked = question.asked
    return [*_home(asked), *_money(asked), *_places(question), *_details(asked)]


def _home(asked: Filters) -> Iterable[str]:
    if asked.purpose:
        yield PURPOSES[asked.purpose]
    if asked.kinds:
        yield either(kind.replace("_", " ") for kind in asked.kinds)
    if asked.bedrooms:
        yield f"{either('studio' if number == 0 else str(number) for number in asked.bedrooms)} BHK"


def _money(asked: Filters) -> Iterable[str]:
    if asked.budget_min is not None or asked.budget_max is not None:
        yield span(asked.budget_min, asked.budget_max)
    if asked.area_min is not None or asked.area_max is not None:
        least = None if asked.area_min is None else units.area(asked.area_min)
        most = None if asked.area_max is None else units.area(asked.area_max)
        yield _between(least, most)


def span(least: Decimal | None, most: Decimal | None) -> str:
    """A budget: "up to ₹45,000", "₹60 lakh to ₹70 lakh"."""
    return _between(
        None if least is None else units.rupees(least), None if most is None else units.rupees(most)
    )


def _between(least: str | None, most: str | None) -> str:
    if least is None:
        return f"up to {most}"
    return f"from {least}" if most is None else f"{least} to {most}"


def _places(question: Question) -> Iterable[str]:
    asked = question.asked
    if question.near:
        yield either(
            f"within {metres(around(place, asked.radius))} of {place.name}" for place in question.near
        )
    elif asked.lat is not None:
        yield f"within {metres(asked.radius or POINT_RADIUS)} of the point"
    for group in question.within:
        yield f"in {either(place.name for place in group)}"
    if asked.box or asked.polygon:
        yield "in the area on the map"
    if asked.metro_within:
        yield f"metro within {metres(asked.metro_within)}"


def _details(asked: Filters) -> Iterable[str]:
    if asked.furnishing:
        yield either(each.replace("_", "-") for each in asked.furnishing)
    if asked.facing:
        yield f"{either(each.replace('_', '-') for each in asked.facing)} facing"
    yield from (vocabulary.AMENITIES[key].english for key in asked.amenities)
    if asked.age is not None:
        yield f"at most {asked.age} years old"
    if asked.floor:
        yield f"{either(asked.floor)} floor"
    if asked.possession:
        yield "ready to move in" if asked.possession == "ready" else "under construction"
    if asked.tenants:
        yield f"{either(asked.tenants)} welcome"


def either(names: Iterable[str]) -> str:
    """Names joined by commas and a last "or"."""
    every: Sequence[str] = list(names)
    return " or ".join([", ".join(every[:-1]), every[-1]]) if len(every) > 1 else every[0]


def metres(distance: float) -> str:
    """A distance: "800 m", "1.5 km"."""
    return f"{distance:.0f} m" if distance < 1000 else f"{distance / 1000:.1f}".removesuffix(".0") + " km"


def around(place: PlaceRef, radius: int | None) -> int:
    """How near counts as near to this place, in metres."""
    return radius or place.radius_m or DEFAULT_RADIUS[place.kind]
