"""Watches: news of a search, a property or a place's prices, found once and told when it is wanted."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from tests.account.conftest import Clock, Join, Somebody
from tests.street import NOW
from tests.watches.conftest import Market
from tools.refusals import Invalid, Refused
from tools.watches.watches import MOST, BadSnooze, NoSuchWatch, OneThing, TooFew, TooManyWatches, TooWide

CHEAP = {"purpose": "rent", "budget_max": 3_000}
"""The first three homes of the street."""


async def found(somebody: Somebody, **given: Any) -> list[tuple[str, int | None]]:
    """What watches found, the oldest first."""
    page = await somebody.call("watch_changes", **given)
    return [(each.kind, each.property_id) for each in page.items[::-1]]


async def test_what_is_new_changed_and_gone_in_a_search_is_found_once(asha: Somebody, market: Market) -> None:
    one, two, three, four, *_ = market.street.homes
    watch = await asha.call("create_watch", search=CHEAP, name="Cheap")
    assert (watch.kind, watch.question) == ("search", {"purpose": "rent", "budget_max": 3_000})
    await market.looked()
    assert await found(asha) == []

    await market.edit(four, price=2_900)
    await market.edit(two, price=1_500)
    await market.looked()
    await market.edit(one, status="paused")
    await market.edit(three, price=9_000)
    await market.looked()
    await market.edit(one, status="live")
    await market.edit(two, status="rented")
    await market.edit(two, title="Another name")
    await market.looked()
    await market.looked()
    assert await found(asha) == [
        ("price_down", two), ("new", four), ("paused", one), ("gone", three), ("back", one), ("gone", two),
    ]  # fmt: skip
    assert await market.told(asha) == [
        'Cheaper: Flat 2, ₹1,500/month (was ₹2,000/month)", "New: Flat 4, ₹2,900/month',
        'Paused: Apartment, ₹1,000/month", "Gone: Flat 3, ₹3,000/month',
        'Back again: Flat 1, ₹1,000/month", "Gone: Apartment, ₹1,500/month',
    ]
    page = await asha.call("watch_changes", limit=4)
    rest = await asha.call("watch_changes", limit=4, cursor=page.next_cursor)
    assert [len(page.items), len(rest.items), rest.has_more] == [4, 2, False]
    assert all(each.told_at for each in page.items)


async def test_a_search_in_words_is_watched_as_it_was_understood(asha: Somebody, market: Market) -> None:
    watch = await asha.call("create_watch", search={"words": "flat for rent under 3000", "sort": "price"})
    assert watch.name == "flat for rent under 3000"
    assert (watch.question["budget_max"], watch.question["purpose"]) == (3_000, "rent")
    assert "words" not in watch.question
    await market.edit(market.street.homes[5], price=2_000)
    await market.looked()
    assert await found(asha, watch_id=watch.id) == [("new", market.street.homes[5])]


async def test_a_property_is_watched_by_price_and_status_and_others_are_not(
    asha: Somebody, ravi: Somebody, market: Market
) -> None:
    home, other, *_ = market.street.homes
    watch = await asha.call("create_watch", property_id=home)
    assert watch.name == "Flat 1"
    await market.edit(home, price=1_200)
    await market.edit(other, price=1)
    await market.looked()
    await market.edit(home, status="sold")
    await market.edit(home, status="paused")
    await market.looked()
    await market.edit(home, status="archived")
    await market.looked()
    assert await found(asha) == [("price_up", home), ("paused", home), ("gone", home)]
    assert await found(ravi) == []
    assert await found(ravi, watch_id=watch.id) == []


async def test_prices_of_a_place_are_news_when_they_have_moved(
    asha: Somebody, market: Market, clock: Clock
) -> None:
    watch = await asha.call("create_watch", prices={"purpose": "rent"}, name="Rents")
    assert watch.median == 3_500
    await market.edit(market.street.homes[5], price=7_000)
    clock.pass_(timedelta(days=1))
    await market.job("recheck_watches")
    assert await found(asha) == []
    await market.edit(*market.street.homes[3:], price=3_600)
    await market.job("recheck_watches")
    assert await found(asha) == []
    clock.pass_(timedelta(days=1))
    await market.job("recheck_watches")
    await market.job("recheck_watches")
    assert await found(asha) == [("price_down", None)]
    await market.job("tell_watches")
    assert await market.told(asha) == ["Cheaper: the middle price, ₹3,300 (was ₹3,500)"]
    with pytest.raises(TooFew):
        await asha.call("create_watch", prices={"purpose": "buy"})


async def test_the_daily_look_finds_what_no_edit_told(asha: Somebody, market: Market, clock: Clock) -> None:
    await asha.call("create_watch", search=CHEAP)
    await market.edit(market.street.homes[4], price=2_000)
    await market.edit(market.street.homes[0], status="archived")
    await market.street.run("delete from property_marks")
    await market.looked()
    assert await found(asha) == []
    clock.pass_(timedelta(days=1))
    await market.job("recheck_watches")
    assert await found(asha) == [("gone", market.street.homes[0]), ("new", market.street.homes[4])]


async def test_daily_and_weekly_news_is_told_at_nine_and_a_snooze_is_kept(
    asha: Somebody, market: Market, clock: Clock
) -> None:
    home = market.street.homes[0]
    daily = await asha.call("create_watch", property_id=home, often="daily")
    weekly = await asha.call("create_watch", property_id=home, often="weekly")
    snoozed = await asha.call("create_watch", property_id=home)
    await asha.call("update_watch", id=snoozed.id, snooze_until=NOW + timedelta(hours=3))
    clock.pass_(timedelta(hours=1))
    await market.edit(home, price=900)
    await market.looked()
    assert await market.told(asha) == []
    clock.shown = NOW + timedelta(hours=3)
    await market.job("tell_watches")
    assert len(await market.told(asha)) == 1
    clock.shown = NOW + timedelta(days=1, minutes=30)
    await market.job("tell_watches")
    assert len(await market.told(asha)) == 2
    assert [each.told_at is None for each in (await asha.call("watch_changes")).items] == [False, True, False]
    await asha.call("update_watch", id=weekly.id, often="daily")
    clock.pass_(timedelta(days=1))
    await market.job("tell_watches")
    assert len(await market.told(asha)) == 3
    with pytest.raises(BadSnooze):
        await asha.call("update_watch", id=daily.id, snooze_until=NOW + timedelta(days=400))


async def test_a_paused_watch_finds_nothing_and_goes_on_from_how_things_are(
    asha: Somebody, market: Market
) -> None:
    one, two, three, four, *_ = market.street.homes
    watch = await asha.call("create_watch", search=CHEAP)
    await asha.call("update_watch", id=watch.id, state="paused")
    await market.edit(one, price=500)
    await market.edit(four, price=500)
    await market.looked()
    await asha.call("update_watch", id=watch.id, state="active")
    await market.edit(one, two, three, four, title="Renamed")
    await market.looked()
    assert await found(asha) == []
    await market.edit(four, price=400)
    await market.looked()
    assert await found(asha) == [("price_down", four)]


async def test_unsubscribing_is_one_call_and_can_be_taken_back(asha: Somebody, market: Market) -> None:
    watch = await asha.call("create_watch", search=CHEAP)
    await asha.call("update_watch", id=watch.id, state="ended")
    assert (await asha.call("list_watches")).items == []
    await market.edit(market.street.homes[0], price=500)
    await market.looked()
    assert await found(asha) == []
    (last,) = await market.street.ask("select max(id) from activities where tool = 'update_watch'")
    await asha.call("undo_action", id=last)
    (back,) = (await asha.call("list_watches")).items
    assert (back.id, back.state) == (watch.id, "active")
    await asha.call("update_watch", id=watch.id, snooze_until=NOW + timedelta(days=3), name="Ours")
    (last,) = await market.street.ask("select max(id) from activities where tool = 'update_watch'")
    await asha.call("undo_action", id=last)
    (back,) = (await asha.call("list_watches")).items
    assert (back.snoozed_until, back.name) == (None, watch.name)


async def test_ended_watches_and_old_news_are_forgotten(asha: Somebody, market: Market, clock: Clock) -> None:
    kept = await asha.call("create_watch", property_id=market.street.homes[0])
    ended = await asha.call("create_watch", property_id=market.street.homes[0])
    await market.edit(market.street.homes[0], price=5)
    await market.looked()
    await asha.call("update_watch", id=ended.id, state="ended")
    clock.pass_(timedelta(days=91))
    await market.job("forget_watch_news")
    assert await market.street.ask("select id from watches") == [kept.id]
    assert await market.street.count("watch_changes") == 0


async def test_a_watch_is_ones_own(asha: Somebody, ravi: Somebody, market: Market) -> None:
    watch = await asha.call("create_watch", property_id=market.street.homes[0])
    with pytest.raises(NoSuchWatch):
        await ravi.call("update_watch", id=watch.id, state="ended")
    assert (await ravi.call("list_watches")).items == []


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({}, OneThing),
        ({"property_id": 1, "search": CHEAP}, OneThing),
        ({"search": {"budget": 3}}, Invalid),
        ({"search": {"words": "something nice"}}, Refused),
        ({"search": {"locality": ["Nowhere at all"]}}, Refused),
        ({"prices": {"locality": ["x"]}}, Invalid),
        ({"property_id": 999_999}, Refused),
    ],
)
async def test_what_cannot_be_watched_is_refused_and_nothing_is_kept(
    asha: Somebody, market: Market, given: dict[str, Any], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        await asha.call("create_watch", **given)
    assert await market.street.count("watches") == 0


async def test_a_person_watches_so_much_and_nothing_too_wide(asha: Somebody, market: Market) -> None:
    more = "insert into watches (person_id, kind, name, question, often, made_at, checked_at) "
    more += "select :id, 'prices', 'x', '{}', 'daily', now(), now() from generate_series(1, :most)"
    await market.street.run(more, id=asha.id, most=MOST)
    with pytest.raises(TooManyWatches):
        await asha.call("create_watch", search=CHEAP)
    await market.street.run("delete from watches")
    homes = "insert into properties (source, source_id, purpose, kind, title, description, price) "
    homes += "select 'more', n, 'rent', 'apartment', 'Flat', '', 1000 from generate_series(1, 1000) n"
    await market.street.run(homes)
    await market.edit(*await market.street.ask("select id from properties"))
    with pytest.raises(TooWide):
        await asha.call("create_watch", search=CHEAP)


async def test_two_workers_at_once_find_and_tell_everything_once(
    asha: Somebody, ravi: Somebody, join: Join, market: Market
) -> None:
    crowd = [asha, ravi, await join("meera@example.com")]
    for each in crowd:
        await each.call("create_watch", search=CHEAP)
    await market.edit(market.street.homes[0], price=700)
    await asyncio.gather(*(market.job("check_watches") for _ in range(4)))
    await asyncio.gather(*(market.job("tell_watches") for _ in range(4)))
    for each in crowd:
        assert await found(each) == [("price_down", market.street.homes[0])]
        assert len(await market.told(each)) == 1


async def test_what_is_rolled_back_is_no_news_and_a_round_that_fails_is_done_again(
    asha: Somebody, market: Market
) -> None:
    await asha.call("create_watch", search=CHEAP)
    for _ in range(3):
        await asha.call("create_watch", search=CHEAP)
    await market.edit(market.street.homes[0], price=700)
    await market.street.run("alter table watch_changes add constraint held check (watch_id < 3)")
    with pytest.raises(Exception, match="held"):
        await market.job("check_watches", limit=2)
    assert len(await found(asha)) == 2
    await market.street.run("alter table watch_changes drop constraint held")
    await market.job("check_watches", limit=2)
    assert await found(asha) == [("price_down", market.street.homes[0])] * 4


async def test_an_edit_costs_nothing_while_nobody_watches(asha: Somebody, market: Market) -> None:
    await market.edit(*market.street.homes, price=77)
    assert await market.street.count("property_marks") == 0


async def test_a_watch_that_was_ended_is_taken_up_only_where_there_is_room(
    asha: Somebody, market: Market
) -> None:
    watch = await asha.call("create_watch", search=CHEAP)
    await asha.call("update_watch", id=watch.id, state="ended")
    more = "insert into watches (person_id, kind, name, question, often, made_at, checked_at) "
    more += "select :id, 'prices', 'x', '{}', 'daily', now(), now() from generate_series(1, :most)"
    await market.street.run(more, id=asha.id, most=MOST)
    with pytest.raises(TooManyWatches):
        await asha.call("update_watch", id=watch.id, state="active")
    await asha.call("update_watch", id=watch.id, often="weekly")
