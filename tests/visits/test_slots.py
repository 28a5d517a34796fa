"""Slots: what calendars, holidays and other visits leave of the half hours of a few days."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from scripts.holidays import FILE
from scripts.holidays import text as wanted_holidays
from storage import staff
from tests.account.conftest import Join, Somebody
from tests.street import NOW, Street, previewed, slot
from tests.visits.conftest import Diary
from tools.contract import GUEST
from tools.dispatch import Caller
from tools.moments import INDIA
from tools.offers import NoSuchProperty
from tools.visits.calendars import NoSuchBlock, NotAStretch, NotATime
from tools.visits.rules import HostNotFree, OwnHome, TooFarAhead

TUESDAY, HOLIDAY = date(2031, 6, 3), date(2031, 6, 5)
"""A day like any other, and Sant Kabir's Jayanti."""

ALL_DAY = [f"{hour:02}:{minute}" for hour in range(9, 19) for minute in ("00", "30")]
MONDAYS = [{"days": ["mon"], "starts": "10:00", "ends": "11:00"}]


def hours(times: list[datetime]) -> list[str]:
    return [f"{each.astimezone(INDIA):%H:%M}" for each in times]


async def slots(who: Somebody, home: int, day: date = TUESDAY) -> tuple[list[str], list[str]]:
    """The free times of one day, and those on request."""
    answer = await who.call("visit_slots", property_id=home, from_day=day, days=1)
    (found,) = answer.days
    return hours(found.free), hours(found.on_request)


@pytest.fixture
async def owner(join: Join, street: Street) -> Somebody:
    """Offers the second home, and shows it herself."""
    there = await join("owner@example.com")
    await street.set(street.homes[1], owner_id=there.id)
    return there


async def test_a_guest_sees_when_a_home_can_be_seen(kiran: Somebody, street: Street) -> None:
    tool = kiran.dispatcher.catalog["visit_slots"]
    given = {"property_id": street.homes[0]}
    answer: Any = await kiran.dispatcher.run(tool, given, Caller("rest", GUEST))
    assert (answer.shown_by, len(answer.days)) == ("staff", 5)
    today = answer.days[0]
    # It is 8:30, and a visit needs two hours' notice.
    assert (today.day, hours(today.free)) == (date(2031, 6, 2), ALL_DAY[3:])
    assert str(today.free[0]) == "2031-06-02 10:30:00+05:30"
    assert answer.summary().splitlines()[:2] == [
        "Visits to Flat 1, India time:",
        f"- Mon 2031-06-02: free {', '.join(ALL_DAY[3:])}",
    ]


async def test_nothing_is_free_on_a_holiday_unless_its_host_says_otherwise(
    kiran: Somebody, asha: Somebody, street: Street
) -> None:
    home = street.homes[0]
    answer = await asha.call("visit_slots", property_id=home, from_day=HOLIDAY, days=1)
    assert answer.days[0].holiday == "Sant Kabir's Jayanti"
    assert await slots(asha, home, HOLIDAY) == ([], ALL_DAY)
    await kiran.call("set_calendar", holidays_off=False)
    assert await slots(asha, home, HOLIDAY) == (ALL_DAY, [])


def test_the_holidays_are_those_of_the_library() -> None:
    assert FILE.read_text() == wanted_holidays()
    days = wanted_holidays()
    for known in ("2026-01-26", "2026-08-15", "2026-10-02", "2026-11-08", "2027-03-22"):
        assert known in days


async def test_what_the_host_has_otherwise_is_not_free(
    kiran: Somebody, asha: Somebody, ravi: Somebody, street: Street, diary: Diary
) -> None:
    home = street.homes[0]
    await street.give(street.homes[2], kiran)
    await diary.book(ravi, slot(), home=2)
    blocked = await kiran.call("block_time", starts=slot(25), ends=slot(26), note="The dentist")
    assert await slots(asha, home) == (
        [each for each in ALL_DAY if each not in ("09:00", "10:00", "10:30")],
        ["09:00", "10:00", "10:30"],
    )
    await kiran.call("unblock_time", id=blocked.id)
    assert "10:00" in (await slots(asha, home))[0]


async def test_a_time_of_the_home_or_of_its_visitor_is_not_offered(
    kiran: Somebody, asha: Somebody, ravi: Somebody, street: Street, diary: Diary
) -> None:
    await diary.book(ravi, slot())
    await diary.book(asha, slot(25), home=3)
    free, on_request = await slots(asha, street.homes[0])
    assert set(ALL_DAY) - set(free) - set(on_request) == {"09:00", "10:00"}
    assert set(ALL_DAY) - set((await slots(ravi, street.homes[3]))[1]) == {"09:00", "10:00"}


async def test_an_owner_is_seen_in_their_own_hours_alone(
    owner: Somebody, asha: Somebody, street: Street
) -> None:
    home = street.homes[1]
    await owner.call("set_calendar", hours=MONDAYS)
    assert await slots(asha, home) == ([], [])
    assert await slots(asha, home, date(2031, 6, 9)) == (["10:00", "10:30"], [])
    with pytest.raises(HostNotFree):
        await previewed(asha, "request_visit", property_id=home, starts=slot())
    with pytest.raises(OwnHome):
        await previewed(owner, "request_visit", property_id=home, starts=slot())
    assert (await slots(owner, home, date(2031, 6, 9)))[0] == ["10:00", "10:30"]


async def test_of_two_who_show_a_home_either_will_do_and_the_less_busy_does(
    kiran: Somebody, asha: Somebody, ravi: Somebody, street: Street, diary: Diary, join: Join
) -> None:
    meera = await join("meera@example.com", "staff")
    await street.give(street.homes[0], meera)
    await diary.book(asha, slot())
    await diary.book(ravi, slot(25))
    shown = [
        (each.id, one.starts)
        for each in (kiran, meera)
        for one in (await each.call("list_my_visits", side="host")).items
    ]
    assert shown == [(kiran.id, slot()), (meera.id, slot(25))]
    await kiran.call("set_calendar", hours=[])
    free, _ = await slots(asha, street.homes[0], date(2031, 6, 4))
    assert free == ALL_DAY
    await meera.call("block_time", starts=slot(48), ends=slot(49))
    free, on_request = await slots(asha, street.homes[0], date(2031, 6, 4))
    assert on_request == ["09:00", "09:30"]


async def test_who_knows_the_area_shows_what_nobody_looks_after(
    join: Join, asha: Somebody, street: Street, diary: Diary
) -> None:
    knows, other = [await join(f"{name}@example.com", "staff") for name in ("knows", "other")]
    await street.run("insert into places (kind, slug, name) values ('sector', 'sector 42', 'Sector 42')")
    (place,) = await street.ask("select id from places")
    await street.set(street.homes[3], sector_id=place)
    async with street.database.writing() as db:
        await staff.set_areas(db, knows.id, [place])
    assert await slots(asha, street.homes[3]) == (ALL_DAY, [])
    visit = await diary.book(asha, slot(), home=3)
    assert visit.place == "Sector 42"
    assert (await diary.told(knows), await diary.told(other)) == (["visit_requested"], [])
    await street.run(f"insert into blocks (person_id, blocked_id) values ({knows.id}, {asha.id})")
    assert await slots(asha, street.homes[3]) == ([], ALL_DAY[1:])


async def test_days_that_are_too_far_or_homes_that_are_not_offered_have_none(
    asha: Somebody, street: Street
) -> None:
    home = street.homes[0]
    with pytest.raises(TooFarAhead):
        await asha.call("visit_slots", property_id=home, from_day=NOW.date() + timedelta(days=61))
    past = await asha.call("visit_slots", property_id=home, from_day=date(2020, 1, 1), days=1)
    assert past.days[0].day == date(2031, 6, 2)
    await street.set(home, status="paused")
    with pytest.raises(NoSuchProperty):
        await asha.call("visit_slots", property_id=home)


async def test_a_calendar_is_kept_as_it_was_said_and_can_be_put_back(kiran: Somebody, street: Street) -> None:
    usual = await kiran.call("my_calendar")
    assert [each.model_dump() for each in usual.hours] == [
        {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "starts": "09:00", "ends": "19:00"}
    ]
    assert usual.holidays_off is True
    assert usual.source.startswith("python-holidays")
    assert [each.name for each in usual.holidays][:1] == ["Sant Kabir's Jayanti"]
    split = [
        {"days": ["sat", "sun"], "starts": "09:00", "ends": "12:30"},
        {"days": ["sun"], "starts": "15:00", "ends": "19:00"},
    ]
    changed = await kiran.call("set_calendar", hours=split, holidays_off=False)
    assert [each.model_dump() for each in changed.hours] == split
    assert changed.summary().startswith("Shows properties: sat sun 09:00-12:30; sun 15:00-19:00;")
    (done,) = await street.ask("select id from activities where tool = 'set_calendar'")
    await kiran.call("undo_action", id=done)
    assert (await kiran.call("my_calendar")).hours == usual.hours


@pytest.mark.parametrize(
    "wrong",
    [
        [{"days": ["mon"], "starts": "11:00", "ends": "10:00"}],
        [{"days": ["mon"], "starts": "11:00", "ends": "11:00"}],
        [
            {"days": ["mon", "tue"], "starts": "09:00", "ends": "12:00"},
            {"days": ["tue"], "starts": "11:30", "ends": "13:00"},
        ],
    ],
)
async def test_hours_that_make_no_sense_are_refused(kiran: Somebody, wrong: list[dict[str, Any]]) -> None:
    with pytest.raises(NotAStretch):
        await kiran.call("set_calendar", hours=wrong)


async def test_a_blocked_time_tells_what_is_in_its_way_and_belongs_to_one_person(
    kiran: Somebody, asha: Somebody, street: Street, diary: Diary
) -> None:
    visit = await diary.book(asha, slot())
    blocked = await kiran.call("block_time", starts=slot(20), ends=slot(30))
    assert blocked.visits == [visit.id]
    with pytest.raises(NoSuchBlock):
        await asha.call("unblock_time", id=blocked.id)
    for starts, ends in ((slot(), slot()), (slot(), slot(24 * 93 + 25)), (NOW - timedelta(days=2), NOW)):
        with pytest.raises(NotATime):
            await kiran.call("block_time", starts=starts, ends=ends)
    with pytest.raises(NotATime):
        await kiran.call(
            "block_time", starts=datetime(2032, 7, 1, tzinfo=UTC), ends=datetime(2032, 7, 2, tzinfo=UTC)
        )
    (done,) = await street.ask("select id from activities where tool = 'block_time'")
    await kiran.call("undo_action", id=done)
    assert (await kiran.call("my_calendar")).busy == []
