"""What tests of the door stand on: a real Redis, and both ways of counting on a clock that is set by hand."""

import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from uuid import uuid4

import pytest

from servers.adapters.limiter import Clock, LocalLimiter
from servers.adapters.limiter_redis import RedisLimiter
from servers.adapters.redis_link import RedisLink
from tests.door.redis_server import RedisServer, free_port
from tools.ports import Limiter


@asynccontextmanager
async def counted_in_redis(
    url: str, local: LocalLimiter | None = None, now: Clock = time.time, installation: str = "ghar:tests"
) -> AsyncGenerator[RedisLimiter]:
    """A limiter of a process of its own, which counts in the Redis at `url`."""
    link = RedisLink(url, installation)
    yield RedisLimiter(link, local or LocalLimiter(), now=now)
    await link.close()


class HandClock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1_000_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="session")
async def redis_server(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[RedisServer]:
    """One Redis for the tests of a process."""
    server = RedisServer(free_port(), tmp_path_factory.mktemp("redis"))
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(params=["in the process", "in Redis"])
async def limiter(
    request: pytest.FixtureRequest, clock: HandClock, redis_server: RedisServer
) -> AsyncGenerator[Limiter]:
    """Each way of counting."""
    local = LocalLimiter(now=clock)
    if request.param == "in the process":
        yield local
        return
    async with counted_in_redis(redis_server.url, local, clock) as shared:
        yield shared


@pytest.fixture
def client() -> str:
    """A client that nobody has seen yet."""
    return uuid4().hex
