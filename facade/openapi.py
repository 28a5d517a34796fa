"""The OpenAPI 3.1 document of the REST surface, generated from the catalog."""

import json
import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from facade import operations
from facade.components import components, reachable
from facade.paths import PREFIX, Binding, bindings
from tools.catalog import Catalog

VERSION = "1.0.0"
Document = dict[str, Any]
_NOTHING: Mapping[str, Document] = MappingProxyType({})

_ABOUT = """\
Find, compare and understand property in Gurugram. Every operation here is also a tool over MCP and in the
chat, and answers the same there.

Reads are GET with an `ETag`; send it back as `If-None-Match` to learn with a 304 that nothing changed. A list
is given by repeating its parameter. Pages are walked by `next_cursor`, which is also in the `Link` header.
Writes take one JSON object and, if it is to be safe to repeat them, an `Idempotency-Key`: with the same key
nothing is done twice, and the answer is the first one's. What is consequential answers 202 with a preview and
changes nothing before the person has confirmed it on the page that the preview names; `action_status` tells
how it stands, with the answer once it is done. `my_activity` lists what was done, and `undo_action` takes
back what can be.

Whatever is refused is refused as `{"error": {"code", "message", "details"}}`: the message is a sentence for a
person, the code is stable and for a program. Amounts are in rupees, times in UTC."""


def document(
    catalog: Catalog, version: str = VERSION, *, beside: Mapping[str, Document] = _NOTHING
) -> Document:
    """The whole document, with the paths `beside` those of tools.

    Raises `Unroutable` where the catalog has two models or two routes of one name.
    """
    found = bindings(catalog)
    parts = components(found)
    paths: dict[str, dict[str, Any]] = {}
    for binding in found:
        at = paths.setdefault(PREFIX + binding.path, {})
        at[binding.method.lower()] = operations.operation(binding, parts)
    for path, others in beside.items():
        paths.setdefault(path, {}).update(others)
    return {
        "openapi": "3.1.1",
        "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
        "info": _info(version),
        "servers": [{"url": "/", "description": "This server"}],
        "tags": _tags(found),
        "paths": paths,
        "components": reachable(parts.document(), paths),
    }


def text(catalog: Catalog, version: str = VERSION, *, beside: Mapping[str, Document] = _NOTHING) -> str:
    """The document as it is committed and served: the same catalog gives the same bytes."""
    return json.dumps(document(catalog, version, beside=beside), ensure_ascii=False, indent=2) + "\n"


def _info(version: str) -> Document:
    return {
        "title": "360 Ghar",
        "summary": "Indian real estate, written once as typed tools.",
        "description": _ABOUT,
        "version": version,
        "license": {"name": "MIT", "identifier": "MIT"},
        "contact": {"name": "360 Ghar"},
    }


def _tags(found: list[Binding]) -> list[Document]:
    domains = sorted({binding.tool.domain for binding in found})
    return [{"name": name, "description": _about(name)} for name in domains]


def _about(domain: str) -> str:
    """What the package of a domain says of itself; tests declare tools elsewhere."""
    package = sys.modules.get(f"tools.{domain}")
    return (package and package.__doc__) or f"{domain.capitalize()}."
