"""Budgets: "60-70 lakh", "1.2 Cr", "40 hazaar tak", "around 50k", "₹75,00,000"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from tools.discovery.words.bounds import AFTER, BEFORE, Bound, bound_of
from tools.units import CRORE, LAKH, THOUSAND, grouped

if TYPE_CHECKING:
    from tools.discovery.words.scan import Board

_SCALES: Final = {"thousand": THOUSAND, "lakh": LAKH, "crore": CRORE}
_SMALLER: Final = {"crore": "lakh", "lakh": "thousand"}
_SCALE: Final = r"(?: (thousand|lakh|crore))?"
_AMOUNT: Final = (
    rf"(?:rs (?:; )?)?(\d+(?:\.\d+)?){_SCALE}(?: (\d+(?:\.\d+)?) (lakh|"
    r"thousand)\b(?! (?:-|to|se) \d))?(?: rs\b)?(?: / -)?"
)
_TAIL: Final = r"(?: (?:par|a|/|har) ?(?:month|mahina|mahine|maheene|mo)\b| monthly| pm\b| / m\b)?"
_BUDGET: Final = (
    r"(?:(?:my |mera |meri |our |total )?(?:budget|price|cost|range)(?: (?:is|of|hai|range|mera|;|rs))* )?"
)
_PATTERN: Final = re.compile(
    rf"\b{_BUDGET}(?P<before>(?:{BEFORE}) )?(?:between |from )?{_AMOUNT}{_TAIL}"
    rf"(?: (?:-|to|se|and|aur) {_AMOUNT}{_TAIL}(?: (?:ke )?beech(?:"
    rf" mein)?)?)?(?P<after> (?:{AFTER}))?(?: (?:ka |ke |ki )?(?:budget|"
    r"price))?(?![\w.])"
)
_OTHERS: Final = re.compile(
    r" (?:/ |par |a )?(?:sq|sqft|sqyd|gaj|bhk|floor|th|st|nd|rd|km|min|minutes?|sal|%|"
    r"balcony|bath|bathroom|car|people|log|x|room)\b"
)
_NOT_BUDGET: Final = re.compile(
    r"(?:deposit|maintenance|brokerage|emi|token|advance|loan|salary|income)(?: (?:of|"
    r"is|under|upto|max|rs|amount|;))*(?: \S+)?$"
)
_LEAST: Final = 1_000
_MOST: Final = 100_000 * CRORE


@dataclass(frozen=True, slots=True)
class Budget:
    """The least and the most to pay, in rupees; `about` marks a band of ten percent."""

    least: int | None = None
    most: int | None = None
    about: bool = False


def read_budget(board: Board) -> Budget:
    """The budget in the words. A bare amount is the most to pay; an amount without a scale is left unread."""
    budget = Budget()
    for found in board.find(_PATTERN):
        amounts = _amounts(found, board)
        if (
            amounts is None
            or _OTHERS.match(board.text, found.end())
            or _NOT_BUDGET.search(board.text[: found.start()])
        ):
            continue
        more = _bounded(found, amounts)
        merged = _together(budget, more)
        if merged is None:
            board.note(f"More than one budget was named; {_said(budget)} was used.")
            continue
        budget = merged
        board.claim("budget", found.start(), found.end())
    return budget


def _amounts(found: re.Match[str], board: Board) -> list[Decimal] | None:
    first, scale, part, part_scale, second, scale_2, part_2, part_scale_2 = found.groups()[1:9]
    if second is None:
        value = _value(first, scale, part, part_scale)
        return [value] if _is_money(value, scale, found, board) else None
    last = _value(second, scale_2, part_2, part_scale_2)
    start = _value(first, scale or scale_2, part, part_scale)
    if start > last and scale is None and scale_2 in _SMALLER:
        start = _value(first, _SMALLER[scale_2], part, part_scale)
        board.note(f"{first} was read as {first} {_SMALLER[scale_2]}.")
    scaled = scale or scale_2
    both = sorted((start, last))
    return both if _is_money(both[1], scaled, found, board) and both[0] >= 1 else None


def _value(number: str, scale: str | None, part: str | None, part_scale: str | None) -> Decimal:
    value = Decimal(number) * _SCALES.get(scale or "", 1)
    return value + (Decimal(part) * _SCALES[part_scale] if part and part_scale else 0)


def _is_money(value: Decimal, scale: str | None, found: re.Match[str], board: Board) -> bool:
    if value > _MOST or value < 1:
        return False
    if scale or "rs" in found.group().split():
        return True
    asked = found.group("before") or found.group("after") or "budget" in found.group()
    if _is_year(value, (found.group("before") or "").strip()):
        return False
    if value < _LEAST:
        if asked and value >= 5:
            board.note(f"Is {value} thousand, lakh or crore meant? It was left out.")
        return False
    # A bare number of ten digits is a telephone number, and 122xxx a postal code of this town.
    return bool(asked) or not (value >= 10**9 or 122_000 <= value <= 123_999)


def _is_year(value: Decimal, before: str) -> bool:
    """Whether a bare number is more likely a year: "possession in 2027"."""
    return 1_900 <= value <= 2_100 and before in {"", "in", "from", "within", "till"}


def _bounded(found: re.Match[str], amounts: list[Decimal]) -> Budget:
    if len(amounts) == 2:
        return Budget(int(amounts[0]), int(amounts[1]))
    amount = amounts[0]
    match bound_of(found.group("before"), found.group("after")):
        case Bound.LEAST:
            return Budget(least=int(amount))
        case Bound.ABOUT:
            return Budget(int(amount * 9 / 10), int(amount * 11 / 10), about=True)
        case _:
            return Budget(most=int(amount))


def _together(one: Budget, more: Budget) -> Budget | None:
    """Both in one, where they say different things; None where they clash."""
    if one == Budget():
        return more
    if one.about or more.about or (one.least and more.least) or (one.most and more.most):
        return None
    least, most = one.least or more.least, one.most or more.most
    return Budget(least, most) if least and most and least <= most else None


def _said(budget: Budget) -> str:
    return " to ".join(f"₹{grouped(amount)}" for amount in (budget.least, budget.most) if amount)
