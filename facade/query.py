"""Query strings: what fits in one, and how one is read."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, cast
from urllib.parse import parse_qsl

from pydantic import BaseModel

from tools import schema, validation
from tools.refusals import Invalid

Kind = Literal["one", "many", "object"]
_FORMS: dict[str, tuple[re.Pattern[str], str]] = {
    "integer": (re.compile(r"-?[0-9]+"), validation.WHOLE_NUMBER),
    "number": (re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?"), validation.NUMBER),
    "boolean": (re.compile(r"true|false"), validation.TRUE_OR_FALSE),
    "date": (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "should be a day, such as 2026-12-01"),
    # Left to itself, pydantic takes a number in a text for seconds since 1970.
    "date-time": (
        re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][^\x00]+"),
        "should be a time with a UTC offset, such as 2026-12-01T10:00:00Z",
    ),
}
MOST_PARAMETERS = 300
_LONGEST_INTEGER = 20


class Query:
    """Reads the query strings of one tool. Lists are repeated keys; everything else may stand once."""

    def __init__(self, model: type[BaseModel], elsewhere: tuple[str, ...] = ()) -> None:
        """`elsewhere` are the fields that the path gives."""
        self._forms = forms(model)
        self._lists = frozenset(name for name, kind in kinds(model).items() if kind == "many")
        self._elsewhere = frozenset(elsewhere)

    def pairs(self, raw: bytes) -> list[tuple[str, str]]:
        """The decoded parameters in order. Refuses bytes that are not UTF-8, and endless lists."""
        if not raw:
            return []
        try:
            return parse_qsl(
                raw.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS
            )
        except ValueError as error:
            raise Invalid(
                f"The query string must be UTF-8 and have at most {MOST_PARAMETERS} parameters."
            ) from error

    def given(self, pairs: list[tuple[str, str]]) -> dict[str, Any]:
        """The tool's arguments, still as strings. Refuses what is said twice."""
        given: dict[str, Any] = {}
        for name, text in pairs:
            value = written(self._forms.get(name), name, text)
            if name in self._lists:
                given.setdefault(name, []).append(value)
            elif name in given:
                raise _refusal(name, "is given more than once")
            else:
                given[name] = value
        if not self._elsewhere.isdisjoint(given):
            raise _refusal(min(self._elsewhere & given.keys()), "is already given in the path")
        return given


@cache
def kinds(model: type[BaseModel]) -> Mapping[str, Kind]:
    """How each field of `model` could be written in a query string: once, repeated, or not at all."""
    properties = schema.of(model).get("properties", {})
    return {name: _kind(said) for name, said in properties.items()}


@cache
def forms(model: type[BaseModel]) -> Mapping[str, str]:
    """The fields of `model` that are numbers, times, or true and false, or lists of them."""
    properties = schema.of(model).get("properties", {})
    found = {name: _form(said) for name, said in properties.items()}
    return {name: form for name, form in found.items() if form in _FORMS}


def written(form: str | None, name: str, text: str) -> Any:
    """What a path or a query string says in this form. Refuses, say, "1_000", " 1" or "yes"."""
    if form is None:
        return text
    pattern, problem = _FORMS[form]
    if not pattern.fullmatch(text):
        raise _refusal(name, problem)
    if form == "boolean":
        return text == "true"
    return int(text) if form == "integer" and len(text) < _LONGEST_INTEGER else text


def without_null(said: dict[str, Any]) -> dict[str, Any]:
    """The schema of a parameter: the same without null, which a query string cannot say."""
    branches = [each for each in said.get("anyOf", ()) if each != {"type": "null"}]
    rest = {key: value for key, value in said.items() if key != "anyOf"}
    if branches and rest.get("default", ...) is None:
        del rest["default"]
    if not branches:
        return rest
    return {**branches[0], **rest} if len(branches) == 1 else {"anyOf": branches, **rest}


def _kind(said: dict[str, Any]) -> Kind:
    said = without_null(said)
    branches = cast("list[dict[str, Any]]", said.get("anyOf") or said.get("oneOf") or [])
    if branches:
        return "one" if all(_kind(each) == "one" for each in branches) else "object"
    if said.get("type") != "array":
        return "object" if said.get("type") == "object" or not _scalar(said) else "one"
    items = cast("list[dict[str, Any]]", said.get("prefixItems") or [said.get("items", {})])
    return "many" if all(_kind(each) == "one" for each in items) else "object"


def _form(said: dict[str, Any]) -> str | None:
    said = without_null(said)
    if said.get("type") == "array":
        return _form(said.get("items", {}))
    return said["format"] if said.get("format") in ("date", "date-time") else said.get("type")


def _scalar(said: dict[str, Any]) -> bool:
    return "const" in said or "enum" in said or said.get("type") in ("string", "integer", "number", "boolean")


def _refusal(name: str, problem: str) -> Invalid:
    return Invalid(f"{name}: {problem}.", details=[{"field": name, "problem": problem}])
