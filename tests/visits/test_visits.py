"""Visits: a time belongs to one visit, and only once its person has said yes."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from storage import events, visits
from storage.bus import person
from tests.account.conftest import Clock, Join, Somebody
from tests.street import NOW, Street, previewed, slot
from tools.consent import TicketVoid
from tools.offers import Blocked, NoSuchProperty
from tools.ports import Ports
from tools.refusals import Refused
from tools.visits.rules import (
    AlreadyVisiting,
    NoSuchVisit,
    NotASlot,
    SlotTaken,
    TooFarAhead,
    TooManyVisits,
    TooSoon,
    VisitBegun,
    VisitCancelled,
)

HOUR = timedelta(hours=1)


async def wants(somebody: Somebody, home: int, starts: datetime) -> Any:
    """The visit, which the person has confirmed."""
    return await somebody.call("request_visit", property_id=home, starts=starts)


async def listed(somebody: Somebody, **given: Any) -> list[int]:
    return [each.id for each in (await somebody.call("list_my_visits", **given)).items]


async def test_nothing_is_booked_before_the_person_says_yes(
    asha: Somebody, kiran: Somebody, street: Street
) -> None:
    shown = await previewed(asha, "request_visit", property_id=street.homes[0], starts=slot())
    assert shown.what == (
        "A visit to “Flat 1” (₹1,000/month) is requested for Tuesday, 3 June 2031, 09:00-09:30, India time."
    )
    assert (shown.whom, shown.costs, shown.until) == ("Kiran Bedi, who looks after it", None, slot())
    assert await street.count("visits") == 0
    visit = await asha.confirm(shown)
    assert (visit.title, visit.starts, visit.ends) == ("Flat 1", slot(), slot(minutes=30))
    assert visit.status == "requested"
    assert await listed(asha) == [visit.id]


async def test_nobody_shows_a_home_to_whom_they_have_blocked(
    asha: Somebody, ravi: Somebody, kiran: Somebody, street: Street
) -> None:
    blocked = "insert into blocks (person_id, blocked_id) values (:one, :other)"
    await street.set(street.homes[1], owner_id=ravi.id)
    await street.run(blocked, one=ravi.id, other=asha.id)
    with pytest.raises(Blocked):
        await wants(asha, street.homes[1], slot())
    # Of a home that staff show, somebody else of them does.
    await street.run(blocked, one=asha.id, other=kiran.id)
    assert (await wants(asha, street.homes[0], slot())).with_whom is None
    assert await listed(kiran, side="host") == []


async def test_where_nobody_looks_after_a_property_the_preview_says_so(
    asha: Somebody, street: Street
) -> None:
    shown = await previewed(asha, "request_visit", property_id=street.homes[1], starts=slot())
    assert shown.whom is None
    assert "Nobody looks after this property yet" in shown.what


async def test_of_two_who_confirm_the_same_time_at_once_one_gets_it(
    asha: Somebody, ravi: Somebody, street: Street
) -> None:
    wanted = {"property_id": street.homes[0], "starts": slot()}
    shown = [(each, await previewed(each, "request_visit", **wanted)) for each in (asha, ravi)]
    came = await asyncio.gather(*(each.confirm(its) for each, its in shown), return_exceptions=True)
    refused = [each for each in came if isinstance(each, Refused)]
    assert [type(each) for each in refused] == [SlotTaken]
    assert await street.count("visits") == 1


async def test_of_twenty_people_who_want_the_same_time_one_gets_it(join: Join, street: Street) -> None:
    crowd = [await join(f"somebody{number}@example.com") for number in range(20)]
    asked = (wants(each, street.homes[0], slot()) for each in crowd)
    came = await asyncio.gather(*asked, return_exceptions=True)
    assert all(isinstance(each, Refused) for each in came if isinstance(each, BaseException))
    assert await street.count("visits") == 1


async def test_one_person_is_in_one_place_at_a_time(asha: Somebody, street: Street) -> None:
    wanted = [{"property_id": home, "starts": slot()} for home in street.homes[:2]]
    shown = [await previewed(asha, "request_visit", **each) for each in wanted]
    came = await asyncio.gather(*(asha.confirm(each) for each in shown), return_exceptions=True)
    assert [type(each) for each in came if isinstance(each, Refused)] == [AlreadyVisiting]
    with pytest.raises(AlreadyVisiting):
        await previewed(asha, "request_visit", property_id=street.homes[2], starts=slot())


async def test_the_database_itself_keeps_visits_apart(asha: Somebody, ravi: Somebody, street: Street) -> None:
    home, starts = street.homes[0], slot()
    async with street.database.writing() as db:
        await visits.add(db, asha.id, home, starts, starts + HOUR)
        await visits.add(db, asha.id, home, starts + HOUR, starts + 2 * HOUR)
    for who, where, guard in (
        (ravi.id, home, "visits_one_at_a_time"),
        (asha.id, street.homes[1], "visits_one_place_at_a_time"),
    ):
        with pytest.raises(IntegrityError, match=guard):
            async with street.database.writing() as db:
                await visits.add(db, who, where, starts + HOUR / 2, starts + HOUR)


@pytest.mark.parametrize(
    ("starts", "refusal"),
    [
        (slot(minutes=-30), NotASlot),
        (slot(hours=24 + 10), NotASlot),
        (slot(minutes=15), NotASlot),
        (slot() + timedelta(seconds=1), NotASlot),
        (slot() + timedelta(microseconds=1), NotASlot),
        (NOW + timedelta(minutes=90), TooSoon),
        (NOW - HOUR, TooSoon),
        (datetime(1, 1, 1, tzinfo=timezone(HOUR)), TooSoon),
        (slot(hours=24 * 60 + 1), TooFarAhead),
        (datetime.max.replace(tzinfo=timezone(-23 * HOUR)), TooFarAhead),
    ],
)
async def test_a_time_that_will_not_do_is_refused_with_the_rule(
    asha: Somebody, street: Street, starts: datetime, refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        await previewed(asha, "request_visit", property_id=street.homes[0], starts=starts)


@pytest.mark.parametrize(
    "starts", [NOW + 2 * HOUR, slot(), slot(hours=33.5), NOW + timedelta(days=59, hours=2)]
)
async def test_a_time_that_just_does_is_taken_in_whatever_offset_it_is_told(
    asha: Somebody, kiran: Somebody, street: Street, starts: datetime
) -> None:
    visit = await wants(asha, street.homes[0], starts.astimezone(timezone(-5 * HOUR)))
    assert visit.starts == starts


async def test_the_rules_hold_again_when_it_is_confirmed(
    asha: Somebody, kiran: Somebody, street: Street, clock: Clock
) -> None:
    shown = await previewed(asha, "request_visit", property_id=street.homes[0], starts=NOW + 2 * HOUR)
    clock.pass_(timedelta(minutes=1))
    with pytest.raises(TooSoon):
        await asha.confirm(shown)
    assert await street.count("visits") == 0


async def test_a_property_that_is_no_longer_offered_is_not_visited(asha: Somebody, street: Street) -> None:
    shown = await previewed(asha, "request_visit", property_id=street.homes[0], starts=slot())
    await street.set(street.homes[0], status="paused")
    with pytest.raises(NoSuchProperty):
        await asha.confirm(shown)
    with pytest.raises(NoSuchProperty):
        await previewed(asha, "request_visit", property_id=street.homes[0], starts=slot())
    assert await street.count("visits") == 0


@pytest.mark.parametrize("what", ["price", "title", "carer"])
async def test_what_changed_since_it_was_shown_voids_it(
    asha: Somebody, kiran: Somebody, street: Street, what: str
) -> None:
    home = street.homes[1]
    shown = await previewed(asha, "request_visit", property_id=home, starts=slot())
    if what == "carer":
        await street.give(home, kiran)
    else:
        await street.set(home, **{what: 9_999 if what == "price" else "Another flat"})
    with pytest.raises(TicketVoid):
        await asha.confirm(shown)
    assert await street.count("visits") == 0


async def test_cancelling_frees_the_time_for_others(asha: Somebody, ravi: Somebody, street: Street) -> None:
    visit = await wants(asha, street.homes[0], slot())
    with pytest.raises(SlotTaken):
        await previewed(ravi, "request_visit", property_id=street.homes[0], starts=slot())
    cancelled = await asha.call("cancel_visit", id=visit.id)
    assert cancelled.status == "cancelled"
    assert (await wants(ravi, street.homes[0], slot())).status == "requested"
    with pytest.raises(VisitCancelled):
        await asha.call("cancel_visit", id=visit.id)


async def test_a_visit_of_somebody_else_is_as_if_it_did_not_exist(
    asha: Somebody, ravi: Somebody, street: Street
) -> None:
    visit = await wants(asha, street.homes[0], slot())
    said: list[str] = []
    for which in (visit.id, 999_999):
        with pytest.raises(NoSuchVisit) as refused:
            await ravi.call("cancel_visit", id=which)
        said.append(str(refused.value))
    assert said[0] == said[1]
    assert await listed(ravi) == []


async def test_a_visit_that_has_begun_is_not_cancelled(asha: Somebody, street: Street, clock: Clock) -> None:
    visit = await wants(asha, street.homes[0], slot())
    clock.shown = slot()
    with pytest.raises(VisitBegun):
        await asha.call("cancel_visit", id=visit.id)


async def test_undoing_a_request_cancels_it(asha: Somebody, street: Street) -> None:
    visit = await wants(asha, street.homes[0], slot())
    (request,) = await street.ask("select id from activities where tool = 'request_visit'")
    await asha.call("undo_action", id=request)
    assert await listed(asha, status="cancelled") == [visit.id]
    assert await listed(asha, status="requested") == []


async def test_the_latest_visit_comes_first_and_pages_go_through_all(asha: Somebody, street: Street) -> None:
    booked = [(await wants(asha, home, slot(24 * n))).id for n, home in enumerate(street.homes[:5], 1)]
    found: list[int] = []
    page = await asha.call("list_my_visits", limit=2)
    while True:
        found += [each.id for each in page.items]
        if page.next_cursor is None:
            break
        page = await asha.call("list_my_visits", limit=2, cursor=page.next_cursor)
    assert found == booked[::-1]


async def test_one_person_does_not_take_all_the_times(asha: Somebody, street: Street, clock: Clock) -> None:
    for number in range(10):
        await wants(asha, street.homes[0], slot(24 + number))
    with pytest.raises(TooManyVisits):
        await previewed(asha, "request_visit", property_id=street.homes[1], starts=slot(48))
    clock.shown = slot(24) + timedelta(minutes=1)
    assert await wants(asha, street.homes[1], slot(48))


async def test_whoever_looks_after_the_property_is_told_once_it_is_done(
    asha: Somebody, kiran: Somebody, street: Street, ports: Ports
) -> None:
    hints: list[str] = []
    with ports.bus.listen(hints.append):
        shown = await previewed(asha, "request_visit", property_id=street.homes[0], starts=slot())
        assert not hints
        visit = await asha.confirm(shown)
        await asha.call("cancel_visit", id=visit.id)
    assert hints == [person(kiran.id)] * 2
    async with street.database.reading() as db:
        heard = await events.after(db, {kiran.id: 0}, 10)
    about = {"visit_id": visit.id, "property_id": street.homes[0]}
    assert [(each.name, each.about) for each in heard] == [
        ("visit.requested", about),
        ("visit.cancelled", about),
    ]


async def test_a_time_without_an_offset_is_not_understood(asha: Somebody, street: Street) -> None:
    with pytest.raises(Refused, match="starts"):
        await previewed(
            asha,
            "request_visit",
            property_id=street.homes[0],
            starts=slot().astimezone(UTC).replace(tzinfo=None),
        )
