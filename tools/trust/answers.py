"""Kept answers: what a repeated write is answered with, forgotten after two days."""

from __future__ import annotations

from storage import kept_answers
from tools.contract import Batch, Call, Round
from tools.jobs import job


@job("destroy", cron="25 * * * *")
async def forget_old_answers(call: Call, ask: Batch) -> Round:
    """Forget answers that were kept for idempotency keys and are older than 48 hours."""
    done = await kept_answers.forget(call.db, ask.limit)
    return Round(done=done, remaining=await kept_answers.count_old(call.db))
