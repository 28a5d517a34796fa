"""Units of this market: land areas in square feet, and rupees as people read and write them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

AreaUnit = Literal["sq_ft", "sq_yd", "gaj", "sq_m", "marla", "kanal", "acre", "hectare"]

SQ_FT_IN: Final[dict[AreaUnit, Decimal]] = {
    "sq_ft": Decimal(1),
    "sq_yd": Decimal(9),
    "gaj": Decimal(9),
    "sq_m": Decimal("10.7639104"),
    "marla": Decimal("272.25"),
    "kanal": Decimal(5445),
    "acre": Decimal(43560),
    "hectare": Decimal("107639.104"),
}
"""Square feet in one of each. The marla is that of Haryana and Punjab (66-inch karam); the bigha is left out
because it differs from one region to the next."""

THOUSAND: Final = 1_000
LAKH: Final = 100_000
CRORE: Final = 10_000_000
_CENT: Final = Decimal("0.01")


def to_sq_ft(amount: Decimal | float | str, unit: AreaUnit) -> Decimal:
    """This many of `unit` in square feet, to a hundredth."""
    return (Decimal(str(amount)) * SQ_FT_IN[unit]).quantize(_CENT, ROUND_HALF_UP)


def from_sq_ft(sq_ft: Decimal | float | str, unit: AreaUnit) -> Decimal:
    """This many square feet in `unit`, to a hundredth."""
    return (Decimal(str(sq_ft)) / SQ_FT_IN[unit]).quantize(_CENT, ROUND_HALF_UP)


def grouped(rupees: Decimal | float) -> str:
    """Whole rupees in Indian 3-2-2 grouping: 12345678 is "1,23,45,678"."""
    whole = int(Decimal(str(rupees)).to_integral_value(ROUND_HALF_UP))
    digits = str(abs(whole))
    head, tail = digits[:-3], digits[-3:]
    pairs = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)][::-1]
    return ("-" if whole < 0 else "") + ",".join([*pairs, tail])


def exact_rupees(amount: Decimal) -> str:
    """An amount to the paisa: "₹1,23,456", "₹99.50"."""
    whole, paise = divmod(abs(amount).quantize(Decimal("0.01")), 1)
    return f"{'-' if amount < 0 else ''}₹{grouped(whole)}" + (f"{paise:.2f}"[1:] if paise else "")


def rupees(amount: Decimal | float, *, hindi: bool = False) -> str:
    """An amount as it is said: "₹45,000", "₹60 lakh", "₹1.2 Cr"; in Hindi "₹60 लाख", "₹1.2 करोड़".

    From a lakh on it is rounded to two decimals of the larger word.
    """
    exact = Decimal(str(amount))
    if abs(exact) >= CRORE - LAKH // 200:
        return f"₹{_short(exact / CRORE)} {'करोड़' if hindi else 'Cr'}"
    if abs(exact) >= LAKH:
        return f"₹{_short(exact / LAKH)} {'लाख' if hindi else 'lakh'}"
    return f"₹{grouped(exact)}"


def rent(amount: Decimal | float, *, hindi: bool = False) -> str:
    """A monthly rent, to the rupee up to ten lakh: "₹45,000/month", "₹1,20,000/माह"."""
    exact = Decimal(str(amount))
    said = f"₹{grouped(exact)}" if abs(exact) < 10 * LAKH else rupees(exact, hindi=hindi)
    return f"{said}/{'माह' if hindi else 'month'}"


def area(sq_ft: Decimal | float, *, hindi: bool = False) -> str:
    """An area as it is said: "1,250 sq ft", "1,250 वर्ग फुट"."""
    return f"{grouped(sq_ft)} {'वर्ग फुट' if hindi else 'sq ft'}"


def _short(number: Decimal) -> str:
    return f"{number.quantize(_CENT, ROUND_HALF_UP):f}".rstrip("0").rstrip(".")
