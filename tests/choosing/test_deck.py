"""The deck: never one twice, by what was liked and is preferred, with something for whoever is new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from storage.engine import Database
from tests.account.conftest import Clock, Somebody
from tests.discovery.homes import CYBER_CITY, Guest, add
from tests.street import Street
from tools.dispatch import Dispatcher

FAR = (28.38, 77.2)


@dataclass(frozen=True)
class Town:
    """Homes in two parts of a town, and what happens to them."""

    street: Street
    near: list[int]
    """Flats to rent with two bedrooms for 30,000 rupees, in one place."""

    far: list[int]
    """Houses to buy with four bedrooms for two crore, in another."""


@pytest.fixture
async def town(database: Database, admin: Somebody) -> Town:
    flats = [{"title": f"Quiet flat {n}", "price": 30_000 + n, "sector": "Sector 57"} for n in range(30)]
    houses: list[dict[str, Any]] = [
        {
            "title": f"Villa {n}", "purpose": "buy", "kind": "house", "bedrooms": 4, "at": FAR,
            "price": 20_000_000 + n, "area_sqft": 4000, "sector": "Sector 56",
        }
        for n in range(30)
    ]  # fmt: skip
    ids = await add(database, *flats, *houses)
    await admin.call("embed_listings", limit=500)
    return Town(Street(database, ids), ids[:30], ids[30:])


def ids(deck: Any) -> list[int]:
    return [each.id for each in deck.items]


async def swipe(somebody: Somebody, homes: Sequence[int], choice: str) -> None:
    for home in homes:
        await somebody.call("swipe_property", property_id=home, choice=choice)


@pytest.mark.requirement("F1")
async def test_none_comes_again_until_there_are_none(asha: Somebody, town: Town, clock: Clock) -> None:
    seen: list[int] = []
    while found := ids(await asha.call("next_properties", limit=20)):
        assert not set(found) & set(seen)
        clock.pass_(timedelta(minutes=5))
        for at, home in enumerate(found):
            await swipe(asha, [home], ("pass", "like", "super_like")[at % 3])
        seen += found
    assert sorted(seen) == sorted([*town.near, *town.far])
    assert "all that fits" in (await asha.call("next_properties")).note
    await asha.call("swipe_property", property_id=seen[7], choice="none")
    assert ids(await asha.call("next_properties")) == [seen[7]]


async def test_the_same_comes_until_something_is_swiped_and_nothing_that_is_left_out(
    asha: Somebody, town: Town
) -> None:
    first = ids(await asha.call("next_properties"))
    assert ids(await asha.call("next_properties")) == first
    assert not set(ids(await asha.call("next_properties", without=first))) & set(first)


async def test_whoever_likes_something_gets_more_of_it_with_something_else_among_it(
    asha: Somebody, town: Town
) -> None:
    await swipe(asha, town.far[:3], "like")
    deck = await asha.call("next_properties", limit=10)
    alike = [each for each in deck.items if each.because == "taste"]
    assert len(alike) >= 3
    assert {each.id for each in alike} <= set(town.far)
    assert all(each.like in town.far[:3] and each.reason == "like one you liked" for each in alike)
    assert {each.because for each in deck.items} >= {"taste", "explore"}
    assert set(ids(deck)) & set(town.near)


async def test_what_was_looked_at_counts_a_little_and_what_was_passed_then_not(
    asha: Somebody, town: Town
) -> None:
    await asha.call("record_views", property_ids=town.far[:3])
    deck = await asha.call("next_properties")
    assert any(each.reason == "like one you looked at" for each in deck.items)
    await swipe(asha, town.far[:3], "pass")
    assert all(each.because != "taste" for each in (await asha.call("next_properties")).items)


async def test_preferences_are_kept_to_unless_something_else_is_asked(asha: Somebody, town: Town) -> None:
    await asha.call(
        "update_preferences", purpose="rent", bedrooms=[2], budget_max=30_010,
        localities=["Sector 57", "nowhere at all"],
    )  # fmt: skip
    deck = await asha.call("next_properties", limit=20)
    assert sorted(ids(deck)) == town.near[:11]
    assert all("up to ₹30,010" in each.why.met for each in deck.items)
    assert set(ids(await asha.call("next_properties", purpose="buy"))) <= set(town.far)
    assert set(ids(await asha.call("next_properties", words="villa to buy"))) <= set(town.far)


async def test_a_guest_gets_what_is_popular_nearby_and_never_somebody_elses_swipes(
    asha: Somebody, ravi: Somebody, town: Town, dispatcher: Dispatcher
) -> None:
    guest = Guest(dispatcher)
    await swipe(asha, [town.near[4], town.far[9]], "super_like")
    await swipe(ravi, [town.near[4]], "like")
    lat, lng = CYBER_CITY
    deck = await guest.call("next_properties", lat=lat, lng=lng)
    popular = [each.id for each in deck.items if each.because == "popular"]
    assert popular == [town.near[4]]
    assert set(ids(deck)) <= set(town.near)
    assert {each.id: each.likes for each in deck.items}[town.near[4]] == 0
    everywhere = await guest.call("next_properties")
    assert set(ids(everywhere)[:3]) >= {town.near[4], town.far[9]}


async def test_what_is_popular_in_a_place_comes_however_much_more_popular_all_else_is(
    asha: Somebody, ravi: Somebody, town: Town, dispatcher: Dispatcher
) -> None:
    await swipe(asha, town.far, "super_like")
    await swipe(ravi, [town.near[4]], "like")
    lat, lng = CYBER_CITY
    deck = await Guest(dispatcher).call("next_properties", lat=lat, lng=lng)
    assert [each.id for each in deck.items if each.because == "popular"] == [town.near[4]]


async def test_ones_own_property_and_what_is_no_longer_offered_do_not_come(
    asha: Somebody, town: Town
) -> None:
    for home in town.far:
        await town.street.set(home, owner_id=asha.id)
    for _ in range(3):
        found = ids(await asha.call("next_properties", limit=20))
        assert set(found) <= set(town.near)
        await swipe(asha, found, "pass")


async def test_where_nothing_fits_it_says_so(dispatcher: Dispatcher, town: Town) -> None:
    assert (
        await Guest(dispatcher).call("next_properties", budget_max=5)
    ).note == "Nothing fits what was asked."
