"""A load of HTTP requests over kept-alive connections, from a process of its own.

`python -m bench.load PORT CONCURRENCY SECONDS < requests.json` sends the requests in turn and prints what it
saw as JSON. The requests are a JSON list of `{"method", "path", "headers", "body"}`. Only loopback is used.
"""

import asyncio
import itertools
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import uvloop

HOST = "127.0.0.1"
BODILESS = (204, 304)


@dataclass(slots=True)
class Seen:
    """Latencies in seconds, and how often each status came back."""

    latencies: list[float] = field(default_factory=list[float])
    statuses: Counter[int] = field(default_factory=Counter[int])
    bytes: int = 0


def encoded(request: dict[str, Any]) -> bytes:
    """One request as it goes over the wire."""
    body = request.get("body", "").encode()
    headers = {"host": HOST, "content-length": str(len(body))} | request.get("headers", {})
    lines = [
        f"{request['method']} {request['path']} HTTP/1.1",
        *(f"{key}: {value}" for key, value in headers.items()),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def answer(reader: asyncio.StreamReader) -> tuple[int, int]:
    """The status and the length of the next answer. Answers must say their length or come in chunks."""
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    for line in head.lower().split(b"\r\n")[1:]:
        if line.startswith(b"content-length:"):
            length = int(line[15:])
            await reader.readexactly(length)
            return status, length
    if status in BODILESS:
        return status, 0
    return status, await chunks(reader)


async def chunks(reader: asyncio.StreamReader) -> int:
    """The length of an answer that comes in chunks."""
    total = 0
    while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
        await reader.readexactly(size + 2)
        total += size
    await reader.readexactly(2)
    return total


async def client(port: int, requests: Iterator[bytes], until: float, seen: Seen) -> None:
    """One connection that asks, waits and asks again."""
    reader, writer = await asyncio.open_connection(HOST, port)
    while (began := time.perf_counter()) < until:
        writer.write(next(requests))
        status, length = await answer(reader)
        seen.latencies.append(time.perf_counter() - began)
        seen.statuses[status] += 1
        seen.bytes += length
    writer.close()


async def run(port: int, concurrency: int, seconds: float, requests: list[dict[str, Any]]) -> Seen:
    """Everything seen in `seconds` at this concurrency."""
    seen = Seen()
    turns = itertools.cycle([encoded(request) for request in requests])
    until = time.perf_counter() + seconds
    await asyncio.gather(*(client(port, turns, until, seen) for _ in range(concurrency)))
    return seen


def main() -> None:
    port, concurrency, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    seen = uvloop.run(run(port, concurrency, seconds, json.load(sys.stdin)))
    ordered = sorted(seen.latencies)
    print(
        json.dumps(
            {
                "requests": len(ordered),
                "per_second": len(ordered) / seconds,
                "p50_ms": ordered[len(ordered) // 2] * 1000,
                "p95_ms": ordered[int(len(ordered) * 0.95)] * 1000,
                "bytes": seen.bytes // max(1, len(ordered)),
                "statuses": dict(seen.statuses),
            }
        )
    )


if __name__ == "__main__":
    main()
