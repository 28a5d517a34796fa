"""A real Redis of the tests' own, which can be stopped and started again."""

import asyncio
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import ConnectionError as NotThere


@dataclass(slots=True)
class RedisServer:
    """Redis on a loopback port, which keeps nothing on disk."""

    port: int
    folder: Path
    process: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Start it, and wait until it answers."""
        self.process = await asyncio.create_subprocess_exec(
            *("redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder)),
            *("--save", "", "--appendonly", "no", "--loglevel", "warning"),
            stdout=asyncio.subprocess.DEVNULL,
        )
        async with asyncio.timeout(20), self.client() as client:
            while not await _answers(client):
                await asyncio.sleep(0.02)

    def client(self) -> Any:
        """A client of it, whose types the library leaves half known."""
        clients: Any = Redis
        return clients.from_url(self.url)

    async def stop(self) -> None:
        """End it, as a crash would."""
        if self.process is not None:
            self.process.kill()
            await self.process.wait()
            self.process = None


async def _answers(client: Any) -> bool:
    try:
        return bool(await client.ping())
    except NotThere:
        return False


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
