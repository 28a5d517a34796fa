"""The server as a process of its own: how it starts, how little it takes, and how it ends."""

import asyncio
import json
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

ROOT = Path(__file__).parents[2]
GHAR = str(Path(sys.executable).with_name("ghar"))
MEGABYTE = 1_000_000

pytestmark = pytest.mark.timeout(180)


@asynccontextmanager
async def started(*words: str, url: str, home: Path, **more: str) -> AsyncGenerator[tuple[Process, str]]:
    """A process of `ghar` and the address it names; it is gone when the block ends."""
    env = {**os.environ, "GHAR_DATABASE_URL": url, "GHAR_HOME": str(home), "GHAR_VECTORS": "false", **more}
    process = await asyncio.create_subprocess_exec(GHAR, *words, env=env, stderr=PIPE, stdout=PIPE)
    try:
        yield process, await said(process, r"360 Ghar is at (http://\S+)")
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def said(process: Process, pattern: str) -> str:
    """What the pattern's group matches in the first line of standard error where it does."""
    assert process.stderr is not None
    async for line in process.stderr:
        if found := re.search(pattern, line.decode()):
            return found[1]
    raise AssertionError(f"it ended without saying {pattern!r}")


async def test_the_first_run_loads_demo_properties_and_says_what_can_be_done_next(
    database_url: str, tmp_path: Path
) -> None:
    async with started("run", "--port", "0", "--demo", "30", url=database_url, home=tmp_path) as (
        process,
        url,
    ):
        command = await said(process, r"REST\s+(curl .*)")
        assert url in command
        async with httpx.AsyncClient() as client:
            answer = await client.get(f"{url}/api/v1/properties", params={"limit": 1})
            assert answer.json()["demo"]
        process.send_signal(signal.SIGINT)
        assert await process.wait() == 0


async def test_a_server_takes_little_memory_and_ends_when_asked(demo_url: str, tmp_path: Path) -> None:
    async with started("serve", "--port", "0", url=demo_url, home=tmp_path) as (process, url):
        async with httpx.AsyncClient(timeout=30) as client:
            body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
            headers = {"accept": "application/json, text/event-stream"}
            assert (await client.post(f"{url}/mcp", json=body, headers=headers)).status_code == 200
        assert psutil.Process(process.pid).memory_info().rss < 225 * MEGABYTE
        process.terminate()
        assert await process.wait() in (0, -signal.SIGTERM)


async def test_several_processes_share_one_port_and_end_together(demo_url: str, tmp_path: Path) -> None:
    async with started("serve", "--port", "0", "--workers", "2", url=demo_url, home=tmp_path) as (
        process,
        url,
    ):
        async with httpx.AsyncClient(timeout=60) as client:
            assert (await client.get(f"{url}/health")).status_code == 200
        children = psutil.Process(process.pid).children(recursive=True)
        assert len(children) >= 2
        process.terminate()
        await process.wait()
        _, alive = await asyncio.to_thread(psutil.wait_procs, children, 15)
        assert alive == []


@pytest.mark.requirement("K5")
async def test_stdio_speaks_nothing_but_the_protocol(demo_url: str, tmp_path: Path) -> None:
    env = {**os.environ, "GHAR_DATABASE_URL": demo_url, "GHAR_HOME": str(tmp_path)}
    process = await asyncio.create_subprocess_exec(
        GHAR, "stdio", env=env, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )
    hello: dict[str, Any] = {
        "protocolVersion": "2025-11-25",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    }
    lines = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "list_amenities"}},
    ]
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"".join(json.dumps(line).encode() + b"\n" for line in lines))
    await process.stdin.drain()
    answers = [json.loads(await process.stdout.readline()) for _ in range(2)]
    process.stdin.close()
    assert [each["id"] for each in answers] == [1, 2]
    assert answers[1]["result"]["structuredContent"]
    assert await process.wait() == 0
