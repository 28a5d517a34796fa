"""What every cache promises, in the process and in a real Redis, also while that does not answer."""

import ast
import asyncio
import logging
import re
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from servers.adapters.cache_redis import RedisCache
from servers.adapters.redis_link import AWAY, RedisLink
from servers.keys import Keys
from storage.bus import LocalBus
from storage.cache import FACETS, KINDS, QUESTIONS, Cache, Flights, Kind, LocalCache
from tests.architecture.test_budgets import PACKAGES, ROOT, sources, tree
from tests.door.redis_server import RedisServer, free_port

DOCUMENT = ROOT / "docs" / "cache.md"
SECRET = b"a secret of the tests"
BRIEF = Kind("brief", 1, "Nothing.")


@pytest.fixture(scope="module")
async def redis_server(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[RedisServer]:
    server = RedisServer(free_port(), tmp_path_factory.mktemp("redis"))
    await server.start()
    yield server
    await server.stop()


@asynccontextmanager
async def in_redis(server: RedisServer, secret: bytes = SECRET) -> AsyncGenerator[RedisCache]:
    """The cache of a process of its own."""
    link = RedisLink(server.url, Keys(secret).installation)
    yield RedisCache(link, secret)
    await link.close()


@pytest.fixture(params=["in the process", "in Redis"])
async def cache(request: pytest.FixtureRequest, redis_server: RedisServer) -> AsyncGenerator[Cache]:
    """Each cache, empty."""
    if request.param == "in the process":
        yield LocalCache()
        return
    async with in_redis(redis_server, uuid4().bytes) as shared:
        yield shared


class Making:
    """Makes answers when it may, and counts them."""

    def __init__(self, what: str = "made", *, waits: bool = False) -> None:
        self.what = what
        self.made = 0
        self.begun = asyncio.Event()
        self.may = asyncio.Event()
        if not waits:
            self.may.set()

    async def __call__(self) -> bytes:
        self.made += 1
        self.begun.set()
        await self.may.wait()
        return f"{self.what} {self.made}".encode()


async def test_what_is_set_is_there_until_it_is_deleted(cache: Cache) -> None:
    assert await cache.get(FACETS, "a") is None
    await cache.set(FACETS, "a", b"\x00one")
    await cache.set(FACETS, "a", b"\x00two")
    assert await cache.get(FACETS, "a") == b"\x00two"
    assert await cache.get(FACETS, "b") is None
    assert await cache.get(QUESTIONS, "a") is None
    await cache.delete(FACETS, "a")
    await cache.delete(FACETS, "a")
    assert await cache.get(FACETS, "a") is None


async def test_nothing_is_kept_longer_than_its_kind_is_good(cache: Cache) -> None:
    await cache.set(BRIEF, "a", b"one")
    async with asyncio.timeout(20):
        while await cache.get(BRIEF, "a") is not None:
            await asyncio.sleep(0.02)


async def test_forgetting_a_kind_leaves_the_others(cache: Cache) -> None:
    for kind in (FACETS, QUESTIONS):
        await cache.set(kind, "a", b"one")
    await cache.forget(FACETS)
    assert await cache.get(FACETS, "a") is None
    assert await cache.get(QUESTIONS, "a") == b"one"
    await cache.set(FACETS, "a", b"two")
    assert await cache.get(FACETS, "a") == b"two"


async def test_what_is_remembered_is_made_once(cache: Cache) -> None:
    making = Making()
    assert [await cache.remember(FACETS, "a", making) for _ in range(3)] == [b"made 1"] * 3
    assert await cache.get(FACETS, "a") == b"made 1"


async def test_many_who_ask_at_once_have_it_made_by_one(cache: Cache) -> None:
    making = Making(waits=True)
    asking = [asyncio.create_task(cache.remember(FACETS, "a", making)) for _ in range(20)]
    await making.begun.wait()
    making.may.set()
    assert set(await asyncio.gather(*asking)) == {b"made 1"}
    assert making.made == 1


async def test_what_was_being_made_while_its_kind_was_forgotten_is_not_kept(cache: Cache) -> None:
    old, new = Making("old", waits=True), Making("new")
    asking = asyncio.create_task(cache.remember(FACETS, "a", old))
    await old.begun.wait()
    await cache.forget(FACETS)
    assert await cache.remember(FACETS, "a", new) == b"new 1"
    old.may.set()
    assert await asking == b"old 1"
    assert (await cache.remember(FACETS, "a", new)).startswith(b"new")


async def test_a_failure_is_not_kept_and_everyone_who_waited_tries_alone(cache: Cache) -> None:
    asked = 0

    async def failing() -> bytes:
        nonlocal asked
        asked += 1
        await asyncio.sleep(0)
        raise LookupError

    asking = [cache.remember(FACETS, "a", failing) for _ in range(3)]
    ended = await asyncio.gather(*asking, return_exceptions=True)
    assert [type(each) for each in ended] == [LookupError] * 3
    assert asked == 3
    assert await cache.remember(FACETS, "a", Making()) == b"made 1"


async def test_who_goes_away_while_making_leaves_it_to_the_next(cache: Cache) -> None:
    first, second = Making(waits=True), Making()
    leaving = asyncio.create_task(cache.remember(FACETS, "a", first))
    await first.begun.wait()
    waiting = asyncio.create_task(cache.remember(FACETS, "a", second))
    await asyncio.sleep(0)
    leaving.cancel()
    assert await waiting == b"made 1"
    assert second.made == 1


async def test_nobody_waits_for_another_longer_than_a_moment() -> None:
    flights, slow, own = Flights(patience=0.01), Making(waits=True), Making()
    asking = asyncio.create_task(flights.alone("a", slow))
    await slow.begun.wait()
    assert await flights.alone("a", own) == b"made 1"
    slow.may.set()
    await asking


async def test_memory_is_bounded_and_what_was_not_asked_for_longest_goes() -> None:
    cache = LocalCache(most=10_000)
    for number in range(1_000):
        await cache.set(FACETS, f"{number}", b"x" * 300)
        await cache.get(FACETS, "0")
    assert len(cache) == 20
    assert await cache.get(FACETS, "0") is not None
    assert await cache.get(FACETS, "1") is None
    await cache.set(FACETS, "huge", b"x" * 20_000)
    assert await cache.get(FACETS, "huge") is None


async def test_what_one_process_forgets_the_others_hear_of() -> None:
    bus = LocalBus()
    here, there = LocalCache(bus), LocalCache(bus)
    with here.listening(), there.listening():
        for each in (here, there):
            await each.set(FACETS, "a", b"one")
        await here.forget(FACETS)
        assert [await each.get(FACETS, "a") for each in (here, there)] == [None, None]


async def test_processes_share_what_is_in_redis_and_have_it_made_once(redis_server: RedisServer) -> None:
    making = Making(waits=True)
    async with in_redis(redis_server) as here, in_redis(redis_server) as there:
        asking = [asyncio.create_task(each.remember(FACETS, "shared", making)) for each in (here, there)]
        await making.begun.wait()
        making.may.set()
        assert await asyncio.gather(*asking) == [b"made 1"] * 2
        await there.forget(FACETS)
        assert await here.get(FACETS, "shared") is None


async def test_installations_in_one_redis_do_not_see_each_other(redis_server: RedisServer) -> None:
    async with in_redis(redis_server) as here, in_redis(redis_server, b"another secret") as there:
        await here.set(FACETS, "ours", b"one")
        assert await there.get(FACETS, "ours") is None
        await there.forget(FACETS)
        assert await here.get(FACETS, "ours") == b"one"


async def test_redis_is_told_neither_what_was_asked_nor_anything_for_ever(redis_server: RedisServer) -> None:
    async with in_redis(redis_server, uuid4().bytes) as cache, redis_server.client() as looking:
        await looking.flushall()
        await cache.remember(QUESTIONS, "a flat near my mother in Sector 57", Making())
        keys = await looking.keys("*")
        assert not [key for key in keys if b"mother" in key]
        kept = [await looking.ttl(key) for key in keys if not key.endswith(b":age")]
        assert len(kept) == 1
        assert 0 < kept[0] <= QUESTIONS.seconds


async def test_while_redis_is_away_everything_is_made_anew_and_what_was_forgotten_stays_so(
    redis_server: RedisServer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO)
    making = Making()
    async with in_redis(redis_server) as cache:
        await cache.set(FACETS, "a", b"before")
        async with redis_server.client() as looking:
            had = {key: await looking.get(key) for key in await looking.keys("*")}
        await redis_server.stop()
        assert [await cache.remember(FACETS, "a", making) for _ in range(2)] == [b"made 1", b"made 2"]
        assert await cache.get(FACETS, "a") is None
        await cache.set(FACETS, "a", b"lost")
        await cache.delete(FACETS, "a")
        await cache.forget(FACETS)
        await redis_server.start()
        # As one that was only cut off, and still has what it had.
        async with redis_server.client() as looking:
            await looking.mset(had)
        later = time.monotonic() + AWAY + 1
        monkeypatch.setattr(time, "monotonic", lambda: later)
        assert await cache.get(FACETS, "a") is None
        assert await cache.remember(FACETS, "a", making) == b"made 3"
        assert await cache.get(FACETS, "a") == b"made 3"
    assert [line.partition(":")[0] for line in caplog.messages if line.startswith("Redis")] == [
        "Redis does not answer (ConnectionError)",
        "Redis answers again",
    ]


def test_every_kind_that_is_kept_stands_in_the_document() -> None:
    said = DOCUMENT.read_text()
    assert {kind.name for kind in KINDS if f"| `{kind.name}` |" not in said} == set()
    assert {kind.name for kind in KINDS if kind.ends not in said} == set()


def keeps(path: Path) -> bool:
    """Whether a module keeps what it has made, by the looks of its code."""
    kept = {"cache", "lru_cache", "cached_property", "OrderedDict", "WeakKeyDictionary"}
    names = {
        name.id if isinstance(name, ast.Name) else name.attr
        for name in ast.walk(tree(path))
        if isinstance(name, ast.Name | ast.Attribute)
    }
    imported = {
        alias.name
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.module in ("functools", "collections", "weakref")
        for alias in node.names
    }
    return bool(kept & names & imported)


def test_whatever_keeps_something_stands_in_the_document() -> None:
    said = set(re.findall(r"`([\w/]+\.py)`", DOCUMENT.read_text()))
    keeping = {str(path.relative_to(ROOT)) for path in sources(*PACKAGES) if keeps(path)}
    assert keeping - said - {"storage/cache.py"} == set()
    assert {path for path in said if not (ROOT / path).exists()} == set()
