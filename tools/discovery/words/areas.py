"""Areas of land and floors: "200 gaj", "1500-1800 sqft", "4 marla", "half acre"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from tools.discovery.words.bounds import AFTER, BEFORE, Bound, bound_of
from tools.units import SQ_FT_IN, AreaUnit

if TYPE_CHECKING:
    from tools.discovery.words.scan import Board

_UNITS: Final[tuple[tuple[AreaUnit, str], ...]] = (
    ("sq_ft", r"sqft|sq ?ft"),
    ("gaj", r"gaj|sqyd|sq ?gaj"),
    ("sq_m", r"sqm|sq (?:m|meter|mt)"),
    ("marla", "marla"),
    ("kanal", "kanal"),
    ("acre", "acre"),
    ("hectare", "hectare"),
)
_UNIT: Final = "|".join(pattern for _, pattern in _UNITS)
_NUMBER: Final = r"(\d+(?:\.\d+)?)(?: / ([2-9])(?= (?:acre|kanal|marla|hectare)))?"
_PATTERN: Final = re.compile(
    rf"(?<![\w.])(?:area (?:of |; )?)?(?P<before>{BEFORE} )?(?:between )?{_NUMBER}(?: (?P<unit1>{_UNIT})\b)?"
    r"(?: (?:-|to|se|and|aur|"
    rf"/) {_NUMBER}(?= (?:{_UNIT})\b))?(?: (?P<unit2>{_UNIT})\b)?(?: (?:ke"
    rf" )?beech)?(?P<after> {AFTER})?(?![\w.])"
)
_BIGHA: Final = re.compile(r"(?:\d+(?:\.\d+)? )?(?:(?:-|to|se) \d+(?:\.\d+)? )?\bbigha\b")
_RATE: Final = re.compile(
    rf"(?:(?:{BEFORE}) )?(?:rs )?\d+(?:\.\d+)?(?: (?:thousand|lakh|"
    rf"crore))?(?: rs)? (?:/|par|a|prati) (?:{_UNIT})\b"
)
_CENT: Final = Decimal("0.01")
_MOST: Final = Decimal(10) ** 9


@dataclass(frozen=True, slots=True)
class Area:
    """The least and the most area, in square feet; `about` marks a band of ten percent."""

    least: Decimal | None = None
    most: Decimal | None = None
    about: bool = False


def read_area(board: Board) -> Area:
    """The area in the words, in square feet. An area without a bound is a band of ten percent around it."""
    _refuse_unclear(board)
    area = Area()
    for found in board.find(_PATTERN):
        unit = _unit(found.group("unit2") or found.group("unit1"))
        if unit is None:
            continue
        amounts = _amounts(found, unit)
        if not 0 < amounts[0] <= amounts[-1] < _MOST:
            continue
        more = _bounded(found, amounts)
        if area != Area() and (
            area.about or more.about or (area.most and more.most) or (area.least and more.least)
        ):
            board.note("More than one area was named; the first was used.")
            continue
        area = Area(area.least or more.least, area.most or more.most, more.about)
        board.claim("area", found.start(), found.end())
        if unit == "marla":
            board.note(
                "A marla is read as 272.25 sq ft (30.25 gaj), as in Haryana; in some places it is 25 gaj."
            )
    return area


def _refuse_unclear(board: Board) -> None:
    for found in board.find(_BIGHA):
        board.note("A bigha differs from region to region: say the area in gaj, acre or square feet.")
        board.claim("unread", found.start(), found.end())
    for found in board.find(_RATE):
        board.note("A price per square foot or yard cannot be asked for: name the whole price.")
        board.claim("unread", found.start(), found.end())


def _unit(said: str | None) -> AreaUnit | None:
    return next((unit for unit, pattern in _UNITS if said and re.fullmatch(pattern, said)), None)


def _amounts(found: re.Match[str], unit: AreaUnit) -> list[Decimal]:
    first, over, second, over_2 = found.group(2), found.group(3), found.group(5), found.group(6)
    amounts = [_in_sq_ft(first, over, _unit(found.group("unit1")) or unit)]
    if second is not None:
        amounts.append(_in_sq_ft(second, over_2, unit))
    return sorted(amounts)


def _in_sq_ft(number: str, over: str | None, unit: AreaUnit) -> Decimal:
    value = Decimal(number) / (int(over) if over else 1)
    return value * SQ_FT_IN[unit] if value < _MOST else _MOST


def _bounded(found: re.Match[str], amounts: list[Decimal]) -> Area:
    if len(amounts) == 2:
        return Area(_whole(amounts[0]), _whole(amounts[1]))
    amount = amounts[0]
    match bound_of(found.group("before"), found.group("after")):
        case Bound.LEAST:
            return Area(least=_whole(amount))
        case Bound.MOST if (found.group("before") or "").strip() not in {"in", "only"}:
            return Area(most=_whole(amount))
        case _:
            return Area(_whole(amount * 9 / 10), _whole(amount * 11 / 10), about=True)


def _whole(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)
