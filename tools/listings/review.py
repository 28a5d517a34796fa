"""Review: staff look at what was handed in, and approve it, ask for changes or reject it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from storage import listing_forms, listing_life, photos
from tools import moments
from tools.contract import Call, Model, Page, tool
from tools.forms import Form
from tools.listings import showing
from tools.listings.asks import ListReviewQueue, ReviewListing
from tools.listings.drafting import found_anew, move_on
from tools.listings.integrity import ListingFinding, findings
from tools.listings.life import Decided
from tools.listings.quality import ListingFix, quality
from tools.notices import notify
from tools.offers import Status
from tools.refusals import Invalid, NotFound, Refused

if TYPE_CHECKING:
    from storage.listing_forms import Kept

_AFTER: Final[dict[str, Status]] = {"approve": "live", "ask_for_changes": "draft", "reject": "archived"}
_TOLD: Final = {
    "approve": "listing_approved",
    "ask_for_changes": "listing_changes_asked",
    "reject": "listing_rejected",
}
_DONE: Final = {"live": "approved", "draft": "asked for changes to", "archived": "rejected"}
_NOW: Final = {"draft": "a draft"}
_SHOWN: Final = 20


class NothingToReview(NotFound):
    """No such listing waits for a review."""


class OwnListing(Refused):
    """You cannot decide about a listing that is yours, or that you handed in yourself."""


class ReasonNeeded(Invalid):
    """reason: is needed, unless it is approved: its owner is told."""


class PastMove(Model):
    """How a listing moved on."""

    at: datetime
    was: Status | None
    now: Status
    by: str
    """In which role: `owner`, `carer`, `admin`, `reviewer`, or `clock`."""

    reason: str | None


class Submission(Model):
    """A listing that waits for a decision."""

    id: int
    submission: int
    submitted_at: datetime
    form: Form
    price_text: str
    photos: list[str]
    score: int
    fixes: list[ListingFix]
    findings: list[ListingFinding]
    """What speaks for and against it, with what each rests on."""

    history: list[PastMove]
    """How it moved on so far, the latest first, with what reviewers said."""

    def summary(self) -> str:
        return f"Listing {self.id} (submission {self.submission}): {self.form.title}, {self.price_text}"


class Reviewed(Model):
    """What was decided about a listing."""

    id: int
    submission: int
    status: Status
    reason: str | None

    def summary(self) -> str:
        return f"Listing {self.id} is {self.status} now."


@tool(
    "staff",
    "read",
    scope="listings:review",
    http="GET /admin/listings/review",
    fresh=True,
    widget="verification-queue",
)
async def list_review_queue(call: Call, ask: ListReviewQueue) -> Page[Submission]:
    """The listings that wait for a review, the longest first, with what speaks for and against each."""
    kept = call.ports.cursors.read("list_review_queue", ask.cursor) if ask.cursor else None
    after = None if kept is None else (datetime.fromisoformat(kept["at"]), kept["id"])
    found = await listing_forms.waiting(call.db, after=after, limit=ask.limit + 1)
    has_more = len(found) > ask.limit
    items = [await _submission(call, each) for each in found[: ask.limit]]
    last = items[-1] if has_more else None
    on = last and call.ports.cursors.write(
        "list_review_queue", {"at": last.submitted_at.isoformat(), "id": last.id}
    )
    return Page[Submission](items=items, next_cursor=on, has_more=has_more)


@tool(
    "staff",
    "write",
    scope="listings:review",
    http="POST /admin/listings/{id}/review",
    refuses={"listing_moves_decided_idx": Decided},
)
async def review_listing(call: Call, ask: ReviewListing) -> Reviewed:
    """Approve a listing that waits, ask its owner for changes, or reject it with a reason."""
    kept = await listing_forms.one(call.db, ask.id, hold=True)
    if kept is None or kept.submission < ask.submission:
        raise NothingToReview
    if kept.status != "review" or kept.submission != ask.submission:
        raise Decided(await _meanwhile(call, kept, ask.submission))
    if call.member.id in (kept.owner_id, kept.submitted_by):
        raise OwnListing
    if ask.reason is None and ask.decision != "approve":
        raise ReasonNeeded
    status = _AFTER[ask.decision]
    await move_on(call, kept, status, "reviewer", ask.reason)
    approved = showing.standing(kept) if ask.decision == "approve" else {"approved": None}
    await listing_life.change(call.db, kept.id, **approved)
    await photos.hold_removed(call.db, kept.id)
    call.changed(
        "listing", kept.id, before={"status": "review"}, after={"status": status}, whose=kept.owner_id
    )
    call.concerns("property", kept.id)
    if status == "live":
        await found_anew(call, kept.id)
    await _tell(call, kept, ask)
    return Reviewed(id=kept.id, submission=ask.submission, status=status, reason=ask.reason)


async def _meanwhile(call: Call, kept: Kept, submission: int) -> str:
    """What became of a submission since somebody looked at it."""
    if kept.status == "review":
        return "It was changed and handed in again since. Look at it as it is now."
    moves = await listing_life.moves(call.db, kept.id, _SHOWN)
    for move in moves:
        if move.as_role == "reviewer" and move.submission == submission:
            who = "You have" if move.by_id == call.member.id else "A colleague has"
            said = f" Its owner was told: {move.reason}" if move.reason else ""
            return f"{who} {_DONE[move.now]} it already, on {moments.said(move.at, 'en')}.{said}"
    return f"It does not wait for a review any more: it is {_NOW.get(kept.status, kept.status)} now."


async def _tell(call: Call, kept: Kept, ask: ReviewListing) -> None:
    """Tell its owner, and whoever handed it in for them."""
    about = {"listing_id": kept.id, "submission": kept.submission, "title": kept.title}
    for whom in {each for each in (kept.owner_id, kept.submitted_by) if each is not None}:
        await notify(call, whom, _TOLD[ask.decision], **about, reason=ask.reason or "")


async def _submission(call: Call, kept: Kept) -> Submission:
    assert kept.submitted_at is not None
    seen = showing.shown(kept, "reviewer")
    return Submission(
        id=kept.id,
        submission=kept.submission,
        submitted_at=kept.submitted_at,
        form=seen.form,
        price_text=seen.price_text,
        photos=kept.photos,
        score=quality(kept).score,
        fixes=seen.fixes,
        findings=await findings(call, kept, review=True),
        history=await past(call, kept.id),
    )


async def past(call: Call, property_id: int) -> list[PastMove]:
    """How a listing moved on, the latest first."""
    return [
        PastMove.model_validate(
            {"at": move.at, "was": move.was, "now": move.now, "by": move.as_role, "reason": move.reason}
        )
        for move in await listing_life.moves(call.db, property_id, _SHOWN)
    ]
