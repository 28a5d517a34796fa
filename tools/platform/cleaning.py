"""Cleaning up: events that can no longer be told again."""

from __future__ import annotations

from storage import events
from tools.contract import Batch, Call, Round
from tools.jobs import job


@job("destroy", cron="35 * * * *")
async def forget_old_events(call: Call, ask: Batch) -> Round:
    """Forget events that are older than a day. Repeat until nothing remains."""
    done = await events.forget(call.db, ask.limit)
    return Round(done=done, remaining=await events.count_old(call.db))
