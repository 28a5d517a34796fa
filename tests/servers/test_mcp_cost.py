"""What a call costs must not grow with the catalog: counted in function calls, so that no clock decides."""

import sys
from collections import Counter
from types import FrameType
from typing import Any

import pytest

from servers.mcp import build, http_app
from tests.servers.serving import dispatcher, identify
from tests.servers.small import Echo, Words
from tests.servers.wire import ERAS, Era, Wire, wired
from tools.catalog import Catalog
from tools.contract import AnyTool, Call, tool


def repeating(number: int) -> AnyTool:
    async def repeat(call: Call, ask: Words) -> Echo:
        """Repeat what was said."""
        return Echo(said=ask.words)

    repeat.__name__ = f"repeat_{number}"
    return tool("guest", "read")(repeat)


async def calls_made(era: Era, tools: int) -> Counter[str]:
    """The functions that one warm `tools/call` runs, and how often."""
    catalog = Catalog([repeating(number) for number in range(tools)])
    endpoint = http_app(build(dispatcher(catalog), "user"), "/mcp", identify=identify)
    async with wired(endpoint, era) as wire:
        await repeat(wire)
        made: Counter[str] = Counter()

        def count(frame: FrameType, event: str, argument: Any) -> None:
            if event == "call":
                made[frame.f_code.co_qualname] += 1

        sys.setprofile(count)
        try:
            await repeat(wire)
        finally:
            sys.setprofile(None)
    return made


async def repeat(wire: Wire) -> None:
    result = await wire.call("repeat_0", words="ghar")
    assert result["structuredContent"] == {"said": "ghar"}


@pytest.mark.parametrize("era", ERAS)
async def test_a_call_among_two_hundred_tools_does_what_a_call_among_one_does(era: Era) -> None:
    few, many = await calls_made(era, 1), await calls_made(era, 200)
    assert many.total() < few.total() * 1.1


@pytest.mark.parametrize("era", ERAS)
async def test_a_call_lists_no_tools(era: Era) -> None:
    made = await calls_made(era, 3)
    assert "CatalogTool.run" in made
    assert [name for name in made if "list_tools" in name] == []
