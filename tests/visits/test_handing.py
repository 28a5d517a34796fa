"""Handing on: a visit goes to a colleague, or after its property, and its visitor hears of it."""

from typing import Any

import pytest

from servers.jobs import operator
from storage.engine import driver
from tests.account.conftest import Join, Somebody
from tests.street import Street, previewed, slot
from tests.visits.conftest import Diary
from tests.visits.test_life import one
from tools.refusals import Contradiction, Forbidden
from tools.visits.handing import ColleagueNotFree, NoSuchColleague
from tools.visits.rules import NoSuchVisit


@pytest.fixture
async def meera(join: Join, street: Street) -> Somebody:
    there = await join("meera@example.com", "staff")
    await street.run("update people set name = 'Meera Das' where id = :id", id=there.id)
    return there


@pytest.fixture
async def visit(asha: Somebody, kiran: Somebody, diary: Diary) -> Any:
    """Two days ahead, at 9:00, and confirmed."""
    made = await diary.book(asha, slot(48))
    await kiran.call("confirm_visit", id=made.id)
    await diary.told(kiran)
    await diary.told(asha)
    return made


async def follow(street: Street, diary: Diary, kiran: Somebody, meera: Somebody) -> Any:
    """All that one looks after goes to the other, and the visits after it."""
    tool = kiran.dispatcher.catalog["move_portfolio"]
    given = {"from_id": kiran.id, "to_id": meera.id}
    await kiran.dispatcher.run(tool, given, operator(tool))
    async with street.database.reading(primary=True) as db:
        waits = "select count(*) from pgqueuer where entrypoint = 'hand_on_visits'"
        assert await (await driver(db)).fetchval(waits) == 1
    return await diary.do("hand_on_visits", **given)


async def test_a_host_hands_a_visit_to_a_colleague_who_says_yes_to_it(
    visit: Any, asha: Somebody, kiran: Somebody, meera: Somebody, diary: Diary
) -> None:
    shown = await previewed(kiran, "hand_over_visit", id=visit.id, to_id=meera.id)
    assert shown.what.startswith("Meera Das is asked to show “Flat 1” on Wednesday, 4 June")
    await kiran.confirm(shown)
    assert (await diary.told(meera), await diary.told(asha)) == (["visit_requested"], ["visit_handed_on"])
    with pytest.raises(NoSuchVisit):
        await kiran.call("confirm_visit", id=visit.id)
    await meera.call("confirm_visit", id=visit.id)
    there = await one(asha, visit, "visitor")
    assert (there.with_whom, there.status) == ("Meera Das", "confirmed")
    assert await diary.told(asha) == ["visit_confirmed"]


async def test_what_waits_for_its_visitor_goes_on_waiting_for_them(
    visit: Any, asha: Somebody, kiran: Somebody, meera: Somebody
) -> None:
    await kiran.call("reschedule_visit", id=visit.id, starts=slot(49))
    await kiran.call("hand_over_visit", id=visit.id, to_id=meera.id)
    assert (await asha.call("confirm_visit", id=visit.id)).with_whom == "Meera Das"


async def test_only_a_colleague_who_is_free_and_willing_is_asked(
    visit: Any, asha: Somebody, ravi: Somebody, kiran: Somebody, meera: Somebody, street: Street, diary: Diary
) -> None:
    for to_id, refusal in (
        (ravi.id, NoSuchColleague),
        (kiran.id, Contradiction),
        (meera.id + 99, NoSuchColleague),
    ):
        with pytest.raises(refusal):
            await kiran.call("hand_over_visit", id=visit.id, to_id=to_id)
    await meera.call("block_time", starts=slot(48), ends=slot(49))
    with pytest.raises(ColleagueNotFree):
        await kiran.call("hand_over_visit", id=visit.id, to_id=meera.id)
    (busy,) = (await meera.call("my_calendar")).busy
    await meera.call("unblock_time", id=busy.id)
    await street.run("insert into blocks (person_id, blocked_id) values (:a, :b)", a=asha.id, b=meera.id)
    with pytest.raises(ColleagueNotFree):
        await kiran.call("hand_over_visit", id=visit.id, to_id=meera.id)
    with pytest.raises(NoSuchVisit):
        await meera.call("hand_over_visit", id=visit.id, to_id=kiran.id)
    with pytest.raises(Forbidden):
        await asha.call("hand_over_visit", id=visit.id, to_id=meera.id)
    assert await diary.told(asha) == []


async def test_visits_follow_a_portfolio_to_whoever_is_free_and_else_wait_for_somebody(
    visit: Any, asha: Somebody, ravi: Somebody, kiran: Somebody, meera: Somebody, street: Street, diary: Diary
) -> None:
    other = await diary.book(ravi, slot(50))
    await meera.call("block_time", starts=slot(50), ends=slot(51))
    await diary.told(meera)
    assert (await follow(street, diary, kiran, meera)).done == 2
    assert (await diary.told(asha), await diary.told(ravi)) == (["visit_handed_on"], ["visit_host_left"])
    assert await diary.told(meera) == ["visit_requested", "visit_unassigned"]
    assert (await one(asha, visit, "visitor")).with_whom == "Meera Das"
    assert (await one(ravi, other, "visitor")).with_whom is None
    assert (await diary.do("hand_on_visits", from_id=kiran.id, to_id=meera.id)).done == 0


async def test_what_was_picked_up_of_others_stays_with_whoever_did(
    asha: Somebody, kiran: Somebody, meera: Somebody, street: Street, diary: Diary
) -> None:
    waiting = await diary.book(asha, slot(48), home=4)
    await kiran.call("pick_up_visit", id=waiting.id)
    assert (await follow(street, diary, kiran, meera)).done == 0
    assert (await one(asha, waiting, "visitor")).with_whom == "Kiran Bedi"
