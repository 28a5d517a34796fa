"""Quiet hours: when what is not urgent is sent to somebody who is left alone now."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from tools.moments import INDIA

if TYPE_CHECKING:
    from storage.notification_settings import Settings
    from tools.notice import Notice


def due_at(now: datetime, notice: Notice, settings: Settings) -> datetime | None:
    """When it may be sent out, where that is not now: what is urgent does not wait for quiet hours to end."""
    if notice.priority == "high":
        return None
    return over_at(now, settings.quiet_from, settings.quiet_until)


def over_at(now: datetime, begins: time, ends: time) -> datetime | None:
    """When the quiet hours end that it is now, in India; None outside them."""
    there = now.astimezone(INDIA)
    clock = there.time()
    if begins == ends:
        return None
    if begins < ends:
        quiet, days = begins <= clock < ends, 0
    else:
        quiet, days = clock >= begins or clock < ends, int(clock >= begins)
    if not quiet:
        return None
    return datetime.combine(there.date() + timedelta(days=days), ends, INDIA).astimezone(now.tzinfo)
