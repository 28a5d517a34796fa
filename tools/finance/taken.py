"""Taken: the figures that calculators are given, within what can be calculated with."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Final, Literal

from pydantic import Field

from tools.money import Between, to_the_paisa

_FINEST: Final = Decimal("0.001")


def _fine(value: Decimal) -> Decimal:
    return value.quantize(_FINEST, ROUND_HALF_UP)


Amount = Annotated[Decimal, Between(0, 10_000_000_000, to_the_paisa)]
"""Rupees, up to 1,000 crore."""

Price = Annotated[Decimal, Between(1000, 10_000_000_000, to_the_paisa)]
"""Rupees, from 1,000 to 1,000 crore."""

Rate = Annotated[Decimal, Between(0, 30, _fine)]
"""Percent a year, to a thousandth."""

Growth = Annotated[Decimal, Between(0, 20, _fine)]
"""Percent a year, to a thousandth."""

Share = Annotated[Decimal, Between(1, 100, _fine)]
"""Percent of something, to a thousandth."""

Land = Annotated[Decimal, Between(0, 1_000_000_000, _fine)]
"""An area in any unit, to a thousandth."""

Years = Annotated[int, Field(ge=1, le=40)]
Buyer = Literal["male", "female", "joint"]
Region = Annotated[str, Field(min_length=2, max_length=40)]
"""A state by its name or key, such as `delhi`."""


def or_none(amount: Decimal | None) -> Decimal:
    """An amount that may be left out, which is none then."""
    return Decimal(0) if amount is None else amount
