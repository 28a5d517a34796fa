"""Widgets and tools name each other, fixtures are answers of their tools, and nothing has grown too large."""

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import widgets
from scripts import typescript
from tools.catalog import Catalog
from tools.consent import Preview
from tools.contract import AnyTool, Model

pytestmark = pytest.mark.requirement("S4")
FOLDER = Path(widgets.__file__).parent
NAMES = sorted(path.parent.name for path in FOLDER.glob("*/widget.json"))
MOST_BYTES = 64 * 1024


@cache
def cases(name: str) -> dict[str, dict[str, Any]]:
    return json.loads((FOLDER / name / "fixture.json").read_text())


def admits(model: type[Model], value: dict[str, Any]) -> bool:
    try:
        model.model_validate_json(json.dumps(value))
    except ValidationError:
        return False
    return True


def test_every_widget_that_a_tool_names_is_built(catalog: Catalog) -> None:
    named = {tool.widget for tool in catalog if tool.widget is not None}
    assert named == set(widgets.built(widgets.LOCAL))


def test_every_folder_of_a_widget_is_named_by_a_tool_and_built(catalog: Catalog) -> None:
    assert list(typescript.bindings(catalog)) == NAMES == sorted(widgets.built(widgets.LOCAL))


@pytest.mark.parametrize("name", NAMES)
def test_a_widget_is_small_enough_for_every_host(name: str) -> None:
    assert len(gzip.compress(widgets.built(widgets.LOCAL)[name].html.encode())) <= MOST_BYTES


@pytest.mark.parametrize("name", NAMES)
def test_a_widget_is_one_file_that_names_no_other(name: str) -> None:
    html = widgets.built(widgets.Site("https://ghar.example"))[name].html
    for way in ("<link", "src=", "@import", "url(http", "import(", 'from"http'):
        assert way not in html.partition("<script")[0]
    assert html.count("<script") == 1
    assert html.count("</script") == 1


@pytest.mark.parametrize("name", NAMES)
def test_what_a_widget_calls_is_a_tool_that_hosts_offer(catalog: Catalog, name: str) -> None:
    offered = {tool.name for tool in catalog.on("mcp")}
    assert widgets.built(widgets.LOCAL)[name].calls <= offered


@pytest.mark.parametrize("name", NAMES)
def test_every_fixture_is_an_answer_of_its_tool_to_its_arguments(catalog: Catalog, name: str) -> None:
    assert cases(name)
    for case, given in cases(name).items():
        tool = catalog[given["tool"]]
        assert tool.widget == name, case
        assert admits(tool.takes, given["arguments"]), case
        assert any(admits(model, given["answer"]) for model in answers(tool)), case


@pytest.mark.parametrize("name", NAMES)
def test_a_fixture_with_a_field_too_many_or_too_few_is_found(catalog: Catalog, name: str) -> None:
    given = next(iter(cases(name).values()))
    models = answers(catalog[given["tool"]])
    more = given["answer"] | {"not_a_field": 1}
    fewer = dict(list(given["answer"].items())[1:])
    assert not any(admits(model, bad) for model in models for bad in (more, fewer))


def test_the_licences_of_what_is_built_in_come_with_it() -> None:
    told = (widgets.DIST / "licences.txt").read_text()
    for package in ("preact", "@modelcontextprotocol/ext-apps", "@modelcontextprotocol/client"):
        assert f"\n{package} " in f"\n{told}"
    assert "Permission is hereby granted" in told


def answers(tool: AnyTool) -> list[type[Model]]:
    """What a call of it can give: where a person must confirm, what they are shown as well."""
    return [tool.gives] if tool.consent is None else [tool.gives, Preview]


def test_the_site_of_a_widget_is_written_into_it_as_text() -> None:
    hostile = widgets.Site(
        'https://ghar.example"><script>alert(1)</script>', "https://t.example/{z}/{x}/{y}.png"
    )
    html = widgets.built(hostile)["property-list"].html
    assert html.count("<script") == 1
    assert 'name="ghar-tiles" content="https://t.example/{z}/{x}/{y}.png"' in html


def test_another_content_has_another_address_and_the_same_one_the_same() -> None:
    here, there = widgets.Site("https://a.example"), widgets.Site("https://b.example")
    one, other = widgets.built(here)["property-list"], widgets.built(there)["property-list"]
    assert one.uri == other.uri
    assert one.pinned != other.pinned
    assert one.pinned == f"{one.uri}/{one.digest}"
