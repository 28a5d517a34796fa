"""A trivial tool over MCP, ours against bare FastMCP, in both eras: `python -m bench.mcp`."""

import asyncio
import json
from contextlib import AsyncExitStack
from typing import Any, Literal

from bench.processes import Figure, free_port, serving
from bench.racing import Entrant, Race, goal, table
from bench.search import options

Era = Literal["2026-07-28", "2025-11-25"]
ERAS: tuple[Era, ...] = ("2026-07-28", "2025-11-25")
SERVERS = {
    "FastMCP, 1 tool": ("bare-mcp", 1),
    "ours, 1 tool": ("our-mcp", 1),
    "ours, 200 tools": ("our-mcp", 200),
    "FastMCP, 200 tools": ("bare-mcp", 200),
}


def call(era: Era) -> dict[str, Any]:
    """A `tools/call` of this era."""
    headers = {
        "content-type": "application/json",
        "accept": "application/json, text/event-stream",
        "mcp-protocol-version": era,
    }
    params: dict[str, Any] = {"name": "add", "arguments": {"a": 2, "b": 3}}
    if era == "2026-07-28":
        headers |= {"mcp-method": "tools/call", "mcp-name": "add"}
        params["_meta"] = {
            "io.modelcontextprotocol/protocolVersion": era,
            "io.modelcontextprotocol/clientCapabilities": {},
        }
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params})
    return {"method": "POST", "path": "/mcp", "headers": headers, "body": body}


def verdicts(era: Era, concurrency: int, figures: dict[str, Figure]) -> list[str]:
    """Our CPU a call against that of FastMCP with a single tool."""
    bare, one, many, _ = (figures[name].server_cpu_ms for name in SERVERS)
    where = f"{era}, c={concurrency}"
    return [
        goal(f"{where}: CPU of ours over FastMCP's, 1 tool", one / bare, most=1.2),
        goal(f"{where}: CPU of ours with 200 tools over FastMCP's with 1", many / bare, most=1.2),
    ]


async def main(race: Race) -> None:
    said: list[str] = []
    async with AsyncExitStack() as stack:
        running = {
            name: await stack.enter_async_context(trivial(*server)) for name, server in SERVERS.items()
        }
        for era in ERAS:
            entrants = [Entrant(name, each, [call(era)]) for name, each in running.items()]
            await race.warm(entrants, 1)
            for concurrency in (1, 16):
                figures = await race.run(entrants, concurrency)
                print(table(f"tools/call, {era}, concurrency {concurrency}", figures), flush=True)
                said += verdicts(era, concurrency, figures)
    print("\n" + "\n".join(said))


def trivial(kind: str, count: int) -> Any:
    """A server of `bench.trivial`."""
    port = free_port()
    return serving(["-m", "bench.trivial", kind, str(port), str(count)], port, "/ready", {})


if __name__ == "__main__":
    given = options(__doc__).parse_args()
    asyncio.run(main(Race(given.seconds, given.rounds)))
