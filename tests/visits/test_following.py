"""Following visits: who hears what when, after moves and cancels too, and hosts for what nobody shows."""

from datetime import UTC, timedelta
from typing import Any

import pytest

from tests.account.conftest import Join, Somebody
from tests.street import Street, slot
from tests.visits.conftest import Diary
from tests.visits.test_life import one
from tools.visits.rules import TooLateToFind


@pytest.fixture
async def visit(asha: Somebody, kiran: Somebody, diary: Diary) -> Any:
    """Two days ahead, at 9:00."""
    made = await diary.book(asha, slot(48))
    await diary.told(kiran)
    return made


async def test_both_are_reminded_a_day_and_two_hours_before_and_asked_afterwards(
    visit: Any, asha: Somebody, kiran: Somebody, diary: Diary
) -> None:
    await kiran.call("confirm_visit", id=visit.id)
    await diary.told(asha)
    await diary.until(slot(24) - timedelta(minutes=1))
    assert await diary.told(asha) == []
    await diary.until(slot(24))
    assert (await diary.told(asha), await diary.told(kiran)) == (["visit_reminder day_before"],) * 2
    await diary.until(slot(47))
    assert (await diary.told(asha), await diary.told(kiran)) == (["visit_reminder two_hours"],) * 2
    await diary.until(slot(50))
    assert (await diary.told(asha), await diary.told(kiran)) == (
        ["visit_how_was_it"],
        ["visit_how_did_it_go"],
    )
    assert (await one(asha, visit, "visitor")).can == ["complete"]


async def test_a_visit_that_was_moved_is_reminded_of_at_its_new_time_alone(
    visit: Any, asha: Somebody, kiran: Somebody, diary: Diary
) -> None:
    await asha.call("reschedule_visit", id=visit.id, starts=slot(96))
    await kiran.call("confirm_visit", id=visit.id)
    await diary.told(asha)
    await diary.until(slot(71.5))
    assert await diary.told(asha) == []
    await diary.until(slot(99))
    assert await diary.told(asha) == [
        "visit_reminder day_before",
        "visit_reminder two_hours",
        "visit_how_was_it",
    ]


async def test_a_visit_that_was_moved_away_and_back_is_reminded_of_once(
    visit: Any, asha: Somebody, kiran: Somebody, diary: Diary
) -> None:
    for starts in (slot(72), slot(48)):
        await asha.call("reschedule_visit", id=visit.id, starts=starts)
    await kiran.call("confirm_visit", id=visit.id)
    await diary.told(asha)
    await diary.until(slot(47))
    assert await diary.told(asha) == ["visit_reminder day_before", "visit_reminder two_hours"]


async def test_each_move_is_told_also_one_to_a_time_that_it_was_moved_to_before(
    visit: Any, asha: Somebody, kiran: Somebody, diary: Diary
) -> None:
    for who, starts in ((asha, slot(96)), (kiran, slot(48)), (asha, slot(96))):
        await who.call("reschedule_visit", id=visit.id, starts=starts)
        across = asha if who is kiran else kiran
        await across.call("confirm_visit", id=visit.id)
    # What was told before is not told again, so what is new has to be another thing.
    assert await diary.told(kiran) == ["visit_moved", "visit_confirmed", "visit_moved"]
    assert await diary.told(asha) == ["visit_confirmed", "visit_moved", "visit_confirmed"]


async def test_a_host_is_reminded_again_on_another_day_that_they_choose(
    visit: Any, kiran: Somebody, diary: Diary
) -> None:
    await kiran.call("confirm_visit", id=visit.id)
    await diary.until(slot(49))
    await diary.told(kiran)
    for on in ("2031-06-09", "2031-06-16"):
        await kiran.call("complete_visit", id=visit.id, follow_up_on=on)
        await diary.do("follow_up_visit", id=visit.id, on=on)
    assert await diary.told(kiran) == ["visit_follow_up", "visit_follow_up"]


async def test_nobody_is_reminded_of_what_was_cancelled(
    visit: Any, asha: Somebody, kiran: Somebody, diary: Diary
) -> None:
    await asha.call("cancel_visit", id=visit.id)
    await diary.told(kiran)
    await diary.until(slot(60))
    assert (await diary.told(asha), await diary.told(kiran)) == ([], [])


async def test_without_a_yes_whoever_is_asked_is_reminded_and_then_it_is_off(
    visit: Any, asha: Somebody, kiran: Somebody, diary: Diary
) -> None:
    await diary.until(slot(47))
    assert await diary.told(kiran) == ["visit_unconfirmed day_before", "visit_unconfirmed two_hours"]
    assert await diary.told(asha) == ["visit_uncertain"]
    await diary.until(slot(48))
    there = await one(asha, visit, "visitor")
    assert (there.status, there.cancelled_by, there.reason) == ("cancelled", "us", "not_confirmed")
    assert await diary.told(asha) == ["visit_cancelled"]


async def test_a_visit_soon_has_no_reminder_that_would_come_at_once(
    asha: Somebody, kiran: Somebody, diary: Diary
) -> None:
    soon = await diary.book(asha, slot(2))
    await kiran.call("confirm_visit", id=soon.id)
    await diary.told(asha)
    await diary.until(slot(2))
    assert await diary.told(asha) == ["visit_reminder two_hours"]
    sooner = await diary.book(asha, slot(4))
    await kiran.call("confirm_visit", id=sooner.id)
    await diary.told(asha)
    await diary.until(slot(4))
    assert await diary.told(asha) == ["visit_how_was_it"]


async def test_somebody_is_found_for_what_nobody_shows_once_somebody_can(
    asha: Somebody, kiran: Somebody, diary: Diary, street: Street
) -> None:
    waiting = await diary.book(asha, slot(), home=4)
    assert (await diary.do("tend_visits")).done == 0
    await street.give(street.homes[4], kiran)
    await kiran.call("block_time", starts=slot(20), ends=slot(30))
    assert (await diary.do("tend_visits")).done == 0
    (blocked,) = (await kiran.call("my_calendar")).busy
    await kiran.call("unblock_time", id=blocked.id)
    await diary.told(kiran)
    assert (await diary.do("tend_visits")).done == 1
    assert await diary.told(kiran) == ["visit_requested"]
    assert (await one(asha, waiting, "visitor")).with_whom == "Kiran Bedi"
    assert (await diary.do("tend_visits")).done == 0


async def test_what_nobody_came_to_show_is_off_two_hours_before(asha: Somebody, diary: Diary) -> None:
    waiting = await diary.book(asha, slot(), home=4)
    await diary.until(slot(22) - timedelta(minutes=1))
    assert await diary.told(asha) == []
    await diary.until(slot(22))
    assert (await one(asha, waiting, "visitor")).reason == "nobody_free"
    assert await diary.told(asha) == ["visit_cancelled"]


async def test_somebody_who_can_by_then_is_asked_and_the_visitor_told_that_it_is_not_certain(
    asha: Somebody, kiran: Somebody, diary: Diary, street: Street
) -> None:
    waiting = await diary.book(asha, slot(), home=4)
    await street.give(street.homes[4], kiran)
    await diary.until(slot(22))
    assert await diary.told(kiran) == ["visit_unassigned", "visit_requested"]
    assert await diary.told(asha) == ["visit_uncertain"]
    assert (await one(asha, waiting, "visitor")).status == "requested"


async def test_whose_host_leaves_shortly_before_hears_at_once_that_it_is_off(
    visit: Any, asha: Somebody, kiran: Somebody, diary: Diary, street: Street
) -> None:
    await kiran.call("confirm_visit", id=visit.id)
    await diary.until(slot(47))
    await diary.told(asha)
    await street.run("update people set deletes_at = now() where id = :id", id=kiran.id)
    await diary.do("tend_visits")
    assert (await one(asha, visit, "visitor")).reason == "nobody_free"
    assert await diary.told(asha) == ["visit_host_left", "visit_cancelled"]


async def test_what_nobody_is_free_for_is_not_asked_for_when_it_is_too_soon_to_find_somebody(
    asha: Somebody, diary: Diary, street: Street
) -> None:
    def day(slots: Any) -> Any:
        return [each.astimezone(UTC) for each in slots.days[0].on_request]

    offered = day(await asha.call("visit_slots", property_id=street.homes[4], days=1))
    assert offered[0] == slot(2.5)
    for soon in (slot(1.5), slot(2)):
        with pytest.raises(TooLateToFind):
            await diary.book(asha, soon, home=4)
    await diary.book(asha, slot(2.5), home=4)


async def test_a_visit_finds_another_host_when_its_own_has_left(
    visit: Any, asha: Somebody, kiran: Somebody, diary: Diary, street: Street, join: Join
) -> None:
    meera = await join("meera@example.com", "staff")
    await street.run("update people set name = 'Meera Sen' where id = :id", id=meera.id)
    await street.give(street.homes[0], meera)
    await kiran.call("confirm_visit", id=visit.id)
    await diary.told(asha)
    await street.run("update people set deletes_at = now() where id = :id", id=kiran.id)
    await diary.do("tend_visits")
    there = await one(asha, visit, "visitor")
    assert (there.with_whom, there.status, there.awaits) == ("Meera Sen", "requested", "them")
    assert await diary.told(meera) == ["visit_requested"]
    assert await diary.told(asha) == ["visit_host_left"]


@pytest.mark.parametrize(
    ("status", "ends"), [("rented", True), ("sold", True), ("archived", True), ("paused", False)]
)
async def test_visits_to_what_has_gone_are_cancelled_and_both_hear_why(
    visit: Any, asha: Somebody, kiran: Somebody, diary: Diary, street: Street, status: str, ends: bool
) -> None:
    await street.set(street.homes[0], status=status)
    await diary.do("tend_visits")
    there = await one(asha, visit, "visitor")
    assert (there.status == "cancelled", there.reason == "no_longer_offered") == (ends, ends)
    assert await diary.told(asha) == await diary.told(kiran) == (["visit_cancelled"] if ends else [])
