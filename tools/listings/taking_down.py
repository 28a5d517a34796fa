"""Taking down: a listing that was reported is paused until it is reviewed anew."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from storage import listing_forms, listing_life
from storage.listing_life import Move
from tools.contract import Call, Model, tool
from tools.listings.access import NoSuchListing
from tools.listings.drafting import found_anew
from tools.offers import Id


class TakeDownListing(Model):
    id: Id
    reason: Annotated[str, Field(max_length=300)]
    """Why, for its history."""


class TakenDown(Model):
    id: int


@tool("staff", "destroy", idempotent=True, surfaces=frozenset())
async def take_down_listing(call: Call, ask: TakeDownListing) -> TakenDown:
    """Pause a listing whose approval counts no more, so that it is live again only by another review."""
    kept = await listing_forms.one(call.db, ask.id, hold=True)
    if kept is None:
        raise NoSuchListing
    now = call.now()
    await listing_life.begin(call.db, kept.id, now)
    if kept.status == "live":
        by = call.member.id
        await listing_life.move(call.db, kept.id, Move(now, "live", "paused", "admin", by, ask.reason))
        await found_anew(call, kept.id)
        if kept.owner_id is not None:
            call.tell(kept.owner_id, "listing.status_changed", property_id=kept.id, status="paused")
    await listing_life.change(call.db, kept.id, approved=None)
    after = {"status": "paused", "approved": False}
    call.changed("listing", kept.id, before={"status": kept.status}, after=after, whose=kept.owner_id)
    call.concerns("property", kept.id)
    return TakenDown(id=kept.id)
