"""Runs the official scenarios for authorization servers; somebody must open the address that is printed."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from tests.conformance.suite import NODE, SUITE

_ADDRESS = re.compile(r"^https?://\S+[?&]code_challenge=\S+$")
_SCENARIO = re.compile(r"^authorization-server-(.+)-\d{4}-\d\d-\d\dT[\d-]+Z$")

Open = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found."""

    status: int
    output: str
    checks: dict[str, str]
    """`SUCCESS`, `WARNING`, `FAILURE` or `SKIPPED`, by the id of the check."""


async def authorize(
    issuer: str, resource: str, client_id: str, port: int, opened: Open, results: Path
) -> Report:
    """Every scenario for authorization servers, tried on the one at `issuer` with this public client.

    `opened` gets the address that a person is to open; its end leads to the suite's callback on `port`.
    """
    given = ["--url", issuer, "--resource", resource, "--client-id", client_id, "--port", str(port)]
    process = await asyncio.create_subprocess_exec(
        *(NODE, SUITE, "authorization", *given, "-o", str(results)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=results,
    )
    assert process.stdout is not None
    said: list[str] = []
    async for line in process.stdout:
        said.append(line.decode())
        if _ADDRESS.match(said[-1].strip()):
            await opened(said[-1].strip())
    status = await process.wait()
    return Report(status, "".join(said), _checks(results))


def _checks(results: Path) -> dict[str, str]:
    return {
        check["id"]: check["status"]
        for path in results.iterdir()
        if path.is_dir()
        for check in json.loads((path / "checks.json").read_text())
    }


async def scenarios(kind: str) -> set[str]:
    """The names of the scenarios that the suite lists with this option."""
    process = await asyncio.create_subprocess_exec(
        *(NODE, SUITE, "list", kind), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    output, _ = await process.communicate()
    return {line.split()[1] for line in output.decode().splitlines() if line.startswith("  - ")}
