"""One tool as an OpenAPI operation."""

from datetime import timedelta
from typing import Any

from facade import security
from facade.components import Components, Schema
from facade.paths import Binding
from facade.query import without_null
from tools.blocks import JSON
from tools.contract import AnyTool, Consent

_ALWAYS = {
    "401": "Unauthorized",
    "409": "Conflict",
    "422": "Invalid",
    "429": "TooMany",
    "503": "Unavailable",
}
_UNITS = {"day": timedelta(days=1), "hour": timedelta(hours=1), "minute": timedelta(minutes=1)}
_CONSENTS: dict[Consent, str] = {
    "page": "Changes nothing before the person has confirmed it, on our page or in our chat.",
    "host": "Changes nothing before the person has confirmed it, on our page or in their assistant.",
}
_CONFIRMED = "The answer, to the key of a call that the person's assistant had them confirm in the meantime."
_PROPOSED: Schema = {
    "description": (
        "Nothing has been done yet: what would be, and where the person confirms it. Once it is done, "
        "`action_status` gives the answer."
    ),
    "headers": {"Location": {"$ref": "#/components/headers/Location"}},
}
_BODIES = {"413": "TooLarge", "415": "UnsupportedMediaType"}


def operation(binding: Binding, parts: Components) -> Schema:
    """The operation of a tool: its parameters, its body, and every status that it can answer with."""
    tool = binding.tool
    said: Schema = {
        "operationId": tool.name,
        "summary": tool.title,
        "description": _description(tool),
        "tags": [tool.domain],
        "security": security.of(tool),
    }
    if parameters := _parameters(binding, parts):
        said["parameters"] = parameters
    if body := _body(binding, parts):
        said["requestBody"] = body
    return said | {"responses": _responses(binding, parts)}


def _description(tool: AnyTool) -> str:
    said = [tool.summary]
    if tool.scopes:
        said.append(f"Needs {' and '.join(f'`{scope}`' for scope in tool.scopes)}.")
    if tool.consent is not None:
        said.append(_CONSENTS[tool.consent])
    if tool.undo is not None:
        said.append(f"`undo_action` takes it back within {words(tool.undo.within)}.")
    return " ".join(said)


def words(time: timedelta) -> str:
    """A span of time as it is read: its whole days, hours or minutes."""
    for unit, length in _UNITS.items():
        if time >= length and not time % length:
            number = time // length
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return f"{time.total_seconds():g} seconds"


def _parameters(binding: Binding, parts: Components) -> list[Schema]:
    whole = parts.takes(binding)
    properties = whole.get("properties", {})
    found = [_parameter(name, "path", properties[name], required=True) for name in binding.placeholders]
    if binding.in_query:
        required = whole.get("required", [])
        found += [
            _parameter(name, "query", each, required=name in required)
            for name, each in properties.items()
            if name not in binding.placeholders
        ]
    if binding.method != "GET":
        found.append({"$ref": "#/components/parameters/IdempotencyKey"})
    return found


def _parameter(name: str, place: str, said: Schema, *, required: bool) -> Schema:
    schema = without_null(said)
    parameter: Schema = {"name": name, "in": place, "required": required}
    description = schema.pop("description", None)
    if description:
        parameter["description"] = description
    examples = schema.pop("examples", None)
    if examples:
        parameter["example"] = examples[0]
    return parameter | {"schema": schema}


def _body(binding: Binding, parts: Components) -> Schema | None:
    if binding.in_query:
        return None
    whole = parts.takes(binding)
    rest = whole.get("properties", {}).keys() - set(binding.placeholders)
    if not rest:
        return None
    required = bool(rest & set(whole.get("required", [])))
    return {"required": required, "content": {"application/json": {"schema": parts.body(binding)}}}


def _responses(binding: Binding, parts: Components) -> dict[str, Any]:
    found: dict[str, Any] = {"200": _answer(binding, parts)}
    if binding.tool.consent is not None:
        found["200"]["description"] = _CONFIRMED
        found["202"] = _PROPOSED | {"content": {"application/json": {"schema": parts.preview()}}}
    if binding.method == "GET":
        found["304"] = {
            "description": "What the client holds, as named by If-None-Match, is still right.",
            "headers": {"ETag": _header("ETag")},
        }
    found |= {
        status: {"$ref": f"#/components/responses/{name}"} for status, name in _refusals(binding).items()
    }
    return dict(sorted(found.items()))


def _refusals(binding: Binding) -> dict[str, str]:
    found = dict(_ALWAYS)
    if binding.tool.scopes:
        found["403"] = "Forbidden"
    if binding.tool.takes.model_fields or binding.tool.scopes:
        found["404"] = "NotFound"
    if binding.method != "GET":
        found |= {"400": "BadRequest", "409": "WriteConflict"}
    if not binding.in_query:
        found |= _BODIES
    return found


def _answer(binding: Binding, parts: Components) -> Schema:
    headers: Schema = {}
    if binding.method == "GET":
        headers["ETag"] = _header("ETag")
        if "next_cursor" in binding.tool.gives.model_fields:
            headers["Link"] = _header("Link")
    answer: Schema = {"description": "The answer."}
    if headers:
        answer["headers"] = headers
    if binding.tool.resource_mime != JSON:
        return answer | {"content": {binding.tool.resource_mime: {"schema": {"type": "string"}}}}
    return answer | {"content": {JSON: {"schema": parts.gives(binding)}}}


def _header(name: str) -> Schema:
    return {"$ref": f"#/components/headers/{name}"}
