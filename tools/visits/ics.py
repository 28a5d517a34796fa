"""Calendar files of visits (RFC 5545), each with an id that stays and a number that grows."""

from __future__ import annotations

import importlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from tools.visits.rules import Visit

_STATUS: Final = {"requested": "TENTATIVE", "cancelled": "CANCELLED", "missed": "CANCELLED"}
_BEFORE: Final = timedelta(hours=-2)


def file(visit: Visit, revision: int, changed_at: datetime, url: str) -> str:
    """The file of one visit. Calendars that have it already take what has the higher revision."""
    # It takes a while to load, and few ask for it.
    icalendar: Any = importlib.import_module("icalendar")
    event = icalendar.Event()
    event.add("uid", f"visit-{visit.id}@{urlsplit(url).hostname}")
    event.add("sequence", revision)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("dtstart", visit.starts)
    event.add("dtend", visit.ends)
    event.add("summary", f"{'Show' if visit.side == 'host' else 'See'} {visit.title}")
    event.add("status", _STATUS.get(visit.status, "CONFIRMED"))
    if visit.place:
        event.add("location", visit.place)
    if visit.with_whom:
        event.add("description", f"With {visit.with_whom}.")
    if visit.status in ("requested", "confirmed"):
        event.add_component(_alarm(icalendar, visit))
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//360 Ghar//Visits//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return calendar.to_ical().decode()


def _alarm(icalendar: Any, visit: Visit) -> Any:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", _BEFORE)
    alarm.add("description", visit.title)
    return alarm
