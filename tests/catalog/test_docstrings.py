"""What is written under a field of a model is what its JSON Schema says of the field."""

import subprocess
import sys
from typing import Annotated, Any, Generic, TypeVar

from pydantic import Field

from tests.architecture.test_budgets import ROOT
from tools import schema
from tools.contract import Model, Page

Kind = TypeVar("Kind")


class Door(Model):
    """A way in."""

    width: int = 90
    """In centimetres.

    Of the opening, not the leaf.
    """

    colour: str
    height: Annotated[int, Field(description="Said in the declaration.")]
    """Said under it."""


class Gate(Door):
    colour: str
    """As people call it."""

    width: int = 300


class Row(Model, Generic[Kind]):
    first: Kind
    """The one next to the road."""


class House(Row[Door]):
    doors: Page[Door]
    """All of them."""

    class Roof(Model):
        pitch: int
        """In degrees."""


def said(model: type[Model]) -> dict[str, str | None]:
    properties: dict[str, Any] = schema.of(model)["properties"]
    return {name: each.get("description") for name, each in properties.items()}


def test_a_field_is_described_by_the_text_under_it_unless_its_declaration_does() -> None:
    assert said(Door) == {
        "width": "In centimetres.\n\nOf the opening, not the leaf.",
        "colour": None,
        "height": "Said in the declaration.",
    }


def test_a_field_is_described_where_it_was_declared_last() -> None:
    assert said(Gate) == {
        "width": None,
        "colour": "As people call it.",
        "height": "Said in the declaration.",
    }


def test_what_is_inherited_from_a_generic_model_is_described_too() -> None:
    assert said(House) == {"first": "The one next to the road.", "doors": "All of them."}
    assert said(Page[Door])["next_cursor"] == "Opaque and signed; null on the last page."


def test_a_reference_to_another_model_is_described_beside_it_and_not_within() -> None:
    told = House.model_json_schema()
    assert told["properties"]["first"] == {
        "$ref": "#/$defs/Door",
        "description": "The one next to the road.",
    }
    assert told["$defs"]["Door"]["description"] == "A way in."


def test_models_within_classes_and_functions_are_described() -> None:
    class Bell(Model):
        tone: str
        """What is heard."""

    assert said(House.Roof) == {"pitch": "In degrees."}
    assert said(Bell) == {"tone": "What is heard."}


def test_a_model_without_source_has_no_texts() -> None:
    program = (
        "from tools.contract import Model\n"
        "class Typed(Model):\n"
        "    name: str\n"
        "    'Under it.'\n"
        "print(Typed.model_json_schema()['properties']['name'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=ROOT
    )
    assert done.stdout.strip() == "{'title': 'Name', 'type': 'string'}"
