"""A widget that has drifted from the tools does not compile: by a name, an argument, or a field."""

import asyncio
import json
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.requirement("S4")
GOOD = """
import type { Call } from "CLIENT";
export async function view(call: Call): Promise<string> {
  const outcome = await call("request_visit", { property_id: 1, starts: "2026-12-01T10:00:00+05:30" });
  if (!outcome.ok) return outcome.refusal.message;
  return "confirm_url" in outcome.answer ? outcome.answer.confirm_url : outcome.answer.starts;
}
"""


async def compiled(folder: Path, source: str) -> str:
    """What the compiler says of a view, with the settings of every other."""
    (folder / "view.ts").write_text(source.replace("CLIENT", str(ROOT / "widgets" / "lib" / "client.ts")))
    settings = {
        "extends": str(ROOT / "widgets" / "tsconfig.json"),
        "include": [],
        "exclude": [],
        "files": ["view.ts", str(ROOT / "widgets" / "lib" / "css.d.ts")],
    }
    (folder / "tsconfig.json").write_text(json.dumps(settings))
    node, tsc = ROOT / ".venv" / "bin" / "node", ROOT / "node_modules" / ".bin" / "tsc"
    run = await asyncio.create_subprocess_exec(
        str(node), str(tsc), "-p", str(folder), "--pretty", "false", stdout=asyncio.subprocess.PIPE
    )
    said, _ = await run.communicate()
    return said.decode()


async def test_a_view_that_fits_its_tools_compiles(tmp_path: Path) -> None:
    assert await compiled(tmp_path, GOOD) == ""


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        pytest.param('"request_visit"', '"request_visits"', "request_visits", id="an unknown tool"),
        pytest.param("property_id: 1", "property: 1", "'property' does not exist", id="an unknown argument"),
        pytest.param("property_id: 1", 'property_id: "1"', "not assignable", id="an argument's type"),
        pytest.param("property_id: 1, ", "", "'property_id' is missing", id="a missing argument"),
        pytest.param("outcome.answer.starts", "outcome.answer.begins", "'begins' does not", id="a field"),
    ],
)
async def test_a_view_that_has_drifted_from_its_tools_does_not_compile(
    tmp_path: Path, right: str, wrong: str, said: str
) -> None:
    heard = await compiled(tmp_path, GOOD.replace(right, wrong, 1))
    assert "error TS" in heard
    assert said in heard
