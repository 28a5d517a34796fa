"""Swipes: one word for each property and person, counted exactly, and taken back."""

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from storage import swipes
from storage.engine import Database, DatabaseOptions
from tests.account.conftest import Clock, Join, Somebody
from tests.street import Street
from tools.choosing.swipes import NothingSwiped, OwnProperty
from tools.cursors import BadCursor
from tools.dispatch import Dispatcher
from tools.offers import NoSuchProperty
from tools.refusals import Unavailable

COUNTED = "select array[likes, super_likes, passes] from property_interest where property_id = :home"


async def interest(street: Street, home: int) -> list[int]:
    """Likes, super-likes and passes, as they are counted."""
    return next(iter(await street.ask(COUNTED, home=home)), [0, 0, 0])


async def listed(somebody: Somebody, **given: object) -> list[tuple[int, str]]:
    return [(each.property_id, each.choice) for each in (await somebody.call("list_swipes", **given)).items]


async def test_a_swipe_is_kept_once_and_changes_when_something_else_is_said(
    asha: Somebody, street: Street
) -> None:
    home = street.homes[0]
    first = await asha.call("swipe_property", property_id=home, choice="like")
    again = await asha.call("swipe_property", property_id=home, choice="like")
    assert (first.changed, again.changed) == (True, False)
    changed = await asha.call("swipe_property", property_id=home, choice="super_like")
    assert (changed.before, changed.choice, changed.changed) == ("like", "super_like", True)
    assert await listed(asha) == [(home, "super_like")]
    assert await interest(street, home) == [0, 1, 0]


async def test_what_is_taken_back_counts_no_longer_and_warms_nothing(asha: Somebody, street: Street) -> None:
    home = street.homes[0]
    for _ in range(3):
        await asha.call("swipe_property", property_id=home, choice="like")
        await asha.call("swipe_property", property_id=home, choice="none")
    assert await interest(street, home) == [0, 0, 0]
    assert await street.ask("select heat from property_interest") == [0.0]
    assert await listed(asha) == []


async def test_undo_takes_back_the_last_swipe_and_then_the_one_before(
    asha: Somebody, street: Street, clock: Clock
) -> None:
    for home in street.homes[:2]:
        clock.pass_(timedelta(seconds=1))
        await asha.call("swipe_property", property_id=home, choice="pass")
    assert (await asha.call("undo_swipe")).property_id == street.homes[1]
    assert (await asha.call("undo_swipe")).property_id == street.homes[0]
    with pytest.raises(NothingSwiped):
        await asha.call("undo_swipe")


async def test_taking_an_action_back_says_what_was_said_before(asha: Somebody, street: Street) -> None:
    home = street.homes[0]
    await asha.call("swipe_property", property_id=home, choice="pass")
    await asha.call("swipe_property", property_id=home, choice="like")
    (latest,) = await street.ask("select max(id) from activities")
    await asha.call("undo_action", id=latest)
    assert await listed(asha) == [(home, "pass")]


async def test_only_what_is_offered_by_others_is_swiped(asha: Somebody, street: Street) -> None:
    gone, own = street.homes[:2]
    await asha.call("swipe_property", property_id=gone, choice="like")
    await street.set(gone, status="rented")
    await street.set(own, owner_id=asha.id)
    with pytest.raises(NoSuchProperty):
        await asha.call("swipe_property", property_id=gone, choice="pass")
    with pytest.raises(OwnProperty):
        await asha.call("swipe_property", property_id=own, choice="like")
    assert (await asha.call("swipe_property", property_id=gone, choice="none")).changed


async def test_the_history_is_paged_filtered_and_ones_own(
    asha: Somebody, ravi: Somebody, street: Street, clock: Clock
) -> None:
    said = [(home, "like" if at % 2 else "pass") for at, home in enumerate(street.homes)]
    for home, choice in said:
        clock.pass_(timedelta(minutes=1))
        await asha.call("swipe_property", property_id=home, choice=choice)
    first = await asha.call("list_swipes", limit=4)
    second = await asha.call("list_swipes", limit=4, cursor=first.next_cursor)
    found = [(each.property_id, each.choice) for each in (*first.items, *second.items)]
    assert found == said[::-1]
    assert (first.has_more, second.has_more) == (True, False)
    assert await listed(asha, choices=["like"]) == [pair for pair in said[::-1] if pair[1] == "like"]
    assert await listed(ravi) == []
    with pytest.raises(BadCursor):
        await asha.call("list_swipes", cursor="made up")


async def test_statistics_are_of_the_person_who_asks(asha: Somebody, ravi: Somebody, street: Street) -> None:
    for home, choice in zip(street.homes, ["like", "like", "super_like", "pass"], strict=False):
        await asha.call("swipe_property", property_id=home, choice=choice)
    await ravi.call("swipe_property", property_id=street.homes[5], choice="like")
    told = await asha.call("swipe_statistics")
    assert (told.likes, told.super_likes, told.passes, told.this_week) == (2, 1, 1, 4)
    assert [(each.purpose, each.likes, each.median) for each in told.prices] == [("rent", 3, 2000)]


async def test_what_a_person_thinks_goes_with_them_and_is_no_longer_counted(
    asha: Somebody, ravi: Somebody, street: Street
) -> None:
    for home in street.homes:
        for somebody in (asha, ravi):
            await somebody.call("swipe_property", property_id=home, choice="like")
    await street.run("delete from swipes where person_id = :id", id=asha.id)
    assert [await interest(street, home) for home in street.homes] == [[1, 0, 0]] * 6
    await street.run("delete from properties where id = :id", id=street.homes[0])
    assert await street.count("property_interest") == 5


@pytest.fixture
async def crowd(dispatcher: Dispatcher, database_url: str, join: Join) -> AsyncIterator[list[Somebody]]:
    """Fifteen people on connections of their own."""
    wide = Database(DatabaseOptions(url=database_url, pool_size=30, background_pool_size=2))
    people = [await join(f"+9198{number:08}") for number in range(15)]
    many = Dispatcher(dispatcher.catalog, wide, dispatcher._ports)  # pyright: ignore[reportPrivateUsage]
    yield [replace(each, dispatcher=many) for each in people]
    await wide.close()


async def said_so(somebody: Somebody, home: int, choice: str) -> bool:
    try:
        await somebody.call("swipe_property", property_id=home, choice=choice)
    except Unavailable:
        return False
    return True


async def test_counts_are_exact_when_many_change_their_minds_at_once(
    crowd: list[Somebody], street: Street
) -> None:
    draw = random.Random(7)
    homes = street.homes[:2]

    async def dither(somebody: Somebody, said: list[tuple[int, str]]) -> None:
        for home, choice in said:
            # Whoever waited too long for all the others is told to try again, and does.
            async with asyncio.timeout(60):
                while not await said_so(somebody, home, choice):
                    pass

    words = ["like", "super_like", "pass", "none"]
    turns = [[(draw.choice(homes), draw.choice(words)) for _ in range(6)] for _ in crowd]
    # Each person from two devices at once, so that the same swipe is written twice.
    await asyncio.gather(
        *(dither(*pair) for pair in zip(crowd, turns, strict=True)),
        *(dither(*pair) for pair in zip(crowd, turns, strict=True)),
    )
    for home in homes:
        sums = ", ".join(
            f"count(*) filter (where choice = '{word}')" for word in ("like", "super_like", "pass")
        )
        kept = f"select array[{sums}] from swipes where property_id = :home"
        assert [await interest(street, home)] == await street.ask(kept, home=home)
    async with street.database.reading(primary=True) as db:
        told: Any = await swipes.interest(db, homes)
    assert {home: [each.likes, each.super_likes, each.passes] for home, each in told.items()} == {
        home: await interest(street, home) for home in homes
    }
