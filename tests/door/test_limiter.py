"""What every way of counting requests promises, in the process and in Redis."""

import asyncio
import logging
import random
import time
from uuid import uuid4

import pytest

from servers.adapters.cache_redis import RedisCache
from servers.adapters.limiter import PARTS, LocalLimiter
from servers.adapters.limiter_redis import RedisLimiter
from servers.adapters.redis_link import AWAY
from servers.adapters.sharing import sharing
from servers.keys import Keys
from servers.settings import load
from storage.bus import LocalBus
from storage.cache import LocalCache
from tests.door.conftest import HandClock, counted_in_redis
from tests.door.redis_server import RedisServer, free_port
from tools.ports import Limiter

PART = 60 / PARTS


async def test_the_limit_passes_and_one_more_waits(limiter: Limiter, client: str) -> None:
    taken = [await limiter.take(client, 5) for _ in range(6)]
    assert taken[:5] == [0] * 5
    assert 60 <= taken[5] <= 60 + PART


async def test_a_place_is_free_again_after_the_wait_that_was_told_and_not_before(
    limiter: Limiter, client: str, clock: HandClock
) -> None:
    await limiter.take(client, 1)
    wait = await limiter.take(client, 1)
    clock.now += wait - 1
    assert await limiter.take(client, 1) == 1
    clock.now += 1
    assert await limiter.take(client, 1) == 0


async def test_what_was_refused_is_not_counted(limiter: Limiter, client: str, clock: HandClock) -> None:
    await limiter.take(client, 1)
    for _ in range(60):
        clock.now += 1
        assert await limiter.take(client, 1) > 0
    clock.now += PART
    assert await limiter.take(client, 1) == 0


async def test_no_window_holds_more_than_the_limit_wherever_it_begins(
    limiter: Limiter, client: str, clock: HandClock
) -> None:
    chance = random.Random(7)
    passed: list[float] = []
    for _ in range(400):
        clock.now += chance.choice([0, 0, 0.3, 1, 4, 30])
        if await limiter.take(client, 10) == 0:
            passed.append(clock.now)
    assert len(passed) > 40
    assert max(sum(start <= each < start + 60 for each in passed) for start in passed) == 10


async def test_the_limit_is_not_passed_by_asking_at_once(limiter: Limiter, client: str) -> None:
    taken = await asyncio.gather(*(limiter.take(client, 7) for _ in range(40)))
    assert taken.count(0) == 7


async def test_clients_and_windows_are_counted_apart(limiter: Limiter, client: str) -> None:
    assert await limiter.take(client, 1) == 0
    assert await limiter.take(f"{client} too", 1) == 0
    assert await limiter.take(client, 1, 3_600) == 0
    assert 3_600 <= await limiter.take(client, 1, 3_600) <= 3_600 + 3_600 / PARTS


async def test_a_process_whose_clock_went_ahead_locks_nobody_out_of_redis(
    redis_server: RedisServer, client: str, clock: HandClock
) -> None:
    async with counted_in_redis(redis_server.url, now=clock) as shared:
        clock.now += 86_400
        await shared.take(client, 1)
        clock.now -= 86_400
        assert await shared.take(client, 1) == 0


async def test_every_limit_grows_and_shrinks_with_the_requests_a_minute(client: str) -> None:
    half, least = LocalLimiter(0.5), LocalLimiter(0.001)
    assert [await half.take(client, 10) == 0 for _ in range(6)] == [True] * 5 + [False]
    assert [await least.take(client, 10) == 0 for _ in range(2)] == [True, False]


async def test_memory_is_bounded_and_forgets_whoever_was_silent_longest(clock: HandClock) -> None:
    local = LocalLimiter(keys=100, now=clock)
    await local.take("first", 1)
    for number in range(1_000):
        await local.take(f"client {number}", 1)
        assert len(local) <= 100
    assert await local.take("client 999", 1) > 0
    assert await local.take("first", 1) == 0


async def test_whoever_is_no_longer_counted_is_forgotten(clock: HandClock) -> None:
    local = LocalLimiter(now=clock)
    for number in range(50):
        await local.take(f"client {number}", 1)
    clock.now += 120
    for number in range(50):
        await local.take(f"other {number}", 1)
    assert len(local) <= 51


async def test_two_processes_share_one_count_in_redis(redis_server: RedisServer, client: str) -> None:
    url = redis_server.url
    async with counted_in_redis(url) as one, counted_in_redis(url) as other:
        assert [await one.take(client, 2), await other.take(client, 2)] == [0, 0]
        assert await one.take(client, 2) > 0
        assert await other.take(client, 2) > 0


async def test_nothing_stays_in_redis_longer_than_its_window(redis_server: RedisServer, client: str) -> None:
    async with counted_in_redis(redis_server.url) as shared, redis_server.client() as looking:
        await shared.take(client, 2)
        (key,) = await looking.keys(f"*{client}*")
        assert 60 <= await looking.ttl(key) <= 65


async def test_without_redis_each_process_counts_for_itself_and_says_so_once(
    client: str, caplog: pytest.LogCaptureFixture
) -> None:
    nobody = f"redis://:a-secret-word@127.0.0.1:{free_port()}"
    async with counted_in_redis(nobody) as away:
        caplog.set_level(logging.INFO)
        taken = [await away.take(client, 3) for _ in range(4)]
    assert taken[:3] == [0, 0, 0]
    assert taken[3] > 0
    (said,) = caplog.messages
    assert "does not answer" in said
    assert "a-secret-word" not in caplog.text


async def test_a_redis_that_came_back_counts_again(
    redis_server: RedisServer, client: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with counted_in_redis(redis_server.url) as shared:
        assert await shared.take(client, 1) == 0
        await redis_server.stop()
        caplog.set_level(logging.INFO)
        assert await shared.take(client, 1) == 0
        assert await shared.take(client, 1) > 0
        await redis_server.start()
        later = time.monotonic() + AWAY + 1
        monkeypatch.setattr(time, "monotonic", lambda: later)
        assert await shared.take(client, 1) == 0
    assert [line.split(":")[0] for line in caplog.messages] == [
        "Redis does not answer (ConnectionError)",
        "Redis answers again",
    ]


async def test_a_redis_that_hangs_costs_a_request_a_moment_and_no_other(client: str) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        async with counted_in_redis(f"redis://127.0.0.1:{port}") as shared:
            started = time.perf_counter()
            assert [await shared.take(client, 9) for _ in range(5)] == [0] * 5
            assert time.perf_counter() - started < 2


async def test_the_settings_choose_where_it_is_counted(redis_server: RedisServer) -> None:
    secret, bus = Keys(b"a secret of the tests"), LocalBus()
    async with sharing(load(), secret, bus) as here:
        assert isinstance(here.limiter, LocalLimiter)
        assert isinstance(here.cache, LocalCache)
    async with sharing(load(redis_url=redis_server.url), secret, bus) as there:
        assert isinstance(there.limiter, RedisLimiter)
        assert isinstance(there.cache, RedisCache)


async def test_installations_in_one_redis_count_for_themselves(redis_server: RedisServer) -> None:
    here, there = Keys(b"the one").installation, Keys(b"the other").installation
    client = uuid4().hex
    async with (
        counted_in_redis(redis_server.url, installation=here) as ours,
        counted_in_redis(redis_server.url, installation=there) as theirs,
        counted_in_redis(redis_server.url, installation=here) as ours_too,
    ):
        assert await ours.take(client, 1) == 0
        assert await theirs.take(client, 1) == 0
        assert await ours_too.take(client, 1) > 0
