"""Clients generated from the document: a Python one that is used, and those of the mobile apps."""

import importlib
import json
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from facade import openapi
from tests.facade import example
from tests.facade.commands import BIN, run
from tools.catalog import Catalog

PACKAGE = "generated_client"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "openapi.json"
    path.write_text(openapi.text(Catalog.of([example])))
    return path


@pytest.fixture
def generated(document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Path]:
    """The folder of a Python client of the example catalog, which can be imported."""
    run(
        tmp_path, BIN / "openapi-python-client", "generate", "--path", document, "--meta", "none",
        "--output-path", tmp_path / PACKAGE, "--fail-on-warning",
    )  # fmt: skip
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    yield tmp_path
    for name in [name for name in sys.modules if name.split(".")[0] == PACKAGE]:
        del sys.modules[name]


def part(name: str) -> Any:
    return importlib.import_module(f"{PACKAGE}.{name}")


def test_a_generated_python_client_reads_from_a_live_server(generated: Path, url: str):
    with part("client").Client(base_url=url) as client:
        page = part("api.tests.list_homes").sync(client=client, bedrooms=[1, 2], limit=2, words="दो कमरे")
        assert [home.title for home in page.items] == ["घर 1", "घर 2"]
        assert page.heard == "दो कमरे"
        rest = part("api.tests.list_homes").sync(client=client, bedrooms=[1, 2], cursor=page.next_cursor)
        assert [home.id for home in rest.items] == [5, 6]
        refused = part("api.tests.get_home").sync(99, client=client)
    assert (refused.error.code, refused.error.message) == ("not_found", "There is no home 99.")


def test_a_generated_python_client_writes_with_a_token(generated: Path, url: str):
    ask = part("models").RequestViewing.from_dict({"home_id": 3, "starts": "2026-12-01T10:00:00+05:30"})
    with part("client").AuthenticatedClient(base_url=url, token="member") as client:
        viewing = part("api.tests.request_viewing").sync(client=client, body=ask, idempotency_key="once")
        cancelled = part("api.tests.cancel_viewing").sync(4, client=client)
    assert (viewing.home_id, viewing.starts.isoformat()) == (3, "2026-12-01T10:00:00+05:30")
    assert cancelled.id == 4


@pytest.mark.timeout(240)
@pytest.mark.parametrize(("language", "ending"), [("swift6", "swift"), ("kotlin", "kt"), ("dart", "dart")])
def test_the_clients_of_the_mobile_apps_generate(
    language: str, ending: str, document: Path, tmp_path: Path, catalog: Catalog
):
    document.write_text(openapi.text(catalog))
    said = run(
        tmp_path, BIN / "openapi-generator-cli", "generate", "-i", document, "-g", language,
        "-o", tmp_path / language,
    )  # fmt: skip
    assert "[error]" not in said.lower()
    operations = [
        operation["operationId"]
        for methods in json.loads(document.read_text())["paths"].values()
        for operation in methods.values()
    ]
    code = "\n".join(path.read_text() for path in (tmp_path / language).rglob(f"*.{ending}"))
    missing = [name for name in operations if camel(name) not in code]
    assert missing == []


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
