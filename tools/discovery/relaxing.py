"""Relaxing: what would be found if one wish were bent a little, when what was asked finds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from storage import search_around, search_index
from storage import search_filters as codes
from tools import units
from tools.contract import Call, Model
from tools.discovery import saying, vocabulary
from tools.discovery.locating import DEFAULT_RADIUS

if TYPE_CHECKING:
    from tools.discovery.filters import Filters
    from tools.discovery.question import Question

SHOWN: Final = 6
_BUDGETS: Final = (1.125, 1.25, 1.5, 2.0)
_REACH: Final = (1.5, 2.0, 3.0)
_AREAS: Final = (1.1, 1.25, 1.5)


class Relaxation(Model):
    """One wish bent, and how many properties that would find. Nothing is changed unless you ask again."""

    field: str
    """The filter to change, or to put into `ignore` when `value` is null."""

    value: str | None
    """What to set it to; null to leave it out."""

    count: int
    """How many match then; 1001 stands for more than 1000."""

    text: str


@dataclass(frozen=True, slots=True)
class _Bent:
    """A candidate: `cost` says how much of the wish is given up."""

    cost: float
    field: str
    value: str | None
    told: str
    filters: codes.Filters


async def relaxed(call: Call, question: Question, found_now: int) -> list[Relaxation]:
    """The cheapest single changes that would find something, cheapest first.

    Of each filter it is the least change that finds more than the `found_now` that fit already.
    """
    candidates = sorted(_candidates(question), key=lambda bent: bent.cost)
    counts = await search_around.count_each(call.db, [bent.filters for bent in candidates])
    found: dict[str, Relaxation] = {}
    for bent, count in zip(candidates, counts, strict=True):
        name = bent.field if bent.field != "amenities" else bent.told
        if count > found_now and name not in found:
            found[name] = Relaxation(
                field=bent.field, value=bent.value, count=count, text=_sentence(bent, count)
            )
    return list(found.values())[:SHOWN]


def _sentence(bent: _Bent, count: int) -> str:
    number = f"more than {search_around.MOST:,}" if count > search_around.MOST else str(count)
    return f"{number} {bent.told}"


def _candidates(question: Question) -> Iterator[_Bent]:
    asked, filters = question.asked, question.filters
    yield from _budgets(asked, filters)
    yield from _areas(asked, filters)
    yield from _wider(question)
    yield from _bedrooms(asked, filters)
    yield from _without(asked, filters)
    yield from _amenities(asked, filters)


def _budgets(asked: Filters, filters: codes.Filters) -> Iterator[_Bent]:
    if asked.budget_max is not None:
        for step in _BUDGETS:
            most = _round_up(asked.budget_max * Decimal(str(step)))
            yield _Bent(
                step - 1,
                "budget_max",
                str(most),
                f"if the budget is {units.rupees(most)}",
                replace(filters, price_max=most),
            )
    if asked.budget_min is not None:
        told = "if it may cost less"
        yield _Bent(0.3, "budget_min", None, told, replace(filters, price_min=None))


def _areas(asked: Filters, filters: codes.Filters) -> Iterator[_Bent]:
    """Areas are bent in square feet, which `area_unit` is unless said otherwise."""
    for step in _AREAS:
        if filters.area_min is not None:
            least = round(filters.area_min / step)
            told = f"if {units.area(least)} is enough"
            yield _Bent(step - 1, "area_min", _in_unit(least, asked), told, replace(filters, area_min=least))
        if filters.area_max is not None:
            most = min(ceil(filters.area_max * step), search_index.NO_RATE)
            told = f"if it may have {units.area(most)}"
            yield _Bent(step - 1, "area_max", _in_unit(most, asked), told, replace(filters, area_max=most))


def _in_unit(square_feet: int, asked: Filters) -> str:
    return f"{units.from_sq_ft(square_feet, asked.area_unit).normalize():f}"


def _wider(question: Question) -> Iterator[_Bent]:
    asked, filters = question.asked, question.filters
    for step in _REACH:
        if filters.circles:
            reach = min(int(max(each.radius for each in filters.circles) * step), 50_000)
            circles = tuple(codes.Circle(each.lat, each.lng, float(reach)) for each in filters.circles)
            told = f"within {saying.metres(reach)}"
            yield _Bent(step / 2, "radius", str(reach), told, replace(filters, circles=circles))
        if asked.metro_within:
            most = min(int(asked.metro_within * step), 50_000)
            told = f"if the metro may be {saying.metres(most)} away"
            yield _Bent(step / 2, "metro_within", str(most), told, replace(filters, metro_max=most))
    yield from _around(question)


def _around(question: Question) -> Iterator[_Bent]:
    """From inside a place to its surroundings."""
    if question.near or question.filters.circles:
        return
    for at, group in enumerate(question.within):
        place = group[0]
        if len(group) > 1 or place.lat is None or place.lng is None:
            continue
        reach = DEFAULT_RADIUS[place.kind]
        others = tuple(each for number, each in enumerate(question.filters.inside) if number != at)
        nearby = replace(
            question.filters, inside=others, circles=(codes.Circle(place.lat, place.lng, float(reach)),)
        )
        told = f"within {saying.metres(reach)} of {place.name}"
        yield _Bent(0.6, "near", place.name, told, nearby)


def _bedrooms(asked: Filters, filters: codes.Filters) -> Iterator[_Bent]:
    if asked.bedrooms:
        for number in (min(asked.bedrooms) - 1, max(asked.bedrooms) + 1):
            if 0 < number <= 50:
                told = f"with {number} bedroom{'s' if number > 1 else ''}"
                yield _Bent(0.9, "bedrooms", str(number), told, replace(filters, bedrooms=(number,)))


def _without(asked: Filters, filters: codes.Filters) -> Iterator[_Bent]:
    told: tuple[tuple[bool, float, str, str, dict[str, Any]], ...] = (
        (bool(asked.floor), 0.5, "floor", "on any floor", {"floors": ()}),
        (bool(asked.facing), 0.6, "facing", "facing any way", {"facings": ()}),
        (asked.age is not None, 0.7, "age", "of any age", {"ages": None}),
        (bool(asked.furnishing), 0.8, "furnishing", "however furnished", {"furnishings": ()}),
        (bool(asked.tenants), 0.9, "tenants", "if the source need not say who is welcome", {"tenants": 0}),
        (bool(asked.possession), 1.0, "possession", "whenever it is ready", {"possession": None}),
        (bool(asked.kinds), 1.2, "kinds", "of any kind", {"kinds": ()}),
    )
    for is_asked, cost, field, words, change in told:
        if is_asked:
            yield _Bent(cost, field, None, words, replace(filters, **change))


def _amenities(asked: Filters, filters: codes.Filters) -> Iterator[_Bent]:
    for key in asked.amenities:
        left = [other for other in asked.amenities if other != key]
        label = vocabulary.AMENITIES[key].english.lower()
        change = replace(filters, amenities=vocabulary.bits(left))
        told = f"if {label} need not be mentioned"
        yield _Bent(0.8, "amenities", ",".join(left) or None, told, change)


def _round_up(amount: Decimal) -> int:
    """Up to two leading digits and a half: 43,210 becomes 43,500."""
    whole = ceil(amount)
    step = max(10 ** (len(str(whole)) - 2) // 2, 1)
    return -(-whole // step) * step
