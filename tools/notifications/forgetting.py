"""Forgetting: what is long past leaves the inbox, and devices that nobody uses are not sent to."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from storage import devices, notifications
from tools.contract import Batch, Call, Round
from tools.jobs import job

KEPT: Final = timedelta(days=90)
SEEN_WITHIN: Final = timedelta(days=270)
"""After that a push service no longer knows a token either."""


@job("destroy", cron="40 3 * * *")
async def forget_old_notifications(call: Call, ask: Batch) -> Round:
    """Remove old notifications, and devices that were not seen for long. Repeat until none remain."""
    before = call.now() - KEPT
    await devices.forget_old(call.db, call.now() - SEEN_WITHIN)
    done = await notifications.forget(call.db, before, ask.limit)
    return Round(done=done, remaining=await notifications.count_old(call.db, before))
