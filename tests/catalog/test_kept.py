"""Answers that are kept: whatever a write answers reads back as the same, and its arguments have one form."""

from collections.abc import Iterator, Mapping
from typing import Any, cast, get_args, get_origin

import pytest
from pydantic import BaseModel
from pydantic_core import to_json

from tools import schema
from tools.amenities import AMENITIES
from tools.catalog import whole
from tools.consent import Preview
from tools.contract import AnyTool, Model
from tools.visits.calendars import CLOCK

WRITES = [
    pytest.param(tool, id=tool.name)
    for tool in sorted(whole(), key=lambda tool: tool.name)
    if not tool.reads and tool.surfaces
]
_TEXTS: Mapping[str, list[str]] = {
    "date-time": ["2026-11-22T10:00:00.000001Z", "2026-11-22T15:30:00+05:30"],
    "date": ["2026-11-22", "2026-02-28"],
    "time": ["09:00:00", "18:30:00"],
    "duration": ["PT30M", "P7D"],
    "uuid": ["0b9e1f0c-2f6d-4b41-8f3b-6d1f3a0c7f11", "00000000-0000-4000-8000-000000000000"],
    "uri": ["https://ghar.example/", "https://ghar.example/a?b=c"],
    CLOCK: ["09:00", "18:30"],
    "email": ["asha@example.com", "ravi@example.com"],
}
_WAYS = 4
"""How often everything is made, each time with other choices."""


def example(form: Mapping[str, Any], way: int) -> Any:
    """A value of this JSON schema: the least, the most, and other branches in other ways."""
    for several in ("anyOf", "oneOf"):
        if several in form:
            return example(form[several][way % len(form[several])], way)
    if "const" in form:
        return form["const"]
    if "enum" in form:
        return form["enum"][way % len(form["enum"])]
    return _of_kind(form, way)


def _of_kind(form: Mapping[str, Any], way: int) -> Any:
    match form.get("type"):
        case "object":
            return _object(form, way)
        case "array":
            least = max(form.get("minItems", 0), way % 3)
            return [example(form.get("items", {}), way + each) for each in range(least)]
        case "string":
            usual = ["", 'दोपहर \u2028 "x" \U0001f3e0']
            texts = _TEXTS.get(form.get("pattern") or form.get("format", ""), usual)
            least = form.get("minLength", 0)
            return texts[way % 2].ljust(least, "x")[: form.get("maxLength", 100)]
        case "integer":
            return _number(form, way, 2**53)
        case "number":
            return _number(form, way, 45_000.25)
        case "boolean":
            return way % 2 == 0
        case "null":
            return None
        case _:
            return [None, 1, "x", {"y": [1.5, True]}][way % 4]


def _object(form: Mapping[str, Any], way: int) -> dict[str, Any]:
    named = {name: example(each, way) for name, each in form.get("properties", {}).items()}
    if named.get("amenities"):
        # A closed vocabulary, which a schema does not spell out: it would be in each of them.
        named["amenities"] = list(AMENITIES)[: len(named["amenities"])]
    others = form.get("additionalProperties")
    if isinstance(others, dict):
        of_others = cast("Mapping[str, Any]", others)
        named |= {f"k{each}": example(of_others, way + each) for each in range(way % 3)}
    elif others is True:
        named |= {"k": [None, 1, {"x": "y"}][way % 3]}
    return named


def _number(form: Mapping[str, Any], way: int, usual: float) -> float:
    above = form.get("exclusiveMinimum", -1)
    least, most = form.get("minimum", above + 1), form.get("maximum", usual)
    return [least, most, min(most, least + 1), max(least, min(most, 7))][way % 4]


def answers(gives: type[Model]) -> Iterator[Model]:
    """Answers of this kind, made from what its schema says."""
    form = schema.of(gives, "serialization")
    for way in range(_WAYS):
        yield gives.model_validate_json(to_json(example(form, way)))


@pytest.mark.parametrize("tool", WRITES)
def test_what_a_write_answers_reads_back_as_the_same(tool: AnyTool) -> None:
    for answer in answers(Preview if tool.consent else tool.gives):
        kept = answer.model_dump_json().encode()
        again = type(answer).model_validate_json(kept)
        assert again == answer
        assert again.model_dump_json().encode() == kept


@pytest.mark.parametrize("tool", WRITES)
def test_a_preview_is_told_from_an_answer(tool: AnyTool) -> None:
    assert not issubclass(tool.gives, Preview)


def _parts(kind: Any) -> Iterator[Any]:
    """Everything that a type is made of."""
    yield get_origin(kind) or kind
    for part in get_args(kind):
        yield from _parts(part)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for each in kind.model_fields.values():
            yield from _parts(each.annotation)


@pytest.mark.parametrize("tool", WRITES)
def test_arguments_of_a_write_have_one_form(tool: AnyTool) -> None:
    """Of sets it is not known in which order they come, so a repeated call could look like another."""
    assert {set, frozenset} & set(filter(_hashable, _parts(tool.takes))) == set()


def _hashable(kind: Any) -> bool:
    return isinstance(kind, type)
