"""What every bus promises: in the process, over PostgreSQL, over Redis; and what those do in an outage."""

import asyncio
import logging
import time
from collections.abc import Callable

import asyncpg
import pytest

from servers.adapters import hints
from servers.keys import Keys
from servers.settings import load
from storage.bus import EVERYTHING, Bus, LocalBus, job, person, person_of
from storage.bus_carried import MOST_WAITING
from storage.bus_postgres import PostgresBus
from storage.bus_redis import RedisBus
from tests.door.redis_server import RedisServer, free_port
from tests.streams.conftest import Joined

PATIENCE = 30.0


async def until(what: Callable[[], bool]) -> None:
    """Wait for something to become true."""
    async with asyncio.timeout(PATIENCE):
        while not what():
            await asyncio.sleep(0.01)


async def test_a_hint_reaches_every_process(joined: Joined) -> None:
    here, there = await joined(), await joined()
    near: list[str] = []
    far: list[str] = []
    with here.listen(near.append), there.listen(far.append):
        await until(lambda: here.carries and there.carries)
        await here.publish({person(1)})
        await there.publish({person(2)})
        await until(lambda: {person(1), person(2)} <= {*near} & {*far})


async def test_each_process_hears_a_hint_once(joined: Joined) -> None:
    here, there = await joined(), await joined()
    near: list[str] = []
    far: list[str] = []
    with here.listen(near.append), there.listen(far.append):
        await until(lambda: here.carries and there.carries)
        await here.publish({person(1)})
        await until(lambda: person(1) in far)
        await there.publish({"last"})
        await until(lambda: "last" in near)
    assert near.count(person(1)) == far.count(person(1)) == 1


async def test_listeners_of_the_process_hear_at_once(joined: Joined) -> None:
    bus = await joined()
    heard: list[str] = []
    with bus.listen(heard.append):
        await bus.publish({person(7)})
        assert person(7) in heard


async def test_thousands_of_topics_arrive(joined: Joined) -> None:
    here, there = await joined(), await joined()
    heard: set[str] = set()
    topics = {person(each) for each in range(3_000)}
    with there.listen(heard.add):
        await until(lambda: there.carries)
        await here.publish(topics)
        await until(lambda: topics <= heard)


async def test_whoever_stopped_listening_hears_nothing(joined: Joined) -> None:
    bus = await joined()
    heard: list[str] = []
    with bus.listen(heard.append):
        pass
    heard.clear()
    await bus.publish({person(1)})
    assert heard == []


async def test_what_was_published_just_before_the_end_leaves(joined: Joined) -> None:
    here, there = await joined(), await joined()
    heard: list[str] = []
    with there.listen(heard.append):
        await until(lambda: there.carries)
        await here.publish({person(9)})
        await here.close()
        await until(lambda: person(9) in heard)


@pytest.mark.parametrize("kind", [PostgresBus, RedisBus])
async def test_nobody_waits_for_a_bus_that_is_away(
    kind: type[PostgresBus | RedisBus], caplog: pytest.LogCaptureFixture
) -> None:
    away = f"127.0.0.1:{free_port()}"
    bus = PostgresBus(f"postgresql://{away}")
    if kind is RedisBus:
        bus = RedisBus(f"redis://{away}", "away")
    heard: list[str] = []
    with caplog.at_level(logging.INFO), bus.listen(heard.append):
        began = time.monotonic()
        for each in range(2 * MOST_WAITING):
            await bus.publish({person(each)})
        assert time.monotonic() - began < PATIENCE
        await until(lambda: "carries no hints now" in caplog.text)
        assert len(heard) == 2 * MOST_WAITING
        assert not bus.carries
        await bus.close()
    assert caplog.text.count("carries no hints now") == 1


async def test_a_connection_that_is_cut_comes_back_and_everything_is_looked_at(peopled_url: str) -> None:
    bus = PostgresBus(peopled_url)
    await _comes_back(bus, lambda: _cut(peopled_url))


async def test_a_redis_that_was_restarted_carries_again(redis_server: RedisServer) -> None:
    async def restart() -> None:
        await redis_server.stop()
        await redis_server.start()

    await _comes_back(RedisBus(redis_server.url, "restarted"), restart)


async def _comes_back(bus: PostgresBus | RedisBus, outage: Callable[[], object]) -> None:
    heard: list[str] = []
    with bus.listen(heard.append):
        await until(lambda: bus.carries and EVERYTHING in heard)
        heard.clear()
        done = outage()
        assert asyncio.iscoroutine(done)
        await done
        await until(lambda: bus.carries and EVERYTHING in heard)
    await bus.close()


async def _cut(url: str) -> None:
    connection = await asyncpg.connect(url)
    cut = await connection.fetch(
        "select pg_terminate_backend(pid) from pg_stat_activity "
        "where datname = current_database() and query like 'LISTEN%'"
    )
    assert cut
    await connection.close()


async def test_installations_in_one_redis_do_not_hear_each_other(redis_server: RedisServer) -> None:
    def one_of(secret: bytes) -> Bus:
        installation = Keys(secret).installation
        return hints.choose(load(redis_url=redis_server.url), "postgresql://127.0.0.1/ghar", installation)

    here, here_too, there = one_of(b"ours"), one_of(b"ours"), one_of(b"theirs")
    heard: list[str] = []
    with here.listen(heard.append):
        await until(lambda: EVERYTHING in heard)
        await there.publish({person(1)})
        await here_too.publish({person(2)})
        await until(lambda: person(2) in heard)
        await there.publish({person(1)})
        await here_too.publish({person(3)})
        await until(lambda: person(3) in heard)
    assert person(1) not in heard
    for bus in (here, here_too, there):
        await bus.close()


def test_a_topic_names_a_person_or_nobody() -> None:
    assert person_of(person(12)) == 12
    assert [person_of(each) for each in (job(12), EVERYTHING, "person:", "person:x", "")] == [None] * 5


def test_the_settings_choose_the_bus() -> None:
    def chosen(**given: object) -> type[Bus]:
        return type(hints.choose(load(**given), "postgresql://127.0.0.1/ghar", "ghar:here"))

    assert chosen() is PostgresBus
    assert chosen(serverless=True) is LocalBus
    assert chosen(redis_url="redis://127.0.0.1") is RedisBus
    assert chosen(redis_url="redis://127.0.0.1", serverless=True) is RedisBus
