"""TypeScript for the widgets: what every tool takes and gives, and which widget shows its answers.

It is written from the same schemas that hosts and REST clients get, so a widget that calls a tool by a wrong
name, with a wrong argument, or reads a field that is not there, does not compile.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema

from facade import paths
from tools.catalog import Catalog
from tools.consent import Preview
from tools.contract import AnyTool
from tools.discovery import vocabulary

_HEAD: Final = "// Generated from the tools by `make types`; a change here is lost.\n"
_SIMPLE: Final[Mapping[str, str]] = {
    "string": "string",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "null": "null",
}
_REFERENCE: Final = "#/$defs/"


class _Whole(GenerateJsonSchema):
    """Knows that an answer has all of its fields, those with a default too."""

    def field_is_required(self, field: Any, total: bool) -> bool:
        return self.mode == "serialization" or super().field_is_required(field, total)


def tools(catalog: Catalog) -> str:
    """`types/tools.ts`: an interface for every model, and `Tools`, the input and output of each tool."""
    offered = catalog.on("mcp")
    models = _models(offered)
    names, schema = models_json_schema(models, ref_template=_REFERENCE + "{model}", schema_generator=_Whole)
    definitions = cast("dict[str, dict[str, Any]]", schema["$defs"])
    called = {key: _type(reference) for key, reference in names.items()}
    parts = [_HEAD, *(_declared(name, definitions[name]) for name in sorted(definitions))]
    parts.append(_interface("Tools", {each.name: _signature(each, called) for each in offered}))
    parts.append("export type ToolName = keyof Tools;\n")
    writes = _list(each.name for each in offered if not each.reads)
    parts.append(
        f"/** A call of these changes something. */\nexport const WRITES: readonly ToolName[] = {writes};\n"
    )
    return "\n".join(parts)


def widgets(catalog: Catalog) -> str:
    """`types/widgets.ts`: the tools whose answers each widget shows."""
    bound = bindings(catalog)
    entries = {_key(name): " | ".join(map(json.dumps, shown)) for name, shown in bound.items()}
    values = "".join(f"  {_key(name)}: {_list(shown)},\n" for name, shown in bound.items())
    return "\n".join(
        [
            _HEAD,
            _interface("Widgets", entries),
            "export type WidgetName = keyof Widgets;\n",
            f"export const SHOWS: {{ readonly [W in WidgetName]: readonly Widgets[W][] }} = "
            f"{{\n{values}}};\n",
        ]
    )


def routes(catalog: Catalog) -> str:
    """`types/routes.ts`: the REST operation of every tool, for pages of our own that carry widgets' calls."""
    offered = [paths.binding(each) for each in catalog.on("mcp") if "rest" in each.surfaces]
    lines = "".join(f"  {each.tool.name}: {json.dumps([each.method, each.path])},\n" for each in offered)
    kind = "Readonly<Record<string, readonly [string, string]>>"
    return f"{_HEAD}\nexport const ROUTES: {kind} = {{\n{lines}}};\n"


def amenities() -> str:
    """`types/amenities.ts`: every amenity by its key, as people call it in each language."""
    known = vocabulary.AMENITIES.values()
    lines = "".join(f"  {each.key}: {_pair(each.english, each.hindi)},\n" for each in known)
    kind = "{ readonly [key: string]: readonly [english: string, hindi: string] }"
    return f"{_HEAD}\nexport const AMENITIES: {kind} = {{\n{lines}}};\n"


def bindings(catalog: Catalog) -> dict[str, list[str]]:
    """The tools that are bound to each widget."""
    found: dict[str, list[str]] = {}
    for each in catalog.on("mcp"):
        if each.widget is not None:
            found.setdefault(each.widget, []).append(each.name)
    return dict(sorted(found.items()))


def _models(offered: Iterable[AnyTool]) -> list[tuple[type[BaseModel], JsonSchemaMode]]:
    wanted: dict[tuple[type[BaseModel], JsonSchemaMode], None] = {(Preview, "serialization"): None}
    for each in offered:
        wanted[each.takes, "validation"] = None
        wanted[each.gives, "serialization"] = None
    return list(wanted)


def _signature(tool: AnyTool, called: Mapping[Any, str]) -> str:
    gives = called[tool.gives, "serialization"]
    if tool.consent is not None:
        gives = f"{gives} | {called[Preview, 'serialization']}"
    return f"{{ takes: {called[tool.takes, 'validation']}; gives: {gives} }}"


def _declared(name: str, schema: Mapping[str, Any]) -> str:
    if "properties" not in schema and schema.get("type") != "object":
        return f"{_said(schema, '')}export type {_identifier(name)} = {_type(schema)};\n"
    required = set(schema.get("required", ()))
    properties = cast("dict[str, dict[str, Any]]", schema.get("properties", {}))
    lines = [
        f"{_said(each, '  ')}  {_key(field)}{'' if field in required else '?'}: {_type(each)};\n"
        for field, each in properties.items()
    ]
    return f"{_said(schema, '')}export interface {_identifier(name)} {{\n{''.join(lines)}}}\n"


def _interface(name: str, entries: Mapping[str, str]) -> str:
    lines = "".join(f"  {key}: {kind};\n" for key, kind in entries.items())
    return f"export interface {name} {{\n{lines}}}\n"


def _type(schema: Mapping[str, Any]) -> str:
    """The TypeScript type of a JSON Schema, as pydantic writes them."""
    match schema:
        case {"$ref": str(reference)}:
            return _identifier(reference.removeprefix(_REFERENCE))
        case {"const": value}:
            return json.dumps(value)
        case {"enum": list(values)}:
            return " | ".join(json.dumps(each) for each in cast("list[Any]", values))
        case {"anyOf": list(options)} | {"oneOf": list(options)}:
            return " | ".join(dict.fromkeys(_type(each) for each in cast("list[dict[str, Any]]", options)))
        case {"type": "array", "prefixItems": list(items)}:
            return f"[{', '.join(_type(each) for each in cast('list[dict[str, Any]]', items))}]"
        case {"type": "array"}:
            return _array(_type(schema.get("items", {})))
        case {"type": "object"}:
            beyond = schema.get("additionalProperties")
            kind = _type(cast("dict[str, Any]", beyond)) if isinstance(beyond, dict) else "unknown"
            return f"Record<string, {kind}>"
        case {"type": str(kind)}:
            return _SIMPLE[kind]
        case {"type": list(kinds)}:
            return " | ".join(_SIMPLE[each] for each in cast("list[str]", kinds))
        case _:
            return "unknown"


def _array(kind: str) -> str:
    return f"({kind})[]" if "|" in kind else f"{kind}[]"


def _said(schema: Mapping[str, Any], indent: str) -> str:
    said = " ".join(str(schema.get("description", "")).split()).replace("*/", "* /")
    return f"{indent}/** {said} */\n" if said else ""


def _identifier(name: str) -> str:
    return re.sub(r"\W+", "_", name).strip("_")


def _key(name: str) -> str:
    return name if name.isidentifier() else json.dumps(name)


def _pair(english: str, hindi: str) -> str:
    return json.dumps([english, hindi], ensure_ascii=False)


def _list(names: Iterable[str]) -> str:
    return json.dumps(sorted(names))
