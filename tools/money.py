"""Amounts of money: exact where they are kept and counted, numbers where they are told."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

MOST_RUPEES = 999_999_999_999
_PAISA = Decimal("0.01")


def not_text(value: Any, info: ValidationInfo) -> Any:
    """A number of JSON as an exact decimal; a text is none there."""
    if info.mode == "json" and isinstance(value, str):
        raise PydanticCustomError("number_type", "Input should be a number")
    # A JSON body is read strictly, where nothing but a Decimal is one.
    return Decimal(str(value)) if type(value) in (int, float) else value


def to_the_paisa(value: Decimal) -> Decimal:
    """An amount without what is less than a paisa."""
    return value.quantize(_PAISA)


def as_number(value: Decimal) -> int | float:
    """A decimal as JSON tells numbers."""
    whole = int(value)
    return whole if whole == value else float(value)


Rupees = Annotated[
    Decimal,
    Field(ge=0, le=MOST_RUPEES),
    BeforeValidator(not_text),
    AfterValidator(to_the_paisa),
    PlainSerializer(as_number, return_type=int | float, when_used="json"),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": MOST_RUPEES}),
]
"""An amount in rupees, to the paisa: exact in Python and PostgreSQL (NUMERIC(14,2)), a number in JSON."""

Sum = Annotated[
    Decimal,
    AfterValidator(to_the_paisa),
    PlainSerializer(as_number, return_type=int | float, when_used="json"),
    WithJsonSchema({"type": "number"}),
]
"""An amount that was calculated, to the paisa: of any size, and below zero where something is missing."""

Number = Annotated[
    Decimal,
    PlainSerializer(as_number, return_type=int | float, when_used="json"),
    WithJsonSchema({"type": "number"}),
]
"""A number that was calculated, exact in Python."""
