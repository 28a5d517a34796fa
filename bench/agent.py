"""A tool call of the agent, in process, against the same through an MCP client: `python -m bench.agent`."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable

import mcp
from mcp.client.streamable_http import streamable_http_client
from pydantic_ai import RunContext
from pydantic_ai.models.test import TestModel
from pydantic_ai.usage import RunUsage

from agent.toolset import CatalogToolset
from bench.mcp import trivial
from bench.processes import Running
from bench.racing import goal
from bench.trivial import add, dispatcher
from tools.dispatch import Caller

CALLS = 200
ROUNDS = 7
ARGUMENTS = {"a": 2, "b": 3}
Once = Callable[[], Awaitable[object]]


async def main() -> None:
    toolset = CatalogToolset(dispatcher(1))
    context = RunContext[Caller](deps=Caller("agent"), model=TestModel(), usage=RunUsage())
    offered = (await toolset.get_tools(context))[add.name]

    async def in_process() -> object:
        return await toolset.call_tool(add.name, dict(ARGUMENTS), context, offered)

    async with trivial("our-mcp", 1) as server:
        address = f"http://127.0.0.1:{server.port}/mcp"
        async with mcp.Client(streamable_http_client(address)) as client:

            async def over_mcp() -> object:
                return await client.call_tool(add.name, dict(ARGUMENTS))

            near, far = await _race(in_process, over_mcp, server)
    print(f"in process: {near:.3f} ms of CPU a call; through an MCP client: {far:.3f} ms, both ends counted")
    print(goal("times that an in-process call is cheaper", far / near, least=10))


async def _race(near: Once, far: Once, server: Running) -> tuple[float, float]:
    """The median CPU milliseconds of a call, one way and the other, in turn."""
    await asyncio.gather(near(), far())
    seen: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        seen[0].append(await _cost(near, None))
        seen[1].append(await _cost(far, server))
    return statistics.median(seen[0]), statistics.median(seen[1])


async def _cost(once: Once, server: Running | None) -> float:
    before = time.process_time() + (server.cpu() if server else 0)
    for _ in range(CALLS):
        await once()
    after = time.process_time() + (server.cpu() if server else 0)
    return (after - before) * 1000 / CALLS


if __name__ == "__main__":
    asyncio.run(main())
