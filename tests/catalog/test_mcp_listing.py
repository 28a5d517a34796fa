"""The lists that hosts read: whole, explicit, and small enough for real hosts."""

import json
from typing import Any

import jsonschema
import pytest
from fastmcp import Client

from servers.mcp import Audience, build
from tools import schema
from tools.catalog import Catalog
from tools.dispatch import Dispatcher

MOST_BYTES: dict[Audience, int] = {"user": 95_000, "admin": 60_000}
"""Of the whole list, which a host gets that asks for nothing: all domains, 1.2 kB a tool. Hosts differ in how
much they take; whoever takes less asks for toolsets."""

MOST_BYTES_OF_A_TOOLSET = 30_000
"""Of one domain, with what its widgets call: what careful hosts take."""


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
async def test_a_toolset_fits_into_what_careful_hosts_can_take(
    dispatcher: Dispatcher, audience: Audience
) -> None:
    tools = {tool["name"]: tool for tool in await listed(dispatcher, audience)}
    sets = build(dispatcher, audience).toolsets
    assert frozenset[str]().union(*sets.values()) == tools.keys()
    sizes = {
        domain: len(json.dumps([tools[name] for name in names], separators=(",", ":")).encode())
        for domain, names in sets.items()
    }
    assert max(sizes.values()) <= MOST_BYTES_OF_A_TOOLSET, sizes


@pytest.mark.parametrize("audience", MOST_BYTES)
async def test_what_is_listed_says_nothing_twice(dispatcher: Dispatcher, audience: Audience) -> None:
    for tool in await listed(dispatcher, audience):
        assert tool["title"]
        assert "title" not in tool["annotations"]
        assert "required" not in tool["outputSchema"]


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


def test_what_is_listed_of_a_question_admits_and_refuses_what_its_model_does(catalog: Catalog) -> None:
    told = 0
    for tool in catalog.on("mcp"):
        whole, brief = schema.of(tool.takes), schema.asked(tool.takes)
        assert list(whole["properties"]) == list(brief["properties"]), tool.name
        for field, value in [(field, value) for field in whole["properties"] for value in SAMPLES]:
            admits = [_admits(each["properties"][field], value) for each in (whole, brief)]
            assert admits[0] == admits[1], (tool.name, field, value)
            told += admits[0]
    assert told > len(SAMPLES)


SAMPLES: list[Any] = [
    None,
    True,
    0,
    1,
    -1,
    2**62,
    0.5,
    "",
    "rent",
    "visit:7",
    "x" * 5000,
    [],
    ["near"],
    [1, 2],
    {},
]


def _admits(form: dict[str, Any], value: Any) -> bool:
    validator: Any = jsonschema.Draft202012Validator(form)
    return validator.is_valid(value)
