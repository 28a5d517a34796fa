"""Expiring: a listing that nothing has spoken for in a while is asked about, then paused, never lost."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from storage import listing_forms, listing_life, listing_stale
from tools.contract import Batch, Call, Round
from tools.jobs import job
from tools.listings.drafting import found_anew, move_on
from tools.listings.showing import STALE
from tools.notices import notify

if TYPE_CHECKING:
    from storage.listing_stale import Stale

ASKED_BEFORE: Final = timedelta(days=7)
"""How long before it is paused its owner is asked."""

NOTICE: Final = timedelta(days=5)
"""How long its owner has to answer at least, also where the question came late."""


@job(cron="20 10 * * *", at_once=1)
async def ask_about_stale_listings(call: Call, ask: Batch) -> Round:
    """Ask whoever offers a listing whether it is still to be had, where nothing has said so for 53 days."""
    before = call.now() - STALE + ASKED_BEFORE
    await listing_stale.catch_up(call.db, before)
    found, remaining = await listing_stale.unasked(call.db, before, ask.limit)
    for each in found:
        await listing_life.change(call.db, each.property_id, reminded_at=call.now())
        await _tell(call, each, "listing_expiring")
    return Round(done=len(found), remaining=remaining)


@job(cron="50 10 * * *", at_once=1)
async def pause_stale_listings(call: Call, ask: Batch) -> Round:
    """Pause listings that nothing has spoken for in 60 days, and whose owners were asked; renewing helps."""
    now = call.now()
    await listing_stale.catch_up(call.db, now - STALE)
    found, remaining = await listing_stale.unanswered(call.db, now - STALE, now - NOTICE, ask.limit)
    for each in found:
        kept = await listing_forms.one(call.db, each.property_id)
        assert kept is not None
        await move_on(call, kept, "paused", "clock")
        await listing_life.change(call.db, kept.id, expired=True)
        await found_anew(call, kept.id)
        call.changed("listing", kept.id, before={"status": "live"}, after={"status": "paused"})
        await _tell(call, each, "listing_expired")
    return Round(done=len(found), remaining=remaining)


async def _tell(call: Call, each: Stale, type_: str) -> None:
    if each.person_id is not None:
        about = {"listing_id": each.property_id, "title": each.title, "until": each.evidence_at + STALE}
        await notify(call, each.person_id, type_, **about)
