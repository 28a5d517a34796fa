"""Numbers said in words, English or Hindi, turned into digits where a unit shows that one is meant."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Final

from tools.discovery.data import lines_of
from tools.discovery.words.spellings import fold
from tools.discovery.words.token import NUMBER_UNITS, Token

_FIXED: Final = {
    "dedh": Decimal("1.5"),
    "dhai": Decimal("2.5"),
    "adha": Decimal("0.5"),
    "pauna": Decimal("0.75"),
}
_SHIFTS: Final = {"sava": Decimal("0.25"), "saadhe": Decimal("0.5"), "paune": Decimal("-0.25")}
_ALONE: Final = {"sava": Decimal("1.25"), "paune": Decimal("0.75")}
_CONNECTORS: Final = frozenset({"se", "to", "-", "ya", "or", "aur", "and", "/"})


def merged(tokens: list[Token]) -> list[Token]:
    """The tokens with number phrases before a unit in digits: "saadhe teen crore" is "3.5 crore"."""
    result: list[Token] = []
    at = 0
    while at < len(tokens):
        value, end = _phrase(tokens, at)
        if value is not None and _counts(tokens, at, end):
            result.append(Token(f"{value.normalize():f}", tokens[at].start, tokens[end - 1].end))
            at = end
        else:
            result.append(tokens[at])
            at += 1
    return result


@cache
def number_words() -> dict[str, int]:
    """What each number word is worth."""
    table: dict[str, int] = {}
    for line in lines_of("numbers.txt"):
        value, *words = line.split()
        table.update({fold(word): int(value) for word in words})
    return table


def _phrase(tokens: list[Token], at: int) -> tuple[Decimal | None, int]:
    """The number said from `at` on in words, and where it ends; None when there is none."""
    word = tokens[at].word
    if word in _FIXED:
        return _hundreds(tokens, _FIXED[word], at + 1)
    if word in _SHIFTS:
        value, end = _plain(tokens, at + 1)
        if value is not None:
            return _hundreds(tokens, value + _SHIFTS[word], end)
        return _hundreds(tokens, _ALONE[word], at + 1) if word in _ALONE else (None, at)
    if tokens[at].is_number:
        return None, at
    value, end = _plain(tokens, at)
    return (None, at) if value is None else _hundreds(tokens, value, end)


def _plain(tokens: list[Token], at: int) -> tuple[Decimal | None, int]:
    if at >= len(tokens):
        return None, at
    if tokens[at].is_number:
        return Decimal(tokens[at].word), at + 1
    if tokens[at].word == "sau":
        return Decimal(100), at + 1
    value = number_words().get(tokens[at].word)
    if value is None:
        return None, at
    ones = number_words().get(tokens[at + 1].word) if at + 1 < len(tokens) else None
    if value >= 20 and value % 10 == 0 and ones is not None and ones < 10 and tokens[at].word.endswith("ty"):
        return Decimal(value + ones), at + 2
    return Decimal(value), at + 1


def _hundreds(tokens: list[Token], value: Decimal, at: int) -> tuple[Decimal, int]:
    if at >= len(tokens) or tokens[at].word != "sau" or value >= 100:
        return value, at
    rest = number_words().get(tokens[at + 1].word) if at + 1 < len(tokens) else None
    return (value * 100, at + 1) if rest is None else (value * 100 + rest, at + 2)


def _counts(tokens: list[Token], at: int, end: int) -> bool:
    """Whether a unit follows, at once or after a second number; "ke saath" is "with", not sixty."""
    if at and tokens[at - 1].word == "ke" and tokens[at].word in {"saath", "साथ"}:
        return False
    if end < len(tokens) and tokens[end].word in NUMBER_UNITS:
        return True
    if end + 1 >= len(tokens) or tokens[end].word not in _CONNECTORS:
        return False
    value, second = (Decimal(0), end + 2) if tokens[end + 1].is_number else _phrase(tokens, end + 1)
    return value is not None and second < len(tokens) and tokens[second].word in NUMBER_UNITS
