"""What must hold for every tool, whoever writes it."""

from typing import Any

import pytest

from tests.catalog import snapshots
from tools import schema
from tools.catalog import Catalog, whole
from tools.contract import AnyTool, Page

OBVIOUS = {"id", "ids", "limit", "kinds", "locality", "sector", "society", "lat", "lng", "source", "purpose"}
"""Input fields whose names say it all."""

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
    if tool.audience != "guest" and tool.surfaces:
        assert tool.scope is not None


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
