"""What a tool was asked and what it answered, in words: read off its models, so for later tools as well."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, cast, get_args, get_origin

from pydantic_core import to_json

from servers.pages import naming
from tools import moments, units
from tools.contract import Model

if TYPE_CHECKING:
    from collections.abc import Container

    from servers.pages.naming import Named

_TRUE: Final = {"en": "Yes", "hi": "हाँ"}
_FALSE: Final = {"en": "No", "hi": "नहीं"}
_NONE: Final = {"en": "Nothing", "hi": "कुछ नहीं"}
_NUMBER: Final = {"en": "No. ", "hi": "नं. "}
_INDIA: Final = {"en": "India time", "hi": "भारत का समय"}
_TOOL: Final = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")


class Pair(NamedTuple):
    """A field and its value."""

    name: Named
    value: str


def asked(ask: Model, lang: str) -> list[Pair]:
    """What was asked, exactly: every field that was given, also those that take something away."""
    return _pairs(ask, lang, [name for name in type(ask).model_fields if name in ask.model_fields_set])


def answered(answer: Model, lang: str) -> list[Pair]:
    """What was answered: every field that says something."""
    return _pairs(answer, lang, [name for name, value in answer if value not in (None, [], {})])


def raw(given: Mapping[str, Any], lang: str) -> list[Pair]:
    """What was asked of a tool that is not there any more, or takes something else by now."""
    return [Pair(naming.field(name, lang), to_json(value).decode()) for name, value in given.items()]


def summary(answer: Model, catalog: Container[str]) -> str | None:
    """The answer in the tool's own sentences, with names of tools as people read them; None without any."""
    if type(answer).summary is Model.summary:
        return None

    def titled(found: re.Match[str]) -> str:
        return f"“{naming.tool(found[0], 'en').text}”" if found[0] in catalog else found[0]

    return _TOOL.sub(titled, answer.summary())


def moment(when: datetime, lang: str) -> str:
    """A day and the time, with whose time it is."""
    return f"{moments.said(when, lang)} ({_INDIA[lang]})"


def _pairs(model: Model, lang: str, names: Sequence[str]) -> list[Pair]:
    fields = type(model).model_fields
    return [
        Pair(
            naming.field(name, lang),
            _said(getattr(model, name), lang, _choices(fields[name].annotation), name),
        )
        for name in names
    ]


def _said(value: Any, lang: str, choices: frozenset[Any], name: str = "") -> str:
    match value:
        case list() | tuple():
            several = cast("Sequence[Any]", value)
            return ", ".join(_said(each, lang, choices) for each in several) or _NONE[lang]
        case Model():
            return "; ".join(f"{each.name.text}: {each.value}" for each in answered(value, lang))
        case str():
            return naming.choice(value, lang).text if value in choices else value
        case datetime():
            return moment(value, lang)
        case date():
            return moments.day(value, lang)
        case _:
            return _counted(value, lang, numbered=name == "id" or name.endswith("_id"))


def _counted(value: Any, lang: str, *, numbered: bool) -> str:
    match value:
        case None:
            return _NONE[lang]
        case bool():
            return (_TRUE if value else _FALSE)[lang]
        case int() if numbered:
            return f"{_NUMBER[lang]}{value}"
        case Decimal():
            # Amounts of rupees are the only decimals that tools take and give.
            return units.exact_rupees(value)
        case dict():
            return to_json(cast("dict[str, Any]", value)).decode()
        case _:
            return str(value)


def _choices(kind: Any) -> frozenset[Any]:
    """The values that an annotation lists, wherever it lists them."""
    if get_origin(kind) is Literal:
        return frozenset(get_args(kind))
    return frozenset(value for each in get_args(kind) for value in _choices(each))
