"""The lists that hosts read: whole, explicit, and small enough for real hosts."""

import json
from typing import Any

import pytest
from fastmcp import Client

from servers.mcp import Audience, build
from tools.dispatch import Dispatcher

MOST_BYTES: dict[Audience, int] = {"user": 52_000, "admin": 14_500}
"""Hosts have been seen to fail on much more. A tool takes 1.5 kB, and search a fifth of all."""


async def listed(dispatcher: Dispatcher, audience: Audience) -> list[dict[str, Any]]:
    async with Client(build(dispatcher, audience)) as client:
        tools = await client.list_tools()
    return [tool.model_dump(mode="json", by_alias=True, exclude_none=True) for tool in tools]


@pytest.mark.parametrize("audience", MOST_BYTES)
async def test_a_list_of_tools_fits_into_what_hosts_can_take(
    dispatcher: Dispatcher, audience: Audience
) -> None:
    tools = await listed(dispatcher, audience)
    assert len(json.dumps(tools, separators=(",", ":")).encode()) <= MOST_BYTES[audience]


@pytest.mark.parametrize("audience", MOST_BYTES)
async def test_every_tool_of_the_product_states_all_four_hints(
    dispatcher: Dispatcher, audience: Audience
) -> None:
    for tool in await listed(dispatcher, audience):
        hints = tool["annotations"]
        stated = {"readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"}
        assert stated <= set(hints), tool["name"]
        assert hints["readOnlyHint"] == dispatcher.catalog[tool["name"]].reads


async def test_the_two_servers_share_no_tool_and_leave_none_out(dispatcher: Dispatcher) -> None:
    user, admin = [{tool["name"] for tool in await listed(dispatcher, each)} for each in MOST_BYTES]
    assert user & admin == set()
    assert user | admin == {tool.name for tool in dispatcher.catalog.on("mcp")}
