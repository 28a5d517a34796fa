"""Turns of the chat that waited for an approval, and how long they are kept."""

from __future__ import annotations

from storage import runs
from tools.contract import Batch, Call, Round
from tools.jobs import job


@job("destroy", cron="20 * * * *")
async def forget_old_turns(call: Call, ask: Batch) -> Round:
    """Forget turns of the chat whose approvals have expired. Repeat until nothing remains."""
    done = await runs.forget(call.db, ask.limit)
    return Round(done=done, remaining=await runs.count_old(call.db))
