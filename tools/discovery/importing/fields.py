"""Single values: numbers, closed sets and bands, as sources write them."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Final

_NUMBER: Final = re.compile(
    r"(?:(?:rs\.?|inr|₹)\s*)?([+-]?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d{1,2})?)(?:/-)?", re.IGNORECASE
)
_AGE: Final = re.compile(r"(\d+)\s*(?:-\s*(\d+)|\+)?")
_BANDS: Final = {"low rise": "low", "mid rise": "mid", "high rise": "high"}

PURPOSES: Final = {
    "sale": "buy", "sell": "buy", "buy": "buy", "resale": "buy",
    "rent": "rent", "lease": "rent",
    "pg": "pg", "paying guest": "pg",
}  # fmt: skip
KINDS: Final = {
    "apartment": "apartment", "flat": "apartment", "builder floor": "builder_floor",
    "independent floor": "builder_floor", "house": "house", "villa": "house", "independent house": "house",
    "plot": "plot", "land": "plot", "residential plot": "plot", "shop": "shop", "showroom": "shop",
    "office": "office", "office space": "office", "pg": "pg", "paying guest": "pg",
}  # fmt: skip
FURNISHINGS: Final = {
    "furnished": "furnished", "fully furnished": "furnished",
    "semifurnished": "semi_furnished", "semi furnished": "semi_furnished", "unfurnished": "unfurnished",
}  # fmt: skip
FACINGS: Final = {
    f"{first}{second}".replace("_", " ").strip(): f"{first}{second}"
    for first, seconds in (("north", ("", "_east", "_west")), ("south", ("", "_east", "_west")))
    for second in seconds
} | {"east": "east", "west": "west"}


def one_of(values: dict[str, str], text: str) -> str | None:
    """The value that this text stands for, however it is hyphenated; None for anything else."""
    return values.get(" ".join(text.lower().replace("-", " ").replace("_", " ").split()))


def number(text: str) -> Decimal | None:
    """The finite number that this is, with or without a rupee sign and commas; None for anything else."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return Decimal(found[1].replace(",", ""))
    except InvalidOperation:
        return None


def count(text: str, most: int) -> int | None:
    """A whole number from 0 to `most`; None for anything else."""
    found = number(text)
    if found is None or not 0 <= found <= most or found != found.to_integral_value():
        return None
    return int(found)


def age_band(text: str) -> str | None:
    """Years since it was built, as one of four bands; None where it is not said or not built."""
    found = _AGE.search(text)
    if found is None:
        return None
    years = int(found[1][:4])
    for most, band in ((0, "0-1"), (4, "1-5"), (9, "5-10")):
        if years <= most:
            return band
    return "10+"


def rise(text: str) -> str | None:
    """`low`, `mid` or `high`."""
    return one_of(_BANDS, text)
