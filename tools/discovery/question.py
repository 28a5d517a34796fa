"""The question: what a person gives and what their words say, made into one set of filters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from storage import listings, search_index
from storage import search_filters as codes
from tools.discovery import locating, vocabulary
from tools.discovery.filters import Filters, Sort, corners
from tools.units import to_sq_ft

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from storage.search_places import Directory
    from tools.discovery.gazetteer import Gazetteer
    from tools.discovery.understood import PlaceRef, Understood

NEAR_METRO: Final = 1_500
POINT_RADIUS: Final = 3_000
SALE_SIZED: Final = 2_000_000
"""Rupees that nobody pays as a month's rent: twice the dearest of 2,702 real ones."""

_FOR_SALE: Final = "Read as properties to buy, since no rent is that high. Give a purpose to change it."
_ANY: Final = tuple(range(len(listings.PURPOSES)))
_SORTS: Final[dict[str, Sort]] = {
    "price": "price",
    "price_per_sq_ft": "price_per_sqft",
    "newest": "newest",
    "distance": "distance",
}
_FLOORS: Final = {"ground": 0, "low": 0, "mid": 1, "high": 2, "top": 2}
_DEFAULTS: Final[dict[str, Any]] = {name: field.default for name, field in Filters.model_fields.items()}
_PLACED: Final = ("near", "locality", "sector", "society")


@dataclass(frozen=True, slots=True)
class Question:
    """Everything that is asked, in people's terms (`asked`) and in those of the search index (`filters`)."""

    asked: Filters
    filters: codes.Filters
    near: tuple[PlaceRef, ...]
    within: tuple[tuple[PlaceRef, ...], ...]
    """Places to be inside of: any of each group, of every group."""

    sort: Sort
    text: str
    """Soft words, for ranking."""

    wishes: tuple[str, ...]


def implied(read: Understood) -> Understood:
    """The same, read as a purchase and saying so where only a sale costs that much."""
    budget = max(read.budget_min or 0, read.budget_max or 0)
    if read.purpose is not None or budget < SALE_SIZED or "pg" in read.kinds:
        return read
    return replace(read, purpose="buy", notes=(*read.notes, _FOR_SALE))


def from_words(read: Understood) -> tuple[Filters, list[str]]:
    """What was read from words, as filters one could have given, and what is out of all bounds."""
    values: dict[str, Any] = {
        "purpose": read.purpose,
        "kinds": read.kinds,
        "bedrooms": read.bedrooms,
        "budget_min": read.budget_min,
        "budget_max": read.budget_max,
        "area_min": read.area_min,
        "area_max": read.area_max,
        "radius": next((place.radius_m for place in read.places if place.radius_m), None),
        "metro_within": read.metro_within_m or (NEAR_METRO if read.near_metro else None),
        "furnishing": read.furnishing,
        "facing": read.facing,
        "amenities": read.amenities,
        "age": read.age_max,
        "floor": read.floors,
        "possession": read.possession,
        "tenants": read.tenants,
    }
    for name in _PLACED:
        values[name] = tuple(place.name for place in read.places if _field(place) == name)
    try:
        return Filters.model_validate(values), []
    except ValidationError as error:
        wild = sorted({str(problem["loc"][0]) for problem in error.errors()})
    return Filters.model_validate({name: values[name] for name in values if name not in wild}), wild


def merged(given: Filters, read: Filters, ignore: Sequence[str]) -> tuple[Filters, list[str]]:
    """What is given, and what was read where nothing is given; and the names of what was read in vain."""
    values = {name: getattr(given, name) for name in _DEFAULTS}
    overridden: list[str] = []
    for name, default in _DEFAULTS.items() if read.model_fields_set else ():
        value = getattr(read, name)
        if value == default:
            continue
        if name in ignore or _is_given(given, name):
            overridden.append(name)
        else:
            values[name] = value
    if given.area_unit != "sq_ft":
        _converted(given, values)
    for name in ("budget", "area"):
        overridden += _untangled(values, given, name)
    return Filters.of(**values), overridden


def _is_given(given: Filters, name: str) -> bool:
    if name == "near" and given.lat is not None:
        return True
    return getattr(given, name) != _DEFAULTS[name]


def _converted(given: Filters, values: dict[str, Any]) -> None:
    """Areas in square feet, as those that were read from words are."""
    for name in ("area_min", "area_max"):
        amount = getattr(given, name)
        if amount is not None:
            values[name] = float(to_sq_ft(amount, given.area_unit))
    values["area_unit"] = "sq_ft"


def _untangled(values: dict[str, Any], given: Filters, name: str) -> list[str]:
    """A bound that was read and contradicts one that is given gives way."""
    least, most = f"{name}_min", f"{name}_max"
    if values[least] is None or values[most] is None or values[least] <= values[most]:
        return []
    loser = least if getattr(given, least) is None else most
    values[loser] = None
    return [loser]


def question(
    given: Filters,
    read: Understood | None,
    sort: Sort | None,
    asked: Filters,
    known: Directory,
    gazetteer: Gazetteer,
) -> Question:
    """The question that `asked` (given and read, merged) makes. Refuses names that nobody bears."""
    spoken = read.places if read else ()
    refs: dict[str, tuple[PlaceRef, ...]] = {}
    for name in _PLACED:
        told: tuple[str, ...] = getattr(given, name)
        if told:
            refs[name] = _given_places(name, told, gazetteer)
        else:
            kept: tuple[str, ...] = getattr(asked, name)
            refs[name] = tuple(place for place in spoken if _field(place) == name and place.name in kept)
    within = tuple(refs[name] for name in ("locality", "sector", "society") if refs[name])
    ordered = sort or (_SORTS[read.sort] if read and read.sort else "best")
    return Question(
        asked=asked,
        filters=_coded(asked, refs["near"], within, known),
        near=refs["near"],
        within=within,
        sort=ordered,
        text=read.text if read else "",
        wishes=read.wishes if read else (),
    )


def _field(place: PlaceRef) -> str:
    """The filter that a place read from words belongs to. Hubs and stations have surroundings, no inside."""
    if place.relation == "in" and place.kind in {"locality", "sector", "society"}:
        return place.kind
    return "near"


def _given_places(name: str, told: tuple[str, ...], gazetteer: Gazetteer) -> tuple[PlaceRef, ...]:
    if name == "near":
        return locating.named(told, gazetteer, "hub", "sector", "locality", "metro", "society", "city")
    if name == "locality":
        return locating.named(told, gazetteer, "locality", "sector")
    if name == "sector":
        return locating.named(told, gazetteer, "sector")
    return locating.named(told, gazetteer, "society")


def _coded(
    asked: Filters, near: Sequence[PlaceRef], within: Sequence[Sequence[PlaceRef]], known: Directory
) -> codes.Filters:
    return codes.Filters(
        purposes=_ANY if asked.purpose is None else (listings.PURPOSES.index(asked.purpose),),
        kinds=tuple(listings.KINDS.index(kind) for kind in asked.kinds),
        bedrooms=asked.bedrooms,
        price_min=_whole(asked.budget_min, ROUND_CEILING),
        price_max=_whole(asked.budget_max, ROUND_FLOOR),
        area_min=_square_feet(asked.area_min, asked, ROUND_CEILING),
        area_max=_square_feet(asked.area_max, asked, ROUND_FLOOR),
        circles=_circles(asked, near),
        box=codes.Box(*asked.box) if asked.box else None,
        polygon=tuple(corners(asked.polygon or ())),
        inside=tuple(locating.inside(group, known) for group in within),
        metro_max=asked.metro_within,
        furnishings=tuple(listings.FURNISHINGS.index(each) for each in asked.furnishing),
        facings=tuple(listings.FACINGS.index(each) for each in asked.facing),
        ages=None if asked.age is None else _ages(asked.age),
        floors=tuple(sorted({_FLOORS[each] for each in asked.floor})),
        possession=None if asked.possession is None else listings.POSSESSIONS.index(asked.possession),
        amenities=vocabulary.bits(asked.amenities),
        tenants=sum(1 << search_index.TENANTS.index(each) for each in set(asked.tenants)),
    )


def _circles(asked: Filters, near: Sequence[PlaceRef]) -> tuple[codes.Circle, ...]:
    if asked.lat is not None and asked.lng is not None:
        return (codes.Circle(asked.lat, asked.lng, float(asked.radius or POINT_RADIUS)),)
    return tuple(locating.circle(place, asked.radius) for place in near)


def _ages(most: int) -> tuple[int, ...]:
    """The bands that surely are no older; a building of the first year is of age one at most."""
    upper = (1, 5, 10)
    return tuple(code for code, years in enumerate(upper) if years <= max(most, 1))


def _whole(amount: Decimal | None, rounding: str) -> int | None:
    return None if amount is None else int(amount.to_integral_value(rounding))


def _square_feet(amount: float | None, asked: Filters, rounding: str) -> int | None:
    if amount is None:
        return None
    return min(int(to_sq_ft(amount, asked.area_unit).to_integral_value(rounding)), search_index.NO_RATE)
