"""The life of a visit: who may do what with it when, and what the other side hears of it."""

from datetime import date, timedelta
from typing import Any

import icalendar
import pytest

from tests.account.conftest import Clock, Somebody
from tests.street import Street, previewed, slot
from tests.visits.conftest import Diary
from tools.consent import TicketVoid
from tools.visits.afterwards import ForHosts, NotADayAhead, NotYetSeen, ToldOtherwise, TooLateToTell
from tools.visits.agenda import BusyThen, OwnVisit, VisitPickedUp
from tools.visits.rescheduling import SameTime, ShowingThen, VisitorNotFree
from tools.visits.rules import AlreadyVisiting, NoSuchVisit, SlotTaken, TooSoon, VisitBegun, VisitCancelled
from tools.visits.visits import NotAsked


async def one(who: Somebody, visit: Any, side: str) -> Any:
    """A visit as somebody has it in their list."""
    page = await who.call("list_my_visits", side=side)
    (found,) = [each for each in page.items if each.id == visit.id]
    return found


async def calendar(who: Somebody, visit: Any) -> Any:
    """The event of a calendar file, as a program reads it."""
    answer = await who.call("visit_calendar", id=visit.id)
    read: Any = icalendar.Calendar.from_ical(answer.content)
    (event,) = read.walk("VEVENT")
    return event


@pytest.fixture
async def visit(asha: Somebody, kiran: Somebody, diary: Diary) -> Any:
    """Asha wants to see what Kiran shows, tomorrow at 9:00."""
    made = await diary.book(asha, slot())
    await diary.told(kiran)
    return made


async def test_each_side_sees_whose_turn_it_is_and_the_host_confirms(
    visit: Any, asha: Somebody, kiran: Somebody, ravi: Somebody, diary: Diary
) -> None:
    assert (visit.side, visit.with_whom, visit.awaits) == ("visitor", "Kiran Bedi", "them")
    assert visit.can == ["reschedule", "cancel"]
    await asha.call("update_profile", name="Asha Rao")
    theirs = await one(kiran, visit, "host")
    assert (theirs.with_whom, theirs.awaits) == ("Asha", "you")
    assert theirs.can == ["confirm", "reschedule", "cancel"]
    with pytest.raises(NotAsked):
        await asha.call("confirm_visit", id=visit.id)
    with pytest.raises(NoSuchVisit):
        await ravi.call("confirm_visit", id=visit.id)
    confirmed = await kiran.call("confirm_visit", id=visit.id)
    assert (confirmed.status, confirmed.awaits) == ("confirmed", None)
    assert await diary.told(asha) == ["visit_confirmed"]
    with pytest.raises(NotAsked):
        await kiran.call("confirm_visit", id=visit.id)


async def test_whoever_moves_it_frees_one_time_and_takes_the_other_and_the_other_side_says_yes(
    visit: Any, asha: Somebody, kiran: Somebody, ravi: Somebody, diary: Diary, street: Street
) -> None:
    await kiran.call("confirm_visit", id=visit.id)
    await diary.told(asha)
    moved = await kiran.call("reschedule_visit", id=visit.id, starts=slot(25))
    assert (moved.starts, moved.ends, moved.status) == (slot(25), slot(25, 30), "requested")
    assert await diary.told(asha) == ["visit_moved"]
    assert (await one(asha, visit, "visitor")).can == ["confirm", "reschedule", "cancel"]
    assert (await diary.book(ravi, slot())).status == "requested"
    with pytest.raises(SlotTaken):
        await previewed(asha, "reschedule_visit", id=visit.id, starts=slot())
    await diary.told(kiran)
    again = await asha.call("reschedule_visit", id=visit.id, starts=slot(26))
    assert (again.awaits, await diary.told(kiran)) == ("them", ["visit_moved"])
    await kiran.call("confirm_visit", id=visit.id)
    taken = "select starts from visits where property_id = :home order by starts"
    assert await street.ask(taken, home=street.homes[0]) == [slot(), slot(26)]


async def test_a_visit_is_not_moved_where_it_cannot_go(
    visit: Any, asha: Somebody, kiran: Somebody, ravi: Somebody, diary: Diary, street: Street
) -> None:
    await street.give(street.homes[2], kiran)
    await diary.book(ravi, slot(25), home=2)
    await diary.book(asha, slot(26), home=3)
    for who, starts, refusal in (
        (asha, slot(), SameTime),
        (asha, slot(0), TooSoon),
        (asha, slot(26), AlreadyVisiting),
        (kiran, slot(26), VisitorNotFree),
        (kiran, slot(25), ShowingThen),
        (ravi, slot(27), NoSuchVisit),
    ):
        with pytest.raises(refusal):
            await previewed(who, "reschedule_visit", id=visit.id, starts=starts)


async def test_what_was_shown_of_a_move_counts_only_while_it_is_so(
    visit: Any, asha: Somebody, kiran: Somebody
) -> None:
    shown = await previewed(asha, "reschedule_visit", id=visit.id, starts=slot(25))
    assert shown.what == (
        "The visit to “Flat 1” on Tuesday, 3 June 2031, 09:00-09:30, India time is asked to be moved to "
        "Tuesday, 3 June 2031, 10:00-10:30, India time."
    )
    await kiran.call("confirm_visit", id=visit.id)
    with pytest.raises(TicketVoid):
        await asha.confirm(shown)


@pytest.mark.parametrize("by", ["visitor", "host"])
async def test_either_side_cancels_with_a_reason_and_the_other_hears_it(
    visit: Any, asha: Somebody, kiran: Somebody, diary: Diary, clock: Clock, by: str
) -> None:
    who, other = (asha, kiran) if by == "visitor" else (kiran, asha)
    cancelled = await who.call("cancel_visit", id=visit.id, reason="found_another")
    assert (cancelled.cancelled_by, cancelled.reason, cancelled.can) == ("you", "found_another", [])
    assert await diary.told(other) == ["visit_cancelled"]
    there = await one(other, visit, "host" if by == "visitor" else "visitor")
    assert (there.status, there.cancelled_by) == ("cancelled", "them")
    for tool in ("cancel_visit", "confirm_visit", "complete_visit"):
        with pytest.raises(VisitCancelled):
            await who.call(tool, id=visit.id)


async def test_afterwards_each_side_says_its_own_part(
    visit: Any, asha: Somebody, kiran: Somebody, diary: Diary, clock: Clock
) -> None:
    with pytest.raises(NotYetSeen):
        await asha.call("complete_visit", id=visit.id)
    await kiran.call("confirm_visit", id=visit.id)
    clock.shown = slot(25)
    with pytest.raises(VisitBegun):
        await kiran.call("cancel_visit", id=visit.id)
    done = await kiran.call(
        "complete_visit",
        id=visit.id,
        interest="medium",
        feedback="Wants a lower rent.",
        follow_up_on=date(2031, 6, 9),
    )
    assert (done.status, done.interest, done.follow_up_on) == ("completed", "medium", date(2031, 6, 9))
    mine = await asha.call("complete_visit", id=visit.id, interest="high", feedback="Bright, and quiet.")
    assert (mine.interest, mine.feedback, mine.their_feedback, mine.follow_up_on) == (
        "high",
        "Bright, and quiet.",
        None,
        None,
    )
    theirs = await one(kiran, visit, "host")
    assert (theirs.feedback, theirs.their_interest, theirs.their_feedback) == (
        "Wants a lower rent.",
        "high",
        "Bright, and quiet.",
    )
    with pytest.raises(ToldOtherwise):
        await asha.call("complete_visit", id=visit.id, met=False)
    with pytest.raises(ForHosts):
        await asha.call("complete_visit", id=visit.id, follow_up_on=date(2031, 6, 9))
    with pytest.raises(NotADayAhead):
        await kiran.call("complete_visit", id=visit.id, follow_up_on=date(2031, 6, 3))
    await diary.told(kiran)
    await diary.do("follow_up_visit", id=visit.id, on="2031-06-08")
    assert await diary.told(kiran) == []
    await diary.do("follow_up_visit", id=visit.id, on="2031-06-09")
    assert await diary.told(kiran) == ["visit_follow_up"]
    clock.shown = slot(24 * 32)
    with pytest.raises(TooLateToTell):
        await asha.call("complete_visit", id=visit.id, interest="low")


async def test_a_visit_to_which_somebody_did_not_come_is_missed(
    visit: Any, asha: Somebody, kiran: Somebody, clock: Clock
) -> None:
    await kiran.call("confirm_visit", id=visit.id)
    clock.shown = slot(25)
    missed = await asha.call("complete_visit", id=visit.id, met=False)
    assert missed.status == "missed"
    assert (await asha.call("list_my_visits", when="past")).items[0].id == visit.id
    assert (await asha.call("list_my_visits", when="ahead")).items == []


async def test_nothing_that_is_said_of_a_visit_stands_in_the_record_of_activities(
    visit: Any, asha: Somebody, kiran: Somebody, clock: Clock, street: Street
) -> None:
    await kiran.call("confirm_visit", id=visit.id)
    clock.shown = slot(25)
    await asha.call("complete_visit", id=visit.id, feedback="I would never live there.")
    kept = await street.ask("select activities::text from activities")
    assert not [each for each in kept if "never live" in each]


async def test_what_nobody_shows_waits_until_a_member_of_staff_picks_it_up(
    asha: Somebody, kiran: Somebody, ravi: Somebody, diary: Diary, street: Street
) -> None:
    waiting = await diary.book(asha, slot(), home=4)
    assert (waiting.with_whom, waiting.awaits) == (None, "them")
    assert await diary.told(kiran) == ["visit_unassigned"]
    listed = await kiran.call("staff_visits", which="unassigned")
    assert [each.id for each in listed.items] == [waiting.id]
    own = await diary.book(kiran, slot(25), home=5)
    with pytest.raises(OwnVisit):
        await kiran.call("pick_up_visit", id=own.id)
    with pytest.raises(NoSuchVisit):
        await kiran.call("pick_up_visit", id=10**9)
    taken = await kiran.call("pick_up_visit", id=waiting.id)
    assert (taken.status, taken.side) == ("confirmed", "host")
    assert await diary.told(asha) == ["visit_confirmed"]
    with pytest.raises(VisitPickedUp):
        await kiran.call("pick_up_visit", id=waiting.id)
    clashing = await diary.book(ravi, slot(), home=5)
    with pytest.raises(BusyThen):
        await kiran.call("pick_up_visit", id=clashing.id)


async def test_staff_have_what_they_show_today_before_them(
    visit: Any, asha: Somebody, kiran: Somebody, clock: Clock, diary: Diary
) -> None:
    await diary.book(asha, slot(48))
    clock.shown = slot(20)
    today = await kiran.call("staff_visits")
    assert [each.id for each in today.items] == [visit.id]
    await kiran.call("cancel_visit", id=visit.id)
    assert (await kiran.call("staff_visits")).items == []


async def test_the_calendar_file_follows_the_visit_under_one_id(
    visit: Any, asha: Somebody, kiran: Somebody, ravi: Somebody, street: Street
) -> None:
    first = await calendar(asha, visit)
    assert (first["UID"], str(first["STATUS"])) == (f"visit-{visit.id}@localhost", "TENTATIVE")
    assert (first["DTSTART"].dt, first["DTEND"].dt) == (slot(), slot(minutes=30))
    assert str(first["SUMMARY"]) == "See Flat 1"
    assert [each["TRIGGER"].dt for each in first.walk("VALARM")] == [timedelta(hours=-2)]
    await kiran.call("reschedule_visit", id=visit.id, starts=slot(26))
    await asha.call("confirm_visit", id=visit.id)
    second = await calendar(kiran, visit)
    assert (second["UID"], str(second["STATUS"])) == (first["UID"], "CONFIRMED")
    assert (second["DTSTART"].dt, str(second["SUMMARY"])) == (slot(26), "Show Flat 1")
    await asha.call("cancel_visit", id=visit.id)
    third = await calendar(asha, visit)
    assert str(third["STATUS"]) == "CANCELLED"
    assert first["SEQUENCE"] < second["SEQUENCE"] < third["SEQUENCE"]
    with pytest.raises(NoSuchVisit):
        await ravi.call("visit_calendar", id=visit.id)


async def test_the_calendar_file_cannot_be_written_into_by_a_title(
    asha: Somebody, street: Street, diary: Diary
) -> None:
    await street.set(street.homes[0], title="Flat\r\nATTENDEE:mailto:evil@example.com;, 🏠 " + "x" * 200)
    visit = await diary.book(asha, slot())
    answer = await asha.call("visit_calendar", id=visit.id)
    assert not [line for line in answer.content.split("\r\n") if line.startswith("ATTENDEE")]
    assert max(len(line.encode()) for line in answer.content.split("\r\n")) <= 75
    assert "evil@example.com" in str((await calendar(asha, visit))["SUMMARY"])


async def test_pages_of_visits_ahead_begin_with_the_next_and_miss_none(
    asha: Somebody, street: Street, diary: Diary
) -> None:
    booked = [(await diary.book(asha, slot(24 * n), home=n)).id for n in (3, 1, 2)]
    found: list[int] = []
    page = await asha.call("list_my_visits", when="ahead", limit=1)
    while page.next_cursor is not None:
        found += [each.id for each in page.items]
        page = await asha.call("list_my_visits", when="ahead", limit=1, cursor=page.next_cursor)
    assert [*found, *(each.id for each in page.items)] == [booked[1], booked[2], booked[0]]
