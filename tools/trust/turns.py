"""Turns of the chat that waited for an approval, and how long they are kept."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from storage import runs
from tools.contract import Call, Model, Round
from tools.jobs import job


class ForgetOldTurns(Model):
    limit: Annotated[int, Field(ge=1, le=10_000)] = 1_000
    """How many to forget in this call."""


@job("destroy", cron="20 * * * *")
async def forget_old_turns(call: Call, ask: ForgetOldTurns) -> Round:
    """Forget turns of the chat whose approvals have expired. Repeat until nothing remains."""
    done = await runs.forget(call.db, ask.limit)
    return Round(done=done, remaining=await runs.count_old(call.db))
