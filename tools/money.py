"""Amounts of money: exact where they are kept and counted, numbers where they are told."""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

_MOST_RUPEES = 999_999_999_999
_PAISA = Decimal("0.01")


def _not_text(value: Any, info: ValidationInfo) -> Any:
    if info.mode == "json" and isinstance(value, str):
        raise PydanticCustomError("number_type", "Input should be a number")
    # A JSON body is read strictly, where nothing but a Decimal is one.
    return Decimal(str(value)) if type(value) in (int, float) else value


def _to_the_paisa(value: Decimal) -> Decimal:
    return value.quantize(_PAISA)


def _as_number(value: Decimal) -> int | float:
    whole = int(value)
    return whole if whole == value else float(value)


Rupees = Annotated[
    Decimal,
    Field(ge=0, le=_MOST_RUPEES),
    BeforeValidator(_not_text),
    AfterValidator(_to_the_paisa),
    PlainSerializer(_as_number, return_type=int | float, when_used="json"),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": _MOST_RUPEES}),
]
"""An amount in rupees, to the paisa: exact in Python and PostgreSQL (NUMERIC(14,2)), a number in JSON."""
