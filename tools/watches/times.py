"""Times: when the news of a watch is told."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from tools.moments import INDIA

if TYPE_CHECKING:
    from storage.watches import Often

HOUR: Final = time(9)
"""When daily and weekly news is told, in India's time."""

_DAY: Final = timedelta(days=1)
_MONDAY: Final = 0


def due_at(now: datetime, often: Often, snoozed: datetime | None) -> datetime:
    """When news that is found now is told: never within a snooze."""
    earliest = max(now, snoozed) if snoozed else now
    if often == "at_once":
        return earliest
    there = earliest.astimezone(INDIA)
    due = datetime.combine(there.date(), HOUR, INDIA)
    while due < there or (often == "weekly" and due.weekday() != _MONDAY):
        due += _DAY
    return due.astimezone(now.tzinfo)
