"""Toolsets: a host that asks for some domains in its address is listed the tools of those alone."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

from facade.problems import BadRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tools.contract import AnyTool
    from widgets import Widget

LISTED: ContextVar[frozenset[str] | None] = ContextVar("listed", default=None)
"""The names of the tools that this request is told of; None for all. What is not listed can be called."""

PARAMETER: Final = "toolsets"


class NoSuchToolset(BadRequest):
    """There is no such toolset."""


def toolsets(tools: Mapping[str, AnyTool], widgets: Mapping[str, Widget]) -> dict[str, frozenset[str]]:
    """By domain, its tools by name, with those that their widgets call: hosts let them call no others."""
    found: dict[str, set[str]] = {}
    for tool in tools.values():
        names = found.setdefault(tool.domain, set())
        names.add(tool.name)
        shown = None if tool.widget is None else widgets.get(tool.widget)
        names.update(tools.keys() & set(shown.calls if shown is not None else ()))
    return {domain: frozenset(names) for domain, names in sorted(found.items())}


def listed(query: bytes, known: Mapping[str, frozenset[str]]) -> frozenset[str] | None:
    """The names that a request's query asks for; None where it asks for no toolsets."""
    given = parse_qs(query.decode("latin-1"), keep_blank_values=True).get(PARAMETER)
    if given is None:
        return None
    names = [name.strip() for each in given for name in each.split(",")]
    if unknown := sorted(set(names) - known.keys()):
        said = ", ".join(repr(name[:40]) for name in unknown[:5])
        there = ", ".join(known)
        message = f"There is no toolset {said}. There are: {there}."
        raise NoSuchToolset(message, details={"toolsets": list(known)})
    return frozenset[str]().union(*(known[name] for name in names))
