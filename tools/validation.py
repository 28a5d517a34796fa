"""Validation: from what a caller sent to a tool's input, or a refusal that names each wrong field."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final, cast

from pydantic import ValidationError

from tools.contract import AnyTool, Model
from tools.refusals import Contradiction, Invalid

WHOLE_NUMBER: Final = "should be a whole number"
NUMBER: Final = "should be a number"
TRUE_OR_FALSE: Final = "should be true or false"
TEXT: Final = "should be text"
LIST: Final = "should be a list"
_PROBLEMS: Final[Mapping[str, str]] = {
    "missing": "is required",
    "extra_forbidden": "is not a field of this tool",
    "int_parsing": WHOLE_NUMBER,
    "int_type": WHOLE_NUMBER,
    "int_from_float": WHOLE_NUMBER,
    "float_parsing": NUMBER,
    "float_type": NUMBER,
    "decimal_parsing": NUMBER,
    "decimal_type": NUMBER,
    "bool_parsing": TRUE_OR_FALSE,
    "bool_type": TRUE_OR_FALSE,
    "string_type": TEXT,
    "list_type": LIST,
}
"""What people are told instead of pydantic's own words, by its type of error."""

_NO_TEXT: Final = (int, float, Decimal)


def validate(tool: AnyTool, given: Mapping[str, Any] | bytes) -> Model:
    """The tool's input. Refuses with one short sentence a field.

    Bytes are JSON and taken at their word: "2" is not a number there, and 0 is not a date.
    """
    try:
        if isinstance(given, bytes):
            ask = tool.takes.model_validate_json(given, strict=True)
        else:
            ask = tool.takes.model_validate(given)
    except ValidationError as error:
        raise invalid(error) from error
    for name in ask.model_fields_set:
        if _holds_nul(getattr(ask, name)):
            raise Invalid(f"{name}: Text must not hold the character NUL.")
    return ask


def _holds_nul(value: Any) -> bool:
    """Whether a text anywhere in this holds NUL, which PostgreSQL cannot store."""
    if isinstance(value, str):
        return "\0" in value
    if value is None or isinstance(value, _NO_TEXT):
        return False
    if isinstance(value, dict):
        members = cast("dict[Any, Any]", value)
        return any(_holds_nul(each) for pair in members.items() for each in pair)
    if isinstance(value, (list, tuple, set, frozenset)):
        return any(_holds_nul(each) for each in cast("Iterable[Any]", value))
    return isinstance(value, Model) and any(_holds_nul(each) for _, each in value)


def invalid(error: ValidationError) -> Invalid:
    """The refusal that names each wrong field and what is wrong with it, without repeating what was sent."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    problems = [
        {
            "field": ".".join(str(part) for part in each["loc"]),
            "problem": _PROBLEMS.get(each["type"]) or each["msg"].removeprefix("Value error, "),
        }
        for each in found
    ]
    said = "; ".join(
        f"{each['field']}: {each['problem']}" if each["field"] else each["problem"] for each in problems
    )
    together = all(each["type"] == "value_error" and not each["loc"] for each in found)
    # Fields that are each well-formed, and only a rule over the whole input that says no.
    kind = Contradiction if together else Invalid
    return kind(f"{said}.", details=problems)
