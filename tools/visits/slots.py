"""Slots: the half hours at which a property can be seen."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, NamedTuple

from pydantic import Field

from tools import moments
from tools.contract import Call, Model, tool
from tools.offers import Blocked, Id, offered
from tools.visits.data import holidays
from tools.visits.hosts import HALF_HOUR, Diary, Kind, Showing, diary, free, half_hours, showing
from tools.visits.rules import AHEAD, FINDING, NOTICE, OwnHome, TooFarAhead


class VisitSlots(Model):
    property_id: Id
    """Which property."""

    from_day: date | None = None
    """The first day, in India; today by default."""

    days: Annotated[int, Field(ge=1, le=14)] = 5
    """How many days."""


class SlotDay(Model):
    day: date
    holiday: str | None
    """The public holiday that it is in Haryana."""

    free: list[datetime]
    """When a visit can begin and somebody is free to show it."""

    on_request: list[datetime]
    """When one can be asked for, and somebody still has to be found who shows it."""


class Within(NamedTuple):
    """Which half hours since 1970 can be asked for at all."""

    soonest: float
    findable: float
    """From when on somebody can still be found to show it."""

    latest: float
    taken: set[int]


class Slots(Model):
    property_id: int
    title: str
    shown_by: Kind
    """`nobody`: nobody looks after it yet, so somebody is looked for with each visit."""

    days: list[SlotDay]

    def summary(self) -> str:
        lines = [each for day in self.days if (each := _line(day))]
        return "\n".join(
            (f"Visits to {self.title}, India time:", *(lines or ["No time is left on these days."]))
        )


@tool("guest", "read", http="GET /properties/{property_id}/slots", widget="visit-planner", fresh=True)
async def visit_slots(call: Call, ask: VisitSlots) -> Slots:
    """The half hours at which a property can be seen over some days. request_visit asks for one."""
    offer = await offered(call, ask.property_id)
    viewer = call.viewer.id or 0
    first = max(ask.from_day or date.min, call.now().astimezone(moments.INDIA).date())
    if first > (call.now() + AHEAD).astimezone(moments.INDIA).date():
        raise TooFarAhead
    who = await _showing(call, offer.id, viewer)
    people = [viewer, *(each.id for each in who.hosts)] if viewer else [each.id for each in who.hosts]
    kept = await diary(call, offer.id, people, first, ask.days)
    days = [first + timedelta(days=number) for number in range(ask.days)]
    soonest, findable, latest = (
        (call.now() + each).timestamp() / HALF_HOUR for each in (NOTICE, FINDING, AHEAD)
    )
    within = Within(soonest, findable, latest, kept.of(0) | kept.of(viewer))
    return Slots.of(
        property_id=offer.id,
        title=offer.title,
        shown_by=who.kind,
        days=[_day(each, who, kept, within) for each in days],
    )


async def _showing(call: Call, property_id: int, viewer: int) -> Showing:
    try:
        return await showing(call, property_id, viewer)
    except (Blocked, OwnHome):
        return await showing(call, property_id, 0)


def _day(day: date, who: Showing, kept: Diary, within: Within) -> SlotDay:
    """The times of one day, but those that are taken, too soon, or when the person is elsewhere."""
    soonest, findable, latest, taken = within
    shows = set[int]().union(*(free(each, kept, day) for each in who.hosts))
    left = [each for each in half_hours(day) if soonest <= each[0] <= latest and each[0] not in taken]
    others = [] if who.kind == "owner" else [each for each in left if each[0] not in shows]
    return SlotDay.of(
        day=day,
        holiday=holidays().days.get(day),
        free=[starts for half_hour, starts in left if half_hour in shows],
        on_request=[starts for half_hour, starts in others if half_hour >= findable],
    )


def _line(day: SlotDay) -> str:
    told = [("free", day.free), ("on request", day.on_request)]
    times = [f"{name} {', '.join(f'{each:%H:%M}' for each in which)}" for name, which in told if which]
    holiday = f" ({day.holiday})" if day.holiday else ""
    return f"- {day.day:%a} {day.day.isoformat()}{holiday}: {'; '.join(times)}" if times else ""
