"""Moving on: a listing is handed in, paused, ended, put live again, and said to be still there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from storage import listing_life
from tools.activity import Undo
from tools.contract import Call, tool
from tools.listings import showing
from tools.listings.access import own
from tools.listings.asks import ChangeListingStatus, RenewListing
from tools.listings.drafting import NotEnough, found_anew, move_on
from tools.listings.life import Decided, check, possible
from tools.listings.showing import Listing, shown
from tools.notices import notify
from tools.refusals import Refused

_UNDONE_WITHIN: Final = timedelta(days=7)


class NotLive(Refused):
    """Only a live listing, or one that was paused because nobody answered, can be renewed."""


@tool(
    "member",
    "write",
    scope="listings:write",
    http="POST /me/listings/{id}/status",
    undo=Undo("change_listing_status", within=_UNDONE_WITHIN),
    refuses={"listing_moves_decided_idx": Decided},
)
async def change_listing_status(call: Call, ask: ChangeListingStatus) -> Listing:
    """Hand a listing in for review, pause it, put it live again, say it is rented or sold, or archive it."""
    kept, who = await own(call, ask.id, hold=True, version=ask.version)
    was, purpose, approved = showing.status(kept), showing.purpose(kept), showing.approved(kept)
    check(was, ask.status, who, purpose, approved=approved)
    lacking = showing.missing(kept)
    if ask.status == "review" and lacking:
        raise NotEnough(
            f"Before it can be reviewed, fill in: {', '.join(lacking)}.", details={"missing": lacking}
        )
    await move_on(call, kept, ask.status, who, ask.reason)
    call.changed(
        "listing", kept.id, before={"status": was}, after={"status": ask.status}, whose=kept.owner_id
    )
    call.concerns("property", kept.id)
    if was in possible(ask.status, who, purpose, approved=approved):
        call.undo_with(id=kept.id, status=was)
    if "live" in (was, ask.status):
        await found_anew(call, kept.id)
    kept, _ = await own(call, kept.id)
    if kept.owner_id is not None and who != "owner":
        about = {"listing_id": kept.id, "version": kept.version, "title": kept.title}
        await notify(call, kept.owner_id, "listing_moved", **about, status=ask.status)
    return shown(kept, who)


@tool("member", "write", scope="listings:write", http="POST /me/listings/{id}/renew", idempotent=True)
async def renew_listing(call: Call, ask: RenewListing) -> Listing:
    """Say that a listing is still to be had: it stays live for 60 days more, or is live again."""
    kept, who = await own(call, ask.id, hold=True)
    if kept.status != "live" and not (kept.status == "paused" and kept.expired):
        raise NotLive
    before: dict[str, Any] = {"status": kept.status, "evidence_at": kept.evidence_at}
    if kept.status == "paused":
        check("paused", "live", who, showing.purpose(kept), approved=showing.approved(kept))
        await move_on(call, kept, "live", who)
        await found_anew(call, kept.id)
    else:
        await listing_life.begin(call.db, kept.id, call.now(), **showing.standing(kept))
        await listing_life.change(call.db, kept.id, evidence_at=call.now(), reminded_at=None)
    call.changed(
        "listing",
        kept.id,
        before=before,
        after={"status": "live", "evidence_at": call.now()},
        whose=kept.owner_id,
    )
    call.concerns("property", kept.id)
    kept, _ = await own(call, kept.id)
    return shown(kept, who)
