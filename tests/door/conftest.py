"""What tests of the door stand on: a real Redis, and both ways of counting on a clock that is set by hand."""

from collections.abc import AsyncGenerator
from uuid import uuid4

import pytest

from servers.adapters.limiter import LocalLimiter
from servers.adapters.limiter_redis import RedisLimiter
from tests.door.redis_server import RedisServer, free_port
from tools.ports import Limiter


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
    shared = RedisLimiter(redis_server.url, local, now=clock)
    yield shared
    await shared.close()


@pytest.fixture
def client() -> str:
    """A client that nobody has seen yet."""
    return uuid4().hex
