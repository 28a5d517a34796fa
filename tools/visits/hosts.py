"""Who shows a property when: their calendars laid over each other, and one of them chosen for a visit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy.exc import IntegrityError

from storage import staff, visit_hosts, visits
from tools import moments
from tools.faults import refusal
from tools.offers import Blocked, Words
from tools.visits.data import holidays
from tools.visits.rules import FINDING, FIRST_HOUR, LAST_HOUR, LENGTH, HostNotFree, OwnHome, TooLateToFind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from storage.calendars import Hours
    from storage.visit_hosts import Host, Taken
    from tools.contract import Call

HALF_HOUR: Final = 1800
_STARTS: Final = [
    (number, number * timedelta(seconds=HALF_HOUR)) for number in range(2 * FIRST_HOUR, 2 * LAST_HOUR)
]
ALWAYS: Final[Hours] = [[weekday, FIRST_HOUR * 60, LAST_HOUR * 60] for weekday in range(7)]
"""The hours of whoever has said nothing."""

_NOBODY: Final[Words] = (
    " Nobody looks after this property yet, so whether somebody can show it is not certain.",
    " अभी कोई इस प्रॉपर्टी को नहीं सँभालता, इसलिए कोई दिखा पाएगा या नहीं, यह तय नहीं है।",
)
_BUSY: Final[Words] = (
    " Nobody who shows it is free then, so it waits until somebody is found.",
    " दिखाने वाला कोई भी तब ख़ाली नहीं है, इसलिए किसी के मिलने तक यह रुका रहेगा।",
)
SURE: Final[Words] = ("", "")

_MOST: Final = 20
"""Staff of the area that are looked at."""

Kind = Literal["staff", "owner", "nobody"]


@dataclass(frozen=True, slots=True)
class Showing:
    """Who shows a property."""

    kind: Kind
    """`nobody`: somebody is looked for with each visit."""

    hosts: Sequence[Host]


class Diary:
    """What a property, its hosts and its visitor have within a time, by half hours since 1970."""

    def __init__(self, taken: Sequence[Taken]) -> None:
        self._taken: defaultdict[int, set[int]] = defaultdict(set)
        for each in taken:
            first = int(each.starts.timestamp()) // HALF_HOUR
            last = -int(-each.ends.timestamp() // HALF_HOUR)
            self._taken[each.who].update(range(first, last))

    def of(self, who: int) -> set[int]:
        """When somebody, or the property itself (0), has something."""
        return self._taken[who]


async def showing(call: Call, property_id: int, visitor: int) -> Showing:
    """Who shows a property: the staff that it was given to, its owner, or staff who know its surroundings.

    Nobody shows one to whom they have blocked, or who has blocked them.
    """
    known = await visit_hosts.of(call.db, property_id, visitor)
    hosts = [each for each in known if each.id != visitor]
    if known and not hosts:
        raise OwnHome
    willing = [each for each in hosts if not each.apart]
    if willing:
        return Showing(willing[0].kind, willing)
    if hosts and hosts[0].kind == "owner":
        raise Blocked
    return Showing("nobody", await nearby(call, property_id, visitor))


async def nearby(call: Call, property_id: int, visitor: int, *, but: Sequence[Host] = ()) -> Sequence[Host]:
    """Staff who know the surroundings of a property, the nearest and least busy first."""
    others = [visitor, *(each.id for each in but)]
    found = await staff.candidates(call.db, property_id, call.now(), but=others, limit=_MOST)
    ids = [each.person_id for each in found if each.nearness]
    if not ids:
        return []
    return [each for each in await visit_hosts.these(call.db, ids, visitor) if not each.apart]


async def diary(
    call: Call, property_id: int, people: Sequence[int], first: date, days: int, *, but: int = 0
) -> Diary:
    """What these have on some days of India's, but in visit `but`."""
    since = midnight(first)
    until = since + timedelta(days=days)
    return Diary(await visit_hosts.times(call.db, property_id, people, since, until, but=but))


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), moments.INDIA)


def half_hours(day: date) -> Iterator[tuple[int, datetime]]:
    """The half hours of a day at which a visit can begin, in order, and when each begins in India's time."""
    start = midnight(day)
    number = int(start.timestamp()) // HALF_HOUR
    return ((number + each, start + later) for each, later in _STARTS)


def opens(host: Host, day: date) -> set[int]:
    """The half hours of a day in which somebody's calendar lets them show properties."""
    if host.holidays_off is not False and day in holidays().days:
        return set()
    start = int(midnight(day).timestamp()) // HALF_HOUR
    hours = ALWAYS if host.hours is None else host.hours
    return {
        start + half_hour
        for weekday, first, last in hours
        if weekday == day.weekday()
        for half_hour in range(first // 30, last // 30)
    }


def free(host: Host, kept: Diary, day: date) -> set[int]:
    """The half hours of a day in which somebody has time to show a property."""
    return opens(host, day) - kept.of(host.id)


async def able(
    call: Call, who: Showing, property_id: int, visitor: int, starts: datetime, *, but: int = 0
) -> list[int]:
    """Who could show a property then, whoever has the least to do first; empty where staff has to be found.

    Refuses a time at which its owner, who shows it alone, is not free.
    """
    day = starts.astimezone(moments.INDIA).date()
    found = await _free_at(call, who.hosts, property_id, day, starts, but)
    if not found and who.kind == "owner":
        raise HostNotFree
    if not found and who.kind == "staff":
        others = await nearby(call, property_id, visitor, but=who.hosts)
        found = await _free_at(call, others, property_id, day, starts, but)
    if len(found) < 2:
        return found
    since = midnight(day)
    loads = await visit_hosts.loads(call.db, found, call.now(), (since, since + timedelta(days=1)))
    # Sorting is stable: of equals whoever was given it first, or knows its surroundings best.
    return sorted(found, key=lambda each: loads.get(each, (0, 0)))


async def sought(
    call: Call, who: Showing, property_id: int, visitor: int, starts: datetime, *, but: int = 0
) -> list[int]:
    """Who could show a property then. Refuses what nobody is free for and is too soon to find somebody."""
    found = await able(call, who, property_id, visitor, starts, but=but)
    if not found and starts < call.now() + FINDING:
        raise TooLateToFind
    return found


async def _free_at(
    call: Call, hosts: Sequence[Host], property_id: int, day: date, starts: datetime, but: int
) -> list[int]:
    if not hosts:
        return []
    kept = await diary(call, property_id, [each.id for each in hosts], day, 1, but=but)
    half_hour = int(starts.timestamp()) // HALF_HOUR
    return [each.id for each in hosts if half_hour in free(each, kept, day)]


async def book(call: Call, who: Showing, property_id: int, starts: datetime) -> tuple[int, int | None]:
    """Book a time for the person who asks: the visit's id, and who shows it if anybody could be found.

    The constraints decide: of those who could show it, the first whose time is not taken meanwhile does.
    """
    visitor = call.member.id
    await visits.take_turns(call.db, -property_id, visitor)
    hosts = await sought(call, who, property_id, visitor, starts)
    await visits.take_turns(call.db, *hosts)
    for host in hosts:
        booked = await _try(call, property_id, starts, host)
        if booked is not None:
            return booked, host
    if who.kind == "owner":
        raise HostNotFree
    return await visits.add(call.db, visitor, property_id, starts, starts + LENGTH), None


async def _try(call: Call, property_id: int, starts: datetime, host: int) -> int | None:
    try:
        async with call.db.begin_nested():
            return await visits.add(
                call.db, call.member.id, property_id, starts, starts + LENGTH, host_id=host
            )
    except IntegrityError as error:
        if refusal(error, {"visits_one_host_at_a_time": HostNotFree}) is None:
            raise
        return None


def doubt(who: Showing, free: list[int]) -> Words:
    """What a preview says of how sure it is that somebody can show it."""
    if free:
        return SURE
    return _NOBODY if who.kind == "nobody" else _BUSY
