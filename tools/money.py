"""Amounts of money: exact where they are kept and counted, numbers where they are told."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, PlainSerializer, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError
from pydantic_core import core_schema as schemas

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


@dataclass(frozen=True, slots=True)
class Between:
    """A decimal between two numbers, both included, rounded once it is read; a number in JSON."""

    least: int
    most: int
    rounded: Callable[[Decimal], Decimal]

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> schemas.CoreSchema:
        number = schemas.decimal_schema(ge=Decimal(self.least), le=Decimal(self.most))
        return schemas.with_info_before_validator_function(
            not_text,
            schemas.no_info_after_validator_function(self.rounded, number),
            serialization=schemas.plain_serializer_function_ser_schema(as_number, when_used="json"),
        )

    def __get_pydantic_json_schema__(self, _schema: Any, _handler: Any) -> dict[str, Any]:
        return {"type": "number", "minimum": self.least, "maximum": self.most}


Rupees = Annotated[Decimal, Between(0, MOST_RUPEES, to_the_paisa)]
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
