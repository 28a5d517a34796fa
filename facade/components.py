"""The shared parts of the OpenAPI document: schemas of all models at once, refusals, headers."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from facade import security
from facade.paths import Binding, Unroutable
from tools import schema
from tools.consent import Preview

Schema = dict[str, Any]
_IN_COMPONENTS = "#/components/schemas/{model}"
_REFERENCE = re.compile(r'"#/components/(\w+)/([^"]+)"')
_GENERIC = re.compile(r"(\w+)\[(\w+)\]")


class _Generator(schema.Generator):
    """Calls `Page[PropertyCard]` a `PropertyCardPage`."""

    def normalize_name(self, name: str) -> str:
        return super().normalize_name(_GENERIC.sub(r"\2\1", name))


@dataclass(frozen=True)
class Components:
    """Every model's schema under its name, and where each input and output is found."""

    schemas: dict[str, Schema]
    references: dict[tuple[type[BaseModel], JsonSchemaMode], Schema]
    found: Sequence[Binding]

    def takes(self, binding: Binding) -> Schema:
        """The whole schema of a tool's input."""
        reference = self.references[binding.tool.takes, "validation"]["$ref"]
        return self.schemas[reference.rsplit("/", 1)[1]]

    def gives(self, binding: Binding) -> Schema:
        """A reference to the schema of a tool's answer."""
        return self.references[binding.tool.gives, "serialization"]

    def preview(self) -> Schema:
        """A reference to the schema of what a person is asked to confirm."""
        return self.references[Preview, "serialization"]

    def body(self, binding: Binding) -> Schema:
        """A reference to what is sent as the body of a write: its input without what the path says."""
        if not binding.placeholders:
            return self.references[binding.tool.takes, "validation"]
        whole = self.takes(binding)
        rest = {name: each for name, each in whole["properties"].items() if name not in binding.placeholders}
        required = [name for name in whole.get("required", []) if name in rest]
        name = f"{_camel(binding.tool.name)}Body"
        if name in self.schemas:
            raise Unroutable(f"{binding.tool.name}: there is already a model named {name}.")
        self.schemas[name] = {**whole, "properties": rest, "required": required}
        return {"$ref": _IN_COMPONENTS.format(model=name)}

    def document(self) -> dict[str, dict[str, Any]]:
        """The components section, whole."""
        return {
            "schemas": dict(sorted(self.schemas.items())) | {"Problem": _PROBLEM},
            "responses": {name: _response(*said) for name, said in REFUSALS.items()},
            "parameters": {"IdempotencyKey": _IDEMPOTENCY_KEY},
            "headers": _HEADERS,
            "securitySchemes": security.schemes(self.found),
        }


def components(found: Sequence[Binding]) -> Components:
    """The schemas of everything that these tools take and give, each model once."""
    wanted: dict[tuple[type[BaseModel], JsonSchemaMode], None] = {}
    for binding in found:
        wanted[binding.tool.takes, "validation"] = None
        wanted[binding.tool.gives, "serialization"] = None
        if binding.tool.consent is not None:
            wanted[Preview, "serialization"] = None
    if not wanted:
        return Components({}, {}, found)
    references, whole = models_json_schema(
        list(wanted), ref_template=_IN_COMPONENTS, schema_generator=_Generator
    )
    schemas = cast("dict[str, Schema]", whole["$defs"])
    _refuse_namesakes(schemas)
    for each in schemas.values():
        each.pop("title", None)
    return Components(schemas, cast("Any", references), found)


def reachable(parts: dict[str, dict[str, Any]], paths: object) -> dict[str, dict[str, Any]]:
    """Of these components, those that the paths refer to, directly or through others."""
    kept = {("securitySchemes", name) for name in parts["securitySchemes"]}
    new = set(_references(paths))
    while new:
        kept |= new
        new = {each for kind, name in new for each in _references(parts[kind][name])} - kept
    trimmed = {
        kind: {name: each for name, each in members.items() if (kind, name) in kept}
        for kind, members in parts.items()
    }
    return {kind: members for kind, members in trimmed.items() if members}


def _references(node: object) -> Iterator[tuple[str, str]]:
    for match in _REFERENCE.finditer(json.dumps(node)):
        yield match[1], match[2]


def _refuse_namesakes(schemas: Iterable[str]) -> None:
    for name in schemas:
        if "__" in name:
            short = re.split(r"__", name)[-1]
            raise Unroutable(f"two models are named {short!r}, one of them in {name.replace('__', '.')}.")


def _camel(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


def _response(description: str, code: str, message: str, *headers: str) -> Schema:
    error = {"code": code, "message": message, "details": None}
    said: Schema = {"description": description}
    if headers:
        said["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in headers}
    content = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": {"error": error}}
    return said | {"content": {"application/json": content}}


REFUSALS: dict[str, tuple[str, ...]] = {
    "BadRequest": (
        "The body is not JSON, or the Idempotency-Key is not well-formed.",
        "malformed_json",
        "The body is not JSON. Send one JSON object.",
    ),
    "Unauthorized": (
        "Nobody is signed in, or the sign-in is no longer valid.",
        "sign_in_required",
        "Sign in to do this.",
        "WWW-Authenticate",
    ),
    "Forbidden": (
        "The caller may not do this, or the token lacks a scope, which `WWW-Authenticate` then names.",
        "forbidden",
        "You may not do this.",
    ),
    "NotFound": (
        "What the path, a field or the token names does not exist.",
        "not_found",
        "There is no such thing.",
    ),
    "Conflict": (
        "Each field is well-formed, but they do not go together, or something else is in the way.",
        "conflict",
        "Something else is in the way.",
    ),
    "WriteConflict": (
        "Each field is well-formed, but they do not go together, or something else is in the way. With an "
        "Idempotency-Key: `key_reused`, it was used with other arguments; `key_in_flight`, the request with "
        "it is still under way, and `Retry-After` says when to ask for its answer; `answer_gone`, it was "
        "done, and its answer can no longer be shown.",
        "key_reused",
        "This idempotency key was used with other arguments. Take a new key for a new request.",
        "Retry-After",
    ),
    "TooLarge": (
        "The body is larger than one mebibyte.",
        "too_large",
        "The body is larger than one mebibyte. Send less at once.",
    ),
    "UnsupportedMediaType": (
        "The body is not sent as application/json.",
        "unsupported_media_type",
        "The body must be JSON: send it with Content-Type: application/json.",
    ),
    "Invalid": (
        "A field is missing, unknown, or not of the stated form. `details` names each.",
        "invalid",
        "limit: Input should be less than or equal to 50.",
    ),
    "TooMany": (
        "Too many requests from this caller.",
        "too_many",
        "Too many requests. Wait a little.",
        "Retry-After",
    ),
    "Unavailable": (
        "A part that this needs is not available right now.",
        "unavailable",
        "This part is not available right now. Try again in a moment.",
        "Retry-After",
    ),
}

_PROBLEM: Schema = {
    "description": "Why something was refused.",
    "type": "object",
    "additionalProperties": False,
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "additionalProperties": False,
            "required": ["code", "message", "details"],
            "properties": {
                "code": {
                    "type": "string",
                    "description": "Stable, for a program.",
                    "pattern": "^[A-Za-z0-9_]+$",
                },
                "message": {"type": "string", "description": "A sentence for a person.", "minLength": 1},
                "details": {"description": "More, where there is more: for a 422, the fields in question."},
            },
        }
    },
}

_HEADERS: Schema = {
    "ETag": {
        "description": "Names exactly these bytes; send it back as `If-None-Match`.",
        "schema": {"type": "string"},
    },
    "Location": {
        "description": "Where to ask how it stands.",
        "schema": {"type": "string", "format": "uri-reference"},
    },
    "Link": {
        "description": 'The address of the next page, as `rel="next"`; absent on the last.',
        "schema": {"type": "string"},
    },
    "Retry-After": {
        "description": "Seconds to wait before trying again.",
        "schema": {"type": "integer", "minimum": 0},
    },
    "WWW-Authenticate": {
        "description": "How to sign in.",
        "required": True,
        "schema": {"type": "string"},
    },
}

_IDEMPOTENCY_KEY: Schema = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": (
        "Visible ASCII chosen by the client, such as a UUID; the same when a write is repeated. A repetition "
        "within 48 hours is not done again and gets the first one's status and answer. Keys are the person's "
        "own, for each operation. What was refused is not kept, and neither is what guests do."
    ),
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
}
