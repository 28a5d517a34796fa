"""Where each tool lives: its method and path, declared or derived, checked when the routes are built."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, cast, get_args

from facade import query
from tools.catalog import Catalog
from tools.contract import AnyTool

PREFIX = "/api/v1"
Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]

_DECLARED = re.compile(r"(?P<method>[A-Z]+) (?P<path>(?:/(?:[a-z0-9-]+|\{[a-z_][a-z0-9_]*\}))+)")
_PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
_GETS = frozenset({"get", "list", "find"})
_PATCHES = frozenset({"update", "edit", "change"})
_PUTS = frozenset({"set", "replace"})
_CREATES = frozenset({"create", "add", "request", "book", "start"})


class Unroutable(ValueError):
    """A tool cannot be given an address; the message says which and why."""


@dataclass(frozen=True)
class Binding:
    """A tool at its method and path. The path has no prefix; placeholders are input fields."""

    tool: AnyTool
    method: Method
    path: str

    @cached_property
    def placeholders(self) -> tuple[str, ...]:
        return tuple(_PLACEHOLDER.findall(self.path))

    @property
    def in_query(self) -> bool:
        """Whether the fields that are not in the path come in the query string rather than in a body."""
        return self.method in ("GET", "DELETE")

    @property
    def shape(self) -> str:
        """The path with its placeholders made alike: two paths of one shape are one address."""
        return _PLACEHOLDER.sub("{}", self.path)


def bindings(catalog: Catalog) -> list[Binding]:
    """Every tool of the REST surface at its address, by path. Refuses a catalog in which two would clash."""
    found = [binding(tool) for tool in catalog.on("rest")]
    _refuse_clashes(found)
    return sorted(found, key=lambda each: (each.path, each.method))


def binding(tool: AnyTool) -> Binding:
    """A tool at its address. Raises `Unroutable` where its inputs do not fit there."""
    method, path = _declared(tool) if tool.http else _derived(tool)
    bound = Binding(tool, method, path)
    _check(bound)
    return bound


def _declared(tool: AnyTool) -> tuple[Method, str]:
    match = _DECLARED.fullmatch(tool.http or "")
    if match is None or match["method"] not in get_args(Method):
        raise Unroutable(
            f"{tool.name}: {tool.http!r} is not a method and a path such as 'GET /things/{{id}}'."
        )
    return cast("Method", match["method"]), match["path"]


def _derived(tool: AnyTool) -> tuple[Method, str]:
    """`get_lease` becomes `GET /management/lease/{id}`; a verb that HTTP does not have stays in the path."""
    verb, _, noun = tool.name.partition("_")
    thing = f"/{tool.domain}/{noun.replace('_', '-')}"
    whole = f"/{tool.domain}/{tool.name.replace('_', '-')}"
    one = _identifier(tool, noun)
    if tool.effect == "read":
        return "GET", (thing if verb in _GETS and noun else whole) + one
    if tool.effect == "destroy" and one:
        return "DELETE", thing + one
    if verb in _PATCHES and one:
        return "PATCH", thing + one
    if verb in _PUTS and tool.idempotent:
        return "PUT", thing + one
    return "POST", (thing if verb in _CREATES and noun else whole) + one


def _identifier(tool: AnyTool, noun: str) -> str:
    for name in ("id", f"{noun}_id"):
        field = tool.takes.model_fields.get(name)
        if field is not None and field.is_required():
            return f"/{{{name}}}"
    return ""


def _check(binding: Binding) -> None:
    tool, fields = binding.tool, binding.tool.takes.model_fields
    for name in binding.placeholders:
        if name not in fields:
            raise Unroutable(
                f"{tool.name}: the placeholder {{{name}}} is not a field of {tool.takes.__name__}."
            )
    if len(set(binding.placeholders)) < len(binding.placeholders):
        raise Unroutable(f"{tool.name}: a placeholder stands twice in {binding.path!r}.")
    if tool.reads != (binding.method == "GET"):
        raise Unroutable(f"{tool.name}: a {tool.effect} cannot be a {binding.method}.")
    kinds = query.kinds(tool.takes)
    for name, kind in kinds.items():
        if name in binding.placeholders and kind != "one":
            raise Unroutable(f"{tool.name}: {name!r} is not a single value, so it cannot stand in a path.")
        if binding.in_query and kind == "object":
            raise Unroutable(f"{tool.name}: {name!r} does not fit a query string; make it flat.")


def _refuse_clashes(found: Iterable[Binding]) -> None:
    taken: dict[tuple[str, str], Binding] = {}
    paths: dict[str, Binding] = {}
    for binding in found:
        other = taken.setdefault((binding.method, binding.shape), binding)
        if other is not binding:
            where = f"{binding.method} {binding.path}"
            raise Unroutable(f"{other.tool.name} and {binding.tool.name} are both at {where}.")
        other = paths.setdefault(binding.shape, binding)
        if other.path != binding.path:
            raise Unroutable(
                f"{other.tool.name} and {binding.tool.name} name the placeholders of one path differently: "
                f"{other.path} and {binding.path}."
            )
