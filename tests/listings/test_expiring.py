"""Expiring: what nothing speaks for is asked about, then paused, and comes back by a word."""

from datetime import timedelta
from typing import Any

import pytest

from tests.account.conftest import Clock, Somebody
from tests.listings.homes import becomes, found, live
from tests.street import NOW, Street
from tools.contract import Viewer
from tools.dispatch import Caller
from tools.listings.moving import NotLive

DAY = timedelta(days=1)


async def run(somebody: Somebody, job: str) -> Any:
    tool = somebody.dispatcher.catalog[job]
    clock = Caller("cli", Viewer(0, "admin", frozenset(tool.scopes)), lane="background")
    return await somebody.dispatcher.run(tool, {}, clock)


async def told(street: Street, type_: str) -> int:
    said = "select count(*) from pgqueuer where entrypoint = 'send_notification' "
    said += "and convert_from(payload, 'utf8')::jsonb ->> 'type' = :type"
    (number,) = await street.ask(said, type=type_)
    return number


async def test_a_listing_that_nobody_speaks_for_is_asked_about_paused_and_renewed(
    asha: Somebody, ravi: Somebody, meera: Somebody, street: Street, clock: Clock
) -> None:
    listing = await live(asha, meera)
    clock.shown = NOW + 52 * DAY
    assert (await run(asha, "ask_about_stale_listings")).done == 0
    clock.shown = NOW + 54 * DAY
    assert (await run(asha, "ask_about_stale_listings")).done == 1
    assert (await run(asha, "ask_about_stale_listings")).done == 0
    assert await told(street, "listing_expiring") == 1
    assert (await run(asha, "pause_stale_listings")).done == 0
    clock.shown = NOW + 61 * DAY
    assert (await run(asha, "pause_stale_listings")).done == 1
    assert await told(street, "listing_expired") == 1
    assert await found(ravi) == []
    (line,) = (await asha.call("my_listings")).items
    assert (line.status, line.next) == (
        "paused",
        "It was paused because nobody said that it is still to be had. Renew it.",
    )
    renewed = await asha.call("renew_listing", id=listing)
    assert (renewed.status, renewed.expires_at) == ("live", clock.shown + 60 * DAY)
    assert await found(ravi) == [listing]
    full = await asha.call("get_listing", id=listing)
    assert [(move.now, move.by) for move in full.history[:2]] == [("live", "owner"), ("paused", "clock")]


async def test_whoever_is_asked_late_has_days_to_answer(
    asha: Somebody, meera: Somebody, clock: Clock, street: Street
) -> None:
    await live(asha, meera)
    clock.shown = NOW + 70 * DAY
    assert (await run(asha, "pause_stale_listings")).done == 0
    assert (await run(asha, "ask_about_stale_listings")).done == 1
    clock.shown = NOW + 74 * DAY
    assert (await run(asha, "pause_stale_listings")).done == 0
    clock.shown = NOW + 76 * DAY
    assert (await run(asha, "pause_stale_listings")).done == 1


async def test_whoever_answers_is_left_alone(
    asha: Somebody, meera: Somebody, clock: Clock, street: Street
) -> None:
    renewed, edited = await live(asha, meera), await live(asha, meera)
    clock.shown = NOW + 54 * DAY
    assert (await run(asha, "ask_about_stale_listings")).done == 2
    await asha.call("renew_listing", id=renewed)
    await asha.call("update_listing", id=edited, price=29000)
    clock.shown = NOW + 75 * DAY
    assert (await run(asha, "pause_stale_listings")).done == 0


async def test_a_visit_and_an_answer_say_that_it_is_still_there(
    asha: Somebody, ravi: Somebody, meera: Somebody, clock: Clock, street: Street
) -> None:
    visited, answered = await live(asha, meera), await live(asha, meera)
    late = NOW + 40 * DAY
    await street.run(
        "insert into visits (person_id, property_id, starts, ends, status, awaits) "
        "values (:who, :home, :at, :until, 'completed', null)",
        who=ravi.id, home=visited, at=late - timedelta(minutes=30), until=late,
    )  # fmt: skip
    await street.run(
        "with asked as (insert into enquiries (property_id, person_id, carer_id, opened_at, last_at) "
        "values (:home, :who, :owner, :at, :at) returning id) "
        "insert into enquiry_messages (enquiry_id, by_id, text, masked, at) "
        "select id, :owner, 'Yes, it is.', false, :at from asked",
        home=answered, who=ravi.id, owner=asha.id, at=late,
    )  # fmt: skip
    clock.shown = NOW + 61 * DAY
    assert (await run(asha, "ask_about_stale_listings")).done == 0
    assert (await asha.call("get_listing", id=visited)).expires_at == late + 60 * DAY
    said = [
        each
        for each in (await asha.call("listing_insights", id=answered)).findings
        if each.about == "freshness"
    ]
    assert said[0].text == "Last said to be still there 21 days ago."
    assert "a question answered on 12 July 2031" in said[0].rests_on


async def test_only_what_is_live_or_expired_is_renewed(asha: Somebody, meera: Somebody) -> None:
    listing = await live(asha, meera)
    await becomes(asha, listing, "paused")
    with pytest.raises(NotLive):
        await asha.call("renew_listing", id=listing)
