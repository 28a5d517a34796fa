"""The timetable: when a job is due, by APScheduler's reading of crontab expressions in India's time."""

from __future__ import annotations

import importlib
from datetime import UTC
from functools import cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from datetime import datetime

ZONE: Final = "Asia/Kolkata"


@cache
def trigger(cron: str) -> Any:
    """What APScheduler fires by. Days of the week are names: its numbers mean other days than cron's."""
    if any(each.isdigit() for each in cron.split()[-1]):
        raise ValueError(f"the days of the week need names: {cron}")
    library: Any = importlib.import_module("apscheduler.triggers.cron")
    return library.CronTrigger.from_crontab(cron, timezone=ZONE)


class IndiaTimetable:
    """Crontab expressions, read in India's time."""

    def following(self, cron: str, after: datetime) -> datetime:
        """The first time after `after` that `cron` names, in UTC."""
        found: datetime | None = trigger(cron).get_next_fire_time(after, after)
        assert found is not None, f"{cron} is never due"
        return found.astimezone(UTC)
