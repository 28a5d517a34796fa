"""What must hold for every tool, whoever writes it."""

import importlib
import pkgutil
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest

import tools
from tests.architecture.test_budgets import ROOT
from tests.catalog import snapshots
from tools import schema
from tools.catalog import Catalog, whole
from tools.contract import AnyTool, Page

OBVIOUS = {"id", "ids", "limit", "kinds", "locality", "sector", "society", "lat", "lng", "source", "purpose"}
"""Input fields whose names say it all."""

REACHING_NO_FURTHER = {
    "action_status": "an app sees only what it asked for itself",
    "confirm_action": "what is confirmed asks for its own scope again",
    "decline_action": "an app declines only what it asked for itself",
    "list_waiting_actions": "an app sees only what it asked for itself",
    "undo_action": "what takes it back asks for its own scope",
}
"""Tools for whoever has signed in that need no scope of their own, and why."""

TOOLS = [pytest.param(tool, id=tool.name) for tool in sorted(whole(), key=lambda tool: tool.name)]


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_says_shortly_what_the_caller_gets(tool: AnyTool) -> None:
    assert tool.summary.endswith(".")
    assert 20 <= len(tool.summary) <= 300


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_is_named_by_a_verb_and_a_noun(tool: AnyTool) -> None:
    assert "_" in tool.name
    assert not tool.name.startswith(("owner_", "agent_", "admin_", "user_"))


@pytest.mark.parametrize("tool", TOOLS)
def test_every_input_that_needs_explaining_is_explained(tool: AnyTool) -> None:
    properties: dict[str, dict[str, Any]] = schema.of(tool.takes).get("properties", {})
    assert [
        name for name, field in properties.items() if name not in OBVIOUS and not field.get("description")
    ] == []


@pytest.mark.parametrize("tool", TOOLS)
def test_inputs_are_flat_for_models_that_reject_combinators(tool: AnyTool) -> None:
    top = schema.of(tool.takes)
    assert top["type"] == "object"
    assert top["additionalProperties"] is False
    assert {"anyOf", "oneOf", "allOf"} & set(top) == set()


@pytest.mark.parametrize("tool", TOOLS)
def test_whoever_must_sign_in_needs_a_scope(tool: AnyTool) -> None:
    if tool.audience != "guest" and tool.surfaces and tool.name not in REACHING_NO_FURTHER:
        assert tool.scope is not None


@pytest.mark.parametrize("tool", TOOLS)
def test_what_needs_consent_is_a_write_of_somebody_who_has_signed_in(tool: AnyTool) -> None:
    if tool.consent is not None:
        assert not tool.reads
        assert tool.audience != "guest"
        assert tool.surfaces


@pytest.mark.parametrize("tool", TOOLS)
def test_what_can_be_taken_back_is_taken_back_by_a_write_that_the_same_caller_may_make(
    tool: AnyTool, catalog: Catalog
) -> None:
    if tool.undo is not None:
        inverse = catalog[tool.undo.tool]
        assert not tool.reads
        assert not inverse.reads
        assert inverse.consent is None, "nothing would ask for it"
        assert (inverse.audience, inverse.scopes) == (tool.audience, tool.scopes)
        assert tool.undo.within > timedelta(0)


@pytest.mark.parametrize("tool", TOOLS)
def test_what_is_for_widgets_alone_is_shown_to_no_model(tool: AnyTool) -> None:
    if tool.app_only:
        assert "agent" not in tool.surfaces
        assert "mcp" in tool.surfaces


@pytest.mark.parametrize("tool", TOOLS)
def test_a_list_is_a_page(tool: AnyTool) -> None:
    outputs = schema.of(tool.gives, "serialization")["properties"]
    if "next_cursor" in outputs:
        assert issubclass(tool.gives, Page)
        assert {"items", "next_cursor", "has_more"} <= set(outputs)
        assert "cursor" in tool.takes.model_fields


@pytest.mark.requirement("K1")
def test_every_tool_is_as_it_was_agreed_to(catalog: Catalog) -> None:
    """A changed schema is a changed promise: write the snapshots anew and look at the difference."""
    assert snapshots.current(catalog) == snapshots.committed()


def test_tools_are_declared_in_the_files_of_their_domains_and_not_below(catalog: Catalog) -> None:
    everything = [
        importlib.import_module(each.name) for each in pkgutil.walk_packages(tools.__path__, "tools.")
    ]
    assert set(Catalog.of(everything).tools) == set(catalog.tools)
    assert set(Catalog.of(everything).prompts) == set(catalog.prompts)


def test_importing_the_catalog_builds_no_model() -> None:
    program = (
        "from tools.catalog import whole\n"
        "from tools.contract import Model\n"
        "catalog, models = whole(), [*Model.__subclasses__()]\n"
        "for each in models: models += each.__subclasses__()\n"
        "assert len(models) > len(catalog)\n"
        "print(*[each.__qualname__ for each in models if each.__pydantic_complete__])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=ROOT
    )
    # Pydantic builds a generic model before it makes others of it.
    assert done.stdout.split() == ["Page"]
