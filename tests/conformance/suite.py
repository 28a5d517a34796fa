"""Runs the official MCP conformance suite, and reads what it found."""

import asyncio
import json
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SUITE = ROOT / "node_modules" / "@modelcontextprotocol" / "conformance" / "dist" / "index.js"
NODE = ROOT / ".venv" / "bin" / "node"
_SCENARIO = re.compile(r"^server-(.+)-\d{4}-\d\d-\d\dT[\d-]+Z$")
_NOT_SCORED = re.compile(r"^  . (\S+) \([a-z-]+\)$", re.MULTILINE)
_ENTRY = re.compile(r"^- (\S+) +# (\S.*)$")


@dataclass(frozen=True, slots=True)
class Report:
    """What one run of a revision's requirements found."""

    status: int
    output: str
    scenarios: frozenset[str]
    """The scenarios that the revision requires."""

    failures: frozenset[str]
    """`scenario:check` of every check that failed, required or not."""

    def failing(self, scenarios: frozenset[str]) -> set[str]:
        """The failed checks of these scenarios."""
        return {failure for failure in self.failures if failure.split(":")[0] in scenarios}


async def run(url: str, revision: str, results: Path) -> Report:
    """Everything that `revision` requires of a server, tried on the one at `url`."""
    process = await asyncio.create_subprocess_exec(
        *(NODE, SUITE, "server", "--url", url, "--requirements", revision, "-o", results),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=results,
    )
    output, _ = await process.communicate()
    text = output.decode()
    ran = {name: path for path in results.iterdir() if (name := _scenario(path)) is not None}
    failures = {
        f"{name}:{check['id']}"
        for name, path in ran.items()
        for check in json.loads((path / "checks.json").read_text())
        if check["status"] == "FAILURE"
    }
    required = ran.keys() - set(_NOT_SCORED.findall(text))
    return Report(process.returncode or 0, text, frozenset(required), frozenset(failures))


def baseline(name: str) -> dict[str, str]:
    """The checks that a server is known to fail, each with its reason."""
    lines = (Path(__file__).parent / name).read_text().splitlines()
    entries = [_ENTRY.match(line.strip()) for line in lines if line.strip().startswith("-")]
    assert all(entries), f"every line of {name} must read `- scenario:check  # reason`"
    return {entry[1]: entry[2] for entry in entries if entry is not None}


def _scenario(path: Path) -> str | None:
    found = _SCENARIO.match(path.name)
    return found[1] if found is not None else None
