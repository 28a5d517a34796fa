"""What schemathesis finds when it tries the live REST surface with good and with bad data: nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from servers.adapters.blobs_disk import DiskBlobs
from tests.facade.commands import BIN, ROOT, run
from tests.facade.serving import application, live
from tools.catalog import Catalog
from tools.ports import Ports

pytestmark = pytest.mark.timeout(600)


def test_schemathesis_finds_nothing_in_the_example(url: str, tmp_path: Path):
    assert "No issues found" in schemathesis(tmp_path, url, most=30)


def test_schemathesis_finds_nothing_in_the_product(
    peopled_demo_url: str, catalog: Catalog, ports: Ports, tmp_path: Path
):
    stored = replace(ports, blobs=DiskBlobs(tmp_path / "blobs"))
    with live(application(stored, catalog, peopled_demo_url)) as opened:
        said = schemathesis(tmp_path, opened, most=40)
    assert "No issues found" in said


def schemathesis(folder: Path, url: str, most: int) -> str:
    """Its whole run over every operation: all checks, all phases, good and bad data, one seed."""
    return run(
        folder, BIN / "schemathesis", "--config-file", ROOT / "schemathesis.toml",
        "run", f"{url}/openapi.json", "--max-examples", str(most), "--checks", "all", "--mode", "all",
        "--header", "Authorization: Bearer staff", "--warnings", "off", "--generation-database", "none",
        "--suppress-health-check", "all", folder=folder,
    )  # fmt: skip
