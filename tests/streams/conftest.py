"""What tests of streams stand on: a server of them, and every bus between two processes."""

from collections.abc import AsyncGenerator, Awaitable, Callable

import pytest

from storage.bus import Bus, LocalBus
from storage.bus_postgres import PostgresBus
from storage.bus_redis import RedisBus
from tests.door.redis_server import RedisServer, free_port
from tests.streams.place import Place, place


@pytest.fixture(scope="session")
async def streaming(peopled_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Place]:
    """One server for many tests, each with people of its own."""
    elsewhere = PostgresBus(peopled_url)
    async with place(peopled_url, tmp_path_factory.mktemp("streams"), elsewhere) as opened:
        yield opened
    await elsewhere.close()


@pytest.fixture(scope="session")
async def redis_server(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[RedisServer]:
    """A Redis of these tests' own."""
    server = RedisServer(free_port(), tmp_path_factory.mktemp("redis"))
    await server.start()
    yield server
    await server.stop()


Joined = Callable[[], Awaitable[Bus]]


@pytest.fixture(params=["in the process", "over PostgreSQL", "over Redis"])
async def joined(
    request: pytest.FixtureRequest, peopled_url: str, redis_server: RedisServer
) -> AsyncGenerator[Joined]:
    """One more process on each kind of bus."""
    local, made = LocalBus(), list[Bus]()

    async def join() -> Bus:
        bus: Bus = local
        if request.param == "over PostgreSQL":
            bus = PostgresBus(peopled_url)
        elif request.param == "over Redis":
            bus = RedisBus(redis_server.url, f"hints of {id(made)}")
        made.append(bus)
        return bus

    yield join
    for bus in made:
        await bus.close()
