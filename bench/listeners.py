"""Listeners: many clients of server-sent events in one process, which count what they hear and when."""

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

PATIENCE = 120.0


@dataclass(slots=True)
class Listener:
    """One open stream."""

    heard: list[tuple[int, float]] = field(default_factory=list[tuple[int, float]])
    """The ids of events, each with when it came."""

    open: asyncio.Event = field(default_factory=asyncio.Event)

    async def listen(self, port: int, path: str, token: str) -> None:
        """Until it is cancelled, or the server ends the stream."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(
                f"GET {path} HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\n"
                f"authorization: Bearer {token}\r\n\r\n".encode()
            )
            status = await reader.readline()
            assert b" 200 " in status, status
            self.open.set()
            await self._hear(reader)
        finally:
            writer.close()

    async def _hear(self, reader: asyncio.StreamReader) -> None:
        id_, named = 0, False
        while line := await reader.readline():
            if line.startswith(b"id: "):
                id_ = int(line[4:])
            elif line.startswith(b"event: "):
                # Whoever signs in is told so, too, some time later.
                named = line.strip() == b"event: said"
            elif line in (b"\n", b"\r\n"):
                if named and id_:
                    self.heard.append((id_, time.monotonic()))
                named = False


@asynccontextmanager
async def listening(port: int, path: str, tokens: Sequence[str]) -> AsyncGenerator[list[Listener]]:
    """A listener for each token, all of them open, for the length of the block."""
    listeners, tasks = [Listener() for _ in tokens], list[asyncio.Task[None]]()
    try:
        for each, token in zip(listeners, tokens, strict=True):
            tasks.append(asyncio.create_task(each.listen(port, path, token)))
            if len(tasks) % 50 == 0:
                await _opened(listeners[: len(tasks)], tasks)
        await _opened(listeners, tasks)
        yield listeners
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _opened(listeners: Sequence[Listener], tasks: Sequence["asyncio.Task[None]"]) -> None:
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*(each.open.wait() for each in listeners))
    for task in tasks:
        if task.done():
            task.result()


async def until_heard(listeners: Sequence[Listener], count: int) -> None:
    """Wait until each has heard so many events."""
    async with asyncio.timeout(PATIENCE):
        while any(len(each.heard) < count for each in listeners):
            await asyncio.sleep(0.02)
