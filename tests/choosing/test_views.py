"""Views: counted in batches, once each half hour, and of guests only how often."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from servers.adapters.limiter import LocalLimiter
from storage import search_index, views
from tests.account.conftest import Clock, Somebody
from tests.discovery.homes import Guest
from tests.street import NOW, Street
from tools.choosing.views import KEPT
from tools.dispatch import Caller, Dispatcher
from tools.ports import Ports


@pytest.fixture
async def listed(street: Street) -> Street:
    """The street, as searches find it."""
    async with street.database.writing() as db:
        await search_index.refresh(db)
    return street


async def counted(somebody: Somebody | Guest, *homes: int) -> int:
    return (await somebody.call("record_views", property_ids=list(homes))).counted


async def test_whoever_looks_again_soon_looks_once(asha: Somebody, listed: Street, clock: Clock) -> None:
    home = listed.homes[0]
    assert [await counted(asha, home, home), await counted(asha, home)] == [1, 0]
    clock.pass_(timedelta(minutes=31))
    assert await counted(asha, home) == 1
    assert await listed.ask("select times from views") == [2]
    assert await listed.ask("select views from property_interest") == [2]


async def test_only_what_is_offered_is_counted(asha: Somebody, listed: Street) -> None:
    assert await counted(asha, listed.homes[0], 999_999) == 1


async def test_of_guests_nothing_is_kept_but_how_often(dispatcher: Dispatcher, listed: Street) -> None:
    guest = Guest(dispatcher)
    await asyncio.gather(*(counted(guest, *listed.homes[:3]) for _ in range(10)))
    assert await listed.ask("select views from property_interest order by property_id") == [10] * 3
    assert await listed.count("views") == 0
    async with listed.database.reading() as db:
        assert await views.by_day(db, listed.homes[0], NOW.date()) == [(date(2031, 6, 2), 10)]


async def test_one_address_counts_once_a_day_and_makes_nothing_popular(
    dispatcher: Dispatcher, ports: Ports, listed: Street, clock: Clock, asha: Somebody
) -> None:
    home = listed.homes[0]
    limited = Dispatcher(
        dispatcher.catalog,
        listed.database,
        replace(ports, clock=clock, limiter=LocalLimiter(now=lambda: clock.shown.timestamp())),
    )
    tool = dispatcher.catalog["record_views"]

    async def looks(client: str) -> int:
        answer: Any = await limited.run(tool, {"property_ids": [home]}, Caller("rest", client=client))
        return answer.counted

    assert [await looks("192.0.2.1"), await looks("192.0.2.1"), await looks("192.0.2.2")] == [1, 0, 1]
    assert await listed.ask("select heat from property_interest") == [0]
    clock.pass_(timedelta(hours=26))
    assert await looks("192.0.2.1") == 1
    await counted(asha, home)
    assert await listed.ask("select heat > 0 from property_interest") == [True]


async def test_batches_that_overlap_in_any_order_do_not_wait_for_each_other(
    dispatcher: Dispatcher, listed: Street
) -> None:
    guest = Guest(dispatcher)
    turns = [listed.homes, listed.homes[::-1]] * 10
    await asyncio.gather(*(counted(guest, *homes) for homes in turns))
    assert set(await listed.ask("select views from property_interest")) == {20}


async def test_who_looked_at_what_is_forgotten_in_time(
    asha: Somebody, admin: Somebody, listed: Street, clock: Clock
) -> None:
    await counted(asha, *listed.homes)
    clock.pass_(KEPT + timedelta(hours=1))
    await counted(asha, listed.homes[0])
    round_: Any = await admin.call("forget_old_views", limit=3)
    assert (round_.done, round_.remaining) == (3, 2)
    await admin.call("forget_old_views")
    assert await listed.ask("select property_id from views") == [listed.homes[0]]
    assert await listed.count("view_days") == 7
