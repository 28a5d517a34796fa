"""The OpenAPI document as others judge it: the official validator, Spectral, Redocly."""

import json
from pathlib import Path

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from facade import beside, openapi
from tests.facade import example
from tests.facade.commands import node
from tests.facade.document import COMMITTED
from tools.catalog import Catalog


@pytest.fixture(params=["example", "product"])
def document(request: pytest.FixtureRequest, catalog: Catalog, tmp_path: Path) -> Path:
    """The document of the example catalog, and of the product's, in a file."""
    path = tmp_path / "openapi.json"
    if request.param == "example":
        path.write_text(openapi.text(Catalog.of([example])))
    else:
        path.write_text(openapi.text(catalog, beside=beside.PATHS))
    return path


def test_the_committed_document_is_the_catalogs(catalog: Catalog):
    assert COMMITTED.read_text() == openapi.text(catalog, beside=beside.PATHS), (
        "run: python -m tests.facade.document"
    )


def test_the_official_validator_finds_nothing(document: Path):
    assert list(OpenAPIV31SpecValidator(json.loads(document.read_text())).iter_errors()) == []


def test_spectral_finds_nothing(document: Path, tmp_path: Path):
    said = node(
        tmp_path, ".bin/spectral", "lint", document, "--ruleset", ".spectral.yaml", "--fail-severity", "hint"
    )
    assert "No results" in said


def test_redocly_finds_nothing(document: Path, tmp_path: Path):
    said = node(
        tmp_path, ".bin/redocly", "lint", document, "--config", "redocly.yaml", "--max-problems", "50"
    )
    assert "Your API description is valid" in said
    assert "warning" not in said
