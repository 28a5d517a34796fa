"""Quiet hours: when what is not urgent is sent to somebody who is left alone now."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from tools.moments import INDIA


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
