"""The official TypeScript SDK finds the sign-in by itself and goes the whole way, at both servers."""

import asyncio
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.clients.crowd import People
from tests.clients.house import House
from tests.clients.people import Person
from tests.clients.relying import CALLBACK
from tests.conformance.suite import NODE

pytestmark = pytest.mark.requirement("S3")
HOST = Path(__file__).parent / "node" / "host.mjs"


async def hosted(person: Person, server: str, tool: str, method: str) -> dict[str, Any]:
    """What the host tells of its way, on which `person` answers for it."""
    process = await asyncio.create_subprocess_exec(
        *(NODE, HOST, server, tool, method),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    said: dict[str, Any] = {}
    async for line in process.stdout:
        said = json.loads(line)
        if "open" in said:
            told = await person.allows(said["open"])
            answer = {"callback": f"{CALLBACK}?{urlencode(told)}"}
            process.stdin.write(json.dumps(answer).encode() + b"\n")
    assert await process.wait() == 0, (await process.stderr.read()).decode()
    return said


@pytest.mark.parametrize("method", ["none", "client_secret_post", "client_secret_basic"])
@pytest.mark.parametrize("audience", ["user", "admin"])
async def test_a_host_signs_in_renews_its_token_and_gives_it_back(
    house: House, people: People, audience: str, method: str
) -> None:
    person = await people.staff()
    if audience == "user":
        said = await hosted(person, house.user, "list_sessions", method)
        assert [each["label"] for each in said["answer"]["items"] if each["current"]] == ["A TypeScript host"]
    else:
        said = await hosted(person, house.admin, "database_status", method)
        assert "live_properties" in said["answer"]
    assert said["again"].keys() == said["answer"].keys()
    assert said["renewed"]
    assert (said["revoked"], said["afterwards"]) == (200, 401)
    assert said["client"] == {"method": method, "secret": method != "none"}
