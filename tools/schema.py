"""JSON Schemas of what tools take and give: 2020-12, without titles, each whole in itself."""

from functools import cache
from typing import Any, cast

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode

_SAID = {
    "description", "default", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength",
    "maxLength", "minItems", "maxItems", "pattern", "additionalProperties", "enum", "format",
}  # fmt: skip
"""What a schema says beyond names and types."""


class Generator(GenerateJsonSchema):
    """Leaves out field titles, which repeat the field's name and cost every model that reads them tokens."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


@cache
def of(model: type[BaseModel], mode: JsonSchemaMode = "validation") -> dict[str, Any]:
    """The schema of `model` with every reference put in its place."""
    schema = model.model_json_schema(mode=mode, schema_generator=Generator)
    definitions = schema.pop("$defs", {})
    whole = _inlined(schema, definitions, ())
    whole.pop("title", None)
    return whole


@cache
def asked(model: type[BaseModel]) -> dict[str, Any]:
    """The schema of what is taken, as the list of tools tells it: the same, said in fewer words."""
    whole: dict[str, Any] = _briefly(of(model))
    if not whole.get("properties"):
        whole.pop("description", None)
    return whole


@cache
def shape(*models: type[BaseModel]) -> dict[str, Any]:
    """The schema of what is given, names and types alone: every host reads the list of tools, all of it.

    Of several models it is any one of them. Objects within the answer are told as objects, and nothing as
    required. It admits fields and values that it does not name, so that a host that keeps the list for a
    while can still read what a newer release gives.
    """
    shapes = [_bare(of(model, "serialization"), whole=True) for model in models]
    return shapes[0] if len(shapes) == 1 else {"type": "object", "anyOf": shapes}


def _bare(node: object, *, whole: bool = False) -> Any:
    """The bare form of a schema; of objects their fields only where it is that of the whole answer."""
    if isinstance(node, list):
        return [_bare(each) for each in cast("list[object]", node)]
    if not isinstance(node, dict):
        return node
    members = cast("dict[str, Any]", node)
    if not isinstance(members.get("properties"), dict):
        bare = {key: _bare(each) for key, each in members.items() if key not in _SAID}
        return _nullable(bare) or bare
    if not whole:
        return {"type": "object"}
    # What is named here are fields, whatever their names; below them keywords begin again.
    return {
        "type": "object",
        "properties": {name: _bare(each) for name, each in members["properties"].items()},
    }


def _briefly(node: object) -> Any:
    if isinstance(node, list):
        return [_briefly(each) for each in cast("list[object]", node)]
    if not isinstance(node, dict):
        return node
    members = {key: _briefly(each) for key, each in cast("dict[str, Any]", node).items()}
    short = _nullable({key: members[key] for key in members.keys() & {"anyOf"}})
    if short is None or members.get("default", 0) is not None:
        return members
    return short | {key: each for key, each in members.items() if key not in {"anyOf", "default"}}


def _nullable(bare: dict[str, Any]) -> dict[str, Any] | None:
    """The short form of a text, number or choice that can be null, which every answer is full of."""
    match bare:
        case {"anyOf": [{"type": str(kind)} as some, {"type": "null"}], **beside} if not beside:
            short = some | {"type": [kind, "null"]}
            return short | {"enum": [*some["enum"], None]} if "enum" in some else short
        case _:
            return None


def _inlined(node: object, definitions: dict[str, Any], inside: tuple[str, ...]) -> Any:
    if isinstance(node, list):
        return [_inlined(each, definitions, inside) for each in cast("list[object]", node)]
    if not isinstance(node, dict):
        return node
    members = cast("dict[str, object]", node)
    reference = members.get("$ref")
    if not isinstance(reference, str):
        return {key: _inlined(each, definitions, inside) for key, each in members.items()}
    name = reference.rsplit("/", 1)[1]
    if name in inside:
        raise TypeError(f"the model {name!r} contains itself; tool schemas must be finite")
    target = {key: each for key, each in definitions[name].items() if key != "title"}
    beside = {key: each for key, each in members.items() if key != "$ref"}
    return _inlined(target | beside, definitions, (*inside, name))
