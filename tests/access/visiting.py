"""Arguments of the tools of visits: times that no other call has, and visits in every standing."""

import itertools
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import text

from storage import calendars, visits
from tests.access.world import World
from tests.days import working_days
from tools.moments import INDIA

Arguments = dict[str, Any]
Make = Callable[[World, int], Awaitable[Arguments]]
_slots = itertools.count()
_moments = itertools.count(1)


async def _home(world: World, number: int) -> int:
    wanted = text("select id from properties order by id offset :number limit 1")
    async with world.runtime.database.reading() as db:
        found = await db.scalar(wanted, {"number": number})
    assert isinstance(found, int)
    return found


def _slot() -> datetime:
    """A time for a visit that no other call has."""
    day, half_hour = divmod(next(_slots), 20)
    days = working_days()
    return datetime.combine(days[day % len(days)], time(9), INDIA) + timedelta(minutes=30 * half_hour)


async def _slots_wanted(world: World, _person: int) -> Arguments:
    return {"property_id": await _home(world, 0)}


async def wanted_visit(world: World, _person: int) -> Arguments:
    return {"property_id": await _home(world, 0), "starts": _slot().isoformat()}


async def _visit(world: World, person: int) -> Arguments:
    starts, which = _slot(), await _home(world, 1)
    async with world.runtime.database.writing() as db:
        return {"id": await visits.add(db, person, which, starts, starts + timedelta(minutes=30))}


async def _moved(world: World, person: int) -> Arguments:
    return await _visit(world, person) | {"starts": _slot().isoformat()}


async def _visit_in(world: World, person: int, days: int, **values: Any) -> Arguments:
    """A visit that somebody makes some days from now, in a given standing, at a moment of its own."""
    made = await _visit(world, person)
    starts = datetime.now(UTC) + timedelta(days=days, seconds=next(_moments))
    sets = "".join(f", {name} = :{name}" for name in values)
    times = {"starts": starts, "ends": starts + timedelta(microseconds=1)}
    async with world.runtime.database.writing() as db:
        change = text(f"update visits set starts = :starts, ends = :ends{sets} where id = :id")
        await db.execute(change, {**times, **values, **made})
    return made


async def _that_waits_for_its_visitor(world: World, person: int) -> Arguments:
    return await _visit_in(world, person, 62, awaits="visitor")


async def _that_was(world: World, person: int) -> Arguments:
    return await _visit_in(world, person, -2, status="confirmed", awaits=None)


async def _of_somebody(world: World, _person: int) -> Arguments:
    return await _visit(world, await world.person())


async def _that_they_show(world: World, person: int) -> Arguments:
    """A visit that the person shows, and a colleague."""
    made = await _visit(world, await world.person())
    async with world.runtime.database.writing() as db:
        await db.execute(text("update visits set host_id = :host where id = :id"), {**made, "host": person})
    return made | {"to_id": await world.person("staff")}


async def _time_to_block(_world: World, _person: int) -> Arguments:
    starts = _slot()
    return {"starts": starts.isoformat(), "ends": (starts + timedelta(hours=1)).isoformat()}


async def _blocked(world: World, person: int) -> Arguments:
    starts = _slot()
    async with world.runtime.database.writing() as db:
        return {"id": await calendars.block(db, person, starts, starts + timedelta(hours=1), None)}


VISITS_OWNED: Mapping[str, Make] = {
    "cancel_visit": _visit,
    "complete_visit": _that_was,
    "confirm_visit": _that_waits_for_its_visitor,
    "hand_over_visit": _that_they_show,
    "reschedule_visit": _moved,
    "unblock_time": _blocked,
    "visit_calendar": _visit,
}
"""Of tools that name what one person owns."""

VISITS: Mapping[str, Make] = {
    **VISITS_OWNED,
    "block_time": _time_to_block,
    "pick_up_visit": _of_somebody,
    "request_visit": wanted_visit,
    "visit_slots": _slots_wanted,
}

VISITS_SHARED: Mapping[str, str] = {
    "pick_up_visit": "any member of staff takes any visit that nobody shows",
    "request_visit": "anybody asks to see any property",
    "visit_slots": "anybody sees when any property can be seen",
}
