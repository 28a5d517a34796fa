"""Handing on: an enquiry outlives whoever answered it, and goes to whoever looks after the property next."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Final

from pydantic import Field

from storage import enquiries
from tools.contract import Call, Model, Round
from tools.jobs import job
from tools.notices import notify

AT_ONCE: Final = 500


class TendEnquiries(Model):
    limit: Annotated[int, Field(ge=1, le=1_000)] = AT_ONCE
    """How many enquiries to hand on in one round."""


@job(cron="*/10 * * * *")
async def tend_enquiries(call: Call, ask: TendEnquiries) -> Round:
    """Hand open enquiries of whoever has left, or looks after it no more, to whoever looks after it now."""
    taken: Counter[int] = Counter()
    for lead, taker in await enquiries.left(call.db, call.now(), ask.limit):
        await enquiries.hand_on(call.db, lead.id, taker)
        before, after = {"carer_id": lead.carer_id}, {"carer_id": taker}
        call.changed("enquiry", lead.id, before=before, after=after, whose=taker)
        call.concerns("property", lead.property_id)
        taken[taker] += 1
    for taker, count in taken.items():
        await notify(call, taker, "enquiries_given", at=call.now(), enquiries=count)
    done = taken.total()
    return Round(done=done, remaining=int(done == ask.limit))
