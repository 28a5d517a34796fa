"""What is told where: every event has its line in the documents, and MCP says that it tells nothing."""

import re
from pathlib import Path
from typing import Literal

import pytest

from servers.mcp import build, http_app
from servers.streams.names import FLATMATES
from tests.servers.serving import dispatcher, identify
from tests.servers.small import small
from tests.servers.wire import wired

SERVERS: list[Literal["user", "admin"]] = ["user", "admin"]
ROOT = Path(__file__).parents[2]
_TOLD = re.compile(r'\.tell\([^()]*?"([a-z]+\.[a-z_]+)"|"(visit\.[a-z]+)"')


def test_every_event_that_a_tool_tells_stands_in_the_document() -> None:
    said = (ROOT / "docs" / "events.md").read_text()
    sources = "\n".join(path.read_text() for path in (ROOT / "tools").rglob("*.py"))
    told = {one or other for one, other in _TOLD.findall(sources)}
    assert {"visit.requested", "contact.shown", "notification.new"} <= told
    assert {name for name in told | {*FLATMATES} if f"`{name}`" not in said} == set()
    assert {name for name in FLATMATES.values() if f"`{name}`" not in said} == set()


@pytest.mark.parametrize("server", SERVERS)
async def test_mcp_says_that_it_tells_of_no_changes_and_serves_no_subscriptions(
    server: Literal["user", "admin"],
) -> None:
    path = "/mcp" if server == "user" else "/mcp-admin"
    endpoint = http_app(build(dispatcher(small()), server), path, identify=identify)
    async with wired(endpoint, "2026-07-28") as wire:
        offers = (await wire.result("server/discover", token="staff"))["capabilities"]
        assert offers["resources"] == {"subscribe": False, "listChanged": False}
        assert not offers["tools"]["listChanged"]
        wanted = {"notifications": {"toolsListChanged": True}}
        answer = await wire.ask("subscriptions/listen", wanted, token="staff")
        assert answer.json()["error"]["code"] == -32601
