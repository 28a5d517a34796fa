"""Calendars: when somebody shows properties, by weekly hours, and when not."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Annotated, Any, Final, Literal

from pydantic import AwareDatetime, Field

from storage import calendars, visits
from tools import moments
from tools.activity import Undo
from tools.contract import Call, Model, tool
from tools.offers import Id
from tools.refusals import Contradiction, NotFound, Refused
from tools.visits.data import holidays
from tools.visits.hosts import ALWAYS

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: Final[tuple[Weekday, ...]] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOCK: Final = r"^(09|1[0-8]):(00|30)$|^19:00$"
Clock = Annotated[str, Field(pattern=CLOCK)]
"""A time of India's day, on the hour or half hour from 09:00 to 19:00."""

MOST_BLOCKED: Final = 100
LONGEST: Final = timedelta(days=92)
FURTHEST: Final = timedelta(days=366)
_UNDO: Final = timedelta(days=7)
_HOLIDAYS: Final = timedelta(days=60)


class NotAStretch(Contradiction):
    """hours: each stretch ends after it begins, and no two of one day overlap."""


class NotATime(Contradiction):
    """A blocked time ends after it begins, is not over, lasts 92 days at most, and begins within a year."""


class TooManyBlocked(Refused):
    """You have blocked as many times as one person can. Take one away first."""


class NoSuchBlock(NotFound):
    """You have blocked no such time."""


class Stretch(Model):
    days: Annotated[list[Weekday], Field(min_length=1, max_length=7)]
    starts: Clock
    ends: Clock


class Holiday(Model):
    day: date
    name: str


class BusyTime(Model):
    id: int
    starts: datetime
    ends: datetime
    note: str | None


class MyCalendar(Model):
    hours: list[Stretch]
    """When the person shows properties, India time."""

    holidays_off: bool
    """Whether public holidays are free of visits."""

    busy: list[BusyTime]
    """Times that are kept free of visits."""

    holidays: list[Holiday]
    """The public holidays of Haryana in the next 60 days."""

    source: str
    """Who says which days are holidays."""

    def summary(self) -> str:
        hours = "; ".join(f"{' '.join(each.days)} {each.starts}-{each.ends}" for each in self.hours)
        off = "off" if self.holidays_off else "as any day"
        return f"Shows properties: {hours or 'never'}; public holidays {off}; {len(self.busy)} times blocked."


class ShowCalendar(Model):
    pass


class SetCalendar(Model):
    hours: Annotated[list[Stretch], Field(max_length=21)] | None = None
    """All stretches of the week, instead of those before; an empty list for none."""

    holidays_off: bool | None = None
    """Whether public holidays of Haryana are free of visits."""


class BlockTime(Model):
    starts: AwareDatetime
    """With a UTC offset."""

    ends: AwareDatetime
    """Likewise; whole days and weeks are fine."""

    note: Annotated[str, Field(max_length=200)] | None = None
    """For the person themselves."""


class Blocked(Model):
    id: int
    starts: datetime
    ends: datetime
    note: str | None
    visits: list[int]
    """Visits that the person shows within it, which stay: to be moved or cancelled one by one."""


class UnblockTime(Model):
    id: Id


@tool("member", "read", scope="visits:read", http="GET /me/calendar")
async def my_calendar(call: Call, ask: ShowCalendar) -> MyCalendar:
    """When the person shows properties to visitors: weekly hours, holidays, and times kept free."""
    return await _calendar(call)


@tool(
    "member",
    "write",
    scope="visits:write",
    http="PATCH /me/calendar",
    idempotent=True,
    undo=Undo("set_calendar", within=_UNDO),
)
async def set_calendar(call: Call, ask: SetCalendar) -> MyCalendar:
    """Set the weekly hours in which the person shows properties, and whether holidays are off."""
    hours, off = await calendars.get(call.db, call.member.id) or (ALWAYS, True)
    wanted = hours if ask.hours is None else _minutes(ask.hours)
    anew = off if ask.holidays_off is None else ask.holidays_off
    await calendars.put(call.db, call.member.id, wanted, holidays_off=anew)
    before, after = (
        {"hours": each, "holidays_off": is_off} for each, is_off in ((hours, off), (wanted, anew))
    )
    call.changed("calendar", call.member.id, before=before, after=after)
    call.undo_with(hours=[each.model_dump() for each in _stretches(hours)], holidays_off=off)
    return await _calendar(call)


@tool(
    "member",
    "write",
    scope="visits:write",
    http="POST /me/calendar/busy",
    undo=Undo("unblock_time", within=_UNDO, given=lambda _ask, answer: {"id": answer.id}),
)
async def block_time(call: Call, ask: BlockTime) -> Blocked:
    """Keep a time of the person's own free of visits: an hour, a day off, a journey."""
    now, me = call.now(), call.member.id
    lasts = ask.ends - ask.starts
    if not timedelta() < lasts <= LONGEST or ask.ends <= now or ask.starts > now + FURTHEST:
        raise NotATime
    if len(await calendars.blocked(call.db, me, now, MOST_BLOCKED)) >= MOST_BLOCKED:
        raise TooManyBlocked
    busy = await calendars.block(call.db, me, ask.starts, ask.ends, ask.note)
    call.changed("busy_time", busy, after={"starts": ask.starts, "ends": ask.ends})
    within = await visits.shown_within(call.db, me, ask.starts, ask.ends)
    return Blocked(id=busy, starts=ask.starts, ends=ask.ends, note=ask.note, visits=list(within))


@tool(
    "member",
    "destroy",
    scope="visits:write",
    http="DELETE /me/calendar/busy/{id}",
    surfaces=frozenset({"rest", "agent", "cli"}),
    undo=Undo("block_time", within=_UNDO),
)
async def unblock_time(call: Call, ask: UnblockTime) -> MyCalendar:
    """Let visits be asked for again within a time that was blocked."""
    gone = await calendars.unblock(call.db, call.member.id, ask.id)
    if gone is None:
        raise NoSuchBlock
    was: dict[str, Any] = {"starts": gone.starts, "ends": gone.ends}
    call.changed("busy_time", gone.id, before=was)
    call.undo_with(**was, note=gone.note)
    return await _calendar(call)


async def _calendar(call: Call) -> MyCalendar:
    now, me = call.now(), call.member.id
    hours, off = await calendars.get(call.db, me) or (ALWAYS, True)
    busy = await calendars.blocked(call.db, me, now, MOST_BLOCKED)
    today = now.astimezone(moments.INDIA).date()
    known = holidays()
    coming = {day: name for day, name in known.days.items() if today <= day <= today + _HOLIDAYS}
    return MyCalendar(
        hours=_stretches(hours),
        holidays_off=off,
        busy=[BusyTime.model_validate(each) for each in busy],
        holidays=[Holiday(day=day, name=name) for day, name in coming.items()],
        source=known.source,
    )


def _minutes(stretches: list[Stretch]) -> calendars.Hours:
    """The stretches of each day, in order. Refuses those that end before they begin, or overlap."""
    found = sorted(
        [WEEKDAYS.index(day), _minute(each.starts), _minute(each.ends)]
        for each in stretches
        for day in dict.fromkeys(each.days)
    )
    if any(first >= last for _, first, last in found):
        raise NotAStretch
    if any(a[0] == b[0] and a[2] > b[1] for a, b in pairwise(found)):
        raise NotAStretch
    return found


def _stretches(hours: calendars.Hours) -> list[Stretch]:
    """The same with the days together that have the same stretch."""
    days: dict[tuple[int, int], list[Weekday]] = {}
    for weekday, first, last in hours:
        days.setdefault((first, last), []).append(WEEKDAYS[weekday])
    return [
        Stretch(days=which, starts=_said(first), ends=_said(last)) for (first, last), which in days.items()
    ]


def _minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _said(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
