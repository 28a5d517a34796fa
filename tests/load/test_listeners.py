"""A thousand people who listen at once: each hears what concerns them, and one process has room for all."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from datetime import timedelta

import psutil
import pytest

from bench.listeners import listening, until_heard
from servers.development import DevelopmentSignIns
from servers.runtime import Runtime, running
from servers.settings import Settings
from storage import events
from storage.bus import person
from tests.crash.product import Product

pytestmark = pytest.mark.timeout(600)

PEOPLE, EACH, ROUNDS = 100, 10, 10
MOST_KIB = 120
"""Memory of an open stream; `python -m bench.events` measures it beside bare Starlette's."""

MOST_CONNECTIONS = 30


@pytest.fixture
async def runtime(product: Product) -> AsyncGenerator[Runtime]:
    """What tells people things, beside the server that they listen to."""
    settings = Settings(home=product.home, port=product.port, embedder="hashing", vectors=False)
    async with running(settings, migrates=False) as found:
        yield found


async def newcomers(product: Product) -> list[int]:
    async with product.connected() as db:
        rows = await db.fetch(
            "insert into people (email) select 'p' || n || '@ghar.test' from generate_series(1, $1) n "
            "returning id",
            PEOPLE,
        )
    return [row[0] for row in rows]


async def tell(runtime: Runtime, whom: Sequence[int], number: int) -> None:
    async with runtime.database.writing("background") as db:
        await events.add(db, [(each, "said", {"number": number}) for each in whom])
    await runtime.ports.bus.publish([person(each) for each in whom])


async def test_a_thousand_streams_of_one_process_hear_everything_in_order(product: Product, runtime: Runtime):
    whom = await newcomers(product)
    signing = DevelopmentSignIns(runtime.database, runtime.signer, runtime.catalog)
    tokens = [await signing.token(each, (), timedelta(hours=1)) for each in whom] * EACH
    server = psutil.Process(product.processes[0].pid)
    before = server.memory_info().rss
    async with listening(product.port, "/api/v1/events", tokens) as listeners:
        for number in range(ROUNDS):
            await tell(runtime, whom, number)
        await until_heard(listeners, ROUNDS)
        grown = (server.memory_info().rss - before) / 1024 / len(listeners)
        async with product.connected() as db:
            used = await db.fetchval("select count(*) from pg_stat_activity where datname = 'ghar'")
            kept = await db.fetch("select person_id, id from events where name = 'said' order by id")
    told = {each: [row["id"] for row in kept if row["person_id"] == each] for each in whom}
    for each, listener in zip(whom * EACH, listeners, strict=True):
        assert [id_ for id_, _ in listener.heard] == told[each]
    assert used <= MOST_CONNECTIONS
    assert grown < MOST_KIB


async def test_one_who_takes_nothing_holds_up_nobody(product: Product, runtime: Runtime):
    whom = await newcomers(product)
    signing = DevelopmentSignIns(runtime.database, runtime.signer, runtime.catalog)
    asleep, awake = [await signing.token(each, (), timedelta(hours=1)) for each in whom[:2]]
    _, writer = await asyncio.open_connection("127.0.0.1", product.port, limit=1024)
    writer.write(
        f"GET /api/v1/events HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {asleep}\r\n\r\n".encode()
    )
    try:
        async with listening(product.port, "/api/v1/events", [awake]) as listeners:
            for number in range(200):
                await tell(runtime, whom[:1], number)
                await tell(runtime, whom[1:2], number)
            await until_heard(listeners, 200)
    finally:
        writer.close()
