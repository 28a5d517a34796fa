"""What schemathesis finds when it tries the live REST surface with good and with bad data: nothing."""

from pathlib import Path

import pytest

from tests.facade.commands import BIN, run

SEED = "360"


@pytest.mark.timeout(300)
def test_schemathesis_finds_nothing_in_the_example(url: str, tmp_path: Path):
    said = schemathesis(tmp_path, url, "Bearer staff")
    assert "No issues found" in said


def schemathesis(folder: Path, url: str, authorization: str) -> str:
    """Its whole run over every operation: all checks, all phases, all data, one seed."""
    return run(
        folder, BIN / "schemathesis", "run", f"{url}/openapi.json", "--seed", SEED, "--max-examples", "30",
        "--checks", "all", "--mode", "all", "--header", f"Authorization: {authorization}",
        "--no-color", "--warnings", "off", "--generation-database", "none", folder=folder,
    )  # fmt: skip
