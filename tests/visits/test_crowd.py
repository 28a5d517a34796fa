"""Crowds: a hundred real connections that want one time, and people and staff who cross each other."""

import asyncio
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from storage.engine import Database, DatabaseOptions
from tests.account.conftest import Clock, Join, Somebody
from tests.street import Street, previewed, slot
from tools.catalog import Catalog
from tools.dispatch import Dispatcher
from tools.ports import Ports
from tools.refusals import Refused
from tools.visits.rules import SlotTaken

MANY = 100


@pytest.mark.timeout(120)
@pytest.mark.requirement("F1")
async def test_of_a_hundred_people_who_confirm_one_time_at_once_one_gets_it_and_all_others_a_sentence(
    database_url: str,
    catalog: Catalog,
    ports: Ports,
    clock: Clock,
    join: Join,
    kiran: Somebody,
    street: Street,
) -> None:
    crowd = [await join(f"somebody{number}@example.com") for number in range(MANY)]
    wanted = {"property_id": street.homes[0], "starts": slot()}
    shown = [await previewed(each, "request_visit", **wanted) for each in crowd]
    # As many connections as people, so that all of them are in the database at the same moment.
    wide = Database(DatabaseOptions(url=database_url, pool_size=MANY, background_pool_size=1))
    try:
        there = Dispatcher(catalog, wide, replace(ports, clock=clock))
        asked = (replace(each, dispatcher=there).confirm(its) for each, its in zip(crowd, shown, strict=True))
        came: list[Any] = await asyncio.gather(*asked, return_exceptions=True)
    finally:
        await wide.close()
    won = [each for each in came if not isinstance(each, BaseException)]
    lost = [each for each in came if isinstance(each, Refused)]
    assert (len(won), len(lost)) == (1, MANY - 1)
    assert {each.message for each in lost} <= {
        SlotTaken().message,
        "Somebody changed this at the same moment. Try again.",
        "What you were shown has changed since, so nothing was done. Ask again to see how it is now.",
    }
    assert Counter(map(type, lost))[SlotTaken] >= MANY // 2
    assert await street.count("visits") == 1


async def test_one_who_shows_two_homes_is_in_one_of_them_at_a_time(
    kiran: Somebody, asha: Somebody, ravi: Somebody, join: Join, street: Street
) -> None:
    for home in street.homes[1:4]:
        await street.give(home, kiran)
    third, fourth = await join("third@example.com"), await join("fourth@example.com")
    people = (asha, ravi, third, fourth)
    shown = [
        await previewed(each, "request_visit", property_id=home, starts=slot())
        for each, home in zip(people, street.homes, strict=False)
    ]
    asked = (each.confirm(its) for each, its in zip(people, shown, strict=True))
    came: list[Any] = await asyncio.gather(*asked, return_exceptions=True)
    hosts = await street.ask("select coalesce(host_id, 0) from visits")
    # Whoever came later waits for somebody else, or is told to ask again.
    assert hosts.count(kiran.id) == 1
    assert all(isinstance(each, Refused) for each in came if isinstance(each, BaseException))


async def test_two_moves_into_one_time_leave_one_of_them_where_it_was(
    kiran: Somebody, asha: Somebody, ravi: Somebody, street: Street
) -> None:
    home, people = street.homes[0], (asha, ravi)
    booked = [
        await each.call("request_visit", property_id=home, starts=slot(24 + number))
        for number, each in enumerate(people)
    ]
    shown = [
        await previewed(each, "reschedule_visit", id=visit.id, starts=slot(30))
        for each, visit in zip(people, booked, strict=True)
    ]
    asked = (each.confirm(its) for each, its in zip(people, shown, strict=True))
    came: list[Any] = await asyncio.gather(*asked, return_exceptions=True)
    assert len([each for each in came if isinstance(each, Refused)]) == 1
    times = await street.ask("select starts from visits order by starts desc")
    assert times[0] == slot(30)
    assert times[1] in (slot(24), slot(25))
