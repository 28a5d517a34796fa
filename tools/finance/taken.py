"""Taken: the figures that calculators are given, within what can be calculated with."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema

from tools.money import as_number, not_text, to_the_paisa

_FINEST: Final = Decimal("0.001")


def _fine(value: Decimal) -> Decimal:
    return value.quantize(_FINEST, ROUND_HALF_UP)


_READ = BeforeValidator(not_text)
_PAISA = AfterValidator(to_the_paisa)
_FINE = AfterValidator(_fine)
_TOLD = PlainSerializer(as_number, return_type=int | float, when_used="json")

Amount = Annotated[
    Decimal,
    Field(ge=0, le=10_000_000_000),
    _READ,
    _PAISA,
    _TOLD,
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 10_000_000_000}),
]
"""Rupees, up to 1,000 crore."""

Price = Annotated[
    Decimal,
    Field(ge=1000, le=10_000_000_000),
    _READ,
    _PAISA,
    _TOLD,
    WithJsonSchema({"type": "number", "minimum": 1000, "maximum": 10_000_000_000}),
]
"""Rupees, from 1,000 to 1,000 crore."""

Rate = Annotated[
    Decimal,
    Field(ge=0, le=30),
    _READ,
    _FINE,
    _TOLD,
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 30}),
]
"""Percent a year, to a thousandth."""

Growth = Annotated[
    Decimal,
    Field(ge=0, le=20),
    _READ,
    _FINE,
    _TOLD,
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 20}),
]
"""Percent a year, to a thousandth."""

Share = Annotated[
    Decimal,
    Field(ge=1, le=100),
    _READ,
    _FINE,
    _TOLD,
    WithJsonSchema({"type": "number", "minimum": 1, "maximum": 100}),
]
"""Percent of something, to a thousandth."""

Land = Annotated[
    Decimal,
    Field(ge=0, le=1_000_000_000),
    _READ,
    _FINE,
    _TOLD,
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1_000_000_000}),
]
"""An area in any unit, to a thousandth."""

Years = Annotated[int, Field(ge=1, le=40)]
Buyer = Literal["male", "female", "joint"]
Region = Annotated[str, Field(min_length=2, max_length=40)]
"""A state by its name or key, such as `delhi`."""


def or_none(amount: Decimal | None) -> Decimal:
    """An amount that may be left out, which is none then."""
    return Decimal(0) if amount is None else amount
