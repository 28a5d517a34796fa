"""Mine: what a person offers, with what to do about it next, and one of it in full."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, get_args

from storage import listing_forms, listing_life
from tools.contract import Call, Model, Page, tool
from tools.listings import showing
from tools.listings.access import own
from tools.listings.asks import GetListing, MyListings
from tools.listings.quality import ListingFix
from tools.listings.review import PastMove, past
from tools.listings.showing import Listing, shown
from tools.money import Rupees
from tools.offers import Status

if TYPE_CHECKING:
    from storage.listing_forms import Kept

_PRICES: Final = 50
_HELD: Final = tuple(status for status in get_args(Status) if status != "archived")


class ListingLine(Model):
    """A listing at a glance, with what to do about it next."""

    id: int
    status: Status
    title: str
    price_text: str
    place: str | None
    photo: str | None
    score: int
    """How much it tells, 0 to 100."""

    next: str
    """What to do next, in a sentence."""

    missing: list[str]
    """Fields to fill before it can be handed in for review."""

    fixes: list[ListingFix]
    """The three that would help it most."""

    asked: str | None
    """What the reviewer wants changed."""

    expired: bool
    """Whether it was paused because nobody said that it is still to be had."""

    possible: list[Status]
    """What it can become now."""

    expires_at: datetime | None
    """When it will be paused, unless it is renewed."""

    updated_at: datetime

    def summary(self) -> str:
        return f"Listing {self.id}, {self.status}: {self.title}, {self.price_text}. {self.next}"


class PastPrice(Model):
    """A price that changed."""

    at: datetime
    was: Rupees
    price: Rupees


class ListingInFull(Listing):
    """A listing with its history."""

    history: list[PastMove]
    """How it moved on, the latest first."""

    prices: list[PastPrice]
    """How its price changed, the latest first."""


@tool("member", "read", scope="listings:read", http="GET /me/listings", widget="owner-board", fresh=True)
async def my_listings(call: Call, ask: MyListings) -> Page[ListingLine]:
    """What the person offers, the newest first, each with its state and what to do next."""
    purpose = f"my_listings:{ask.status}"
    before = call.ports.cursors.read(purpose, ask.cursor)["before"] if ask.cursor else None
    statuses = _HELD if ask.status is None else (ask.status,)
    found = await listing_forms.owned(
        call.db, call.member.id, statuses=statuses, before=before, limit=ask.limit + 1
    )
    has_more = len(found) > ask.limit
    items = [await _line(call, each) for each in found[: ask.limit]]
    on = call.ports.cursors.write(purpose, {"before": items[-1].id}) if has_more else None
    return Page[ListingLine](items=items, next_cursor=on, has_more=has_more)


@tool(
    "member",
    "read",
    scope="listings:read",
    http="GET /me/listings/{id}",
    widget="listing-editor",
    fresh=True,
)
async def get_listing(call: Call, ask: GetListing) -> ListingInFull:
    """One listing that the person looks after: its form, what to mend, its history and former prices."""
    kept, who = await own(call, ask.id)
    prices = await listing_life.prices(call.db, kept.id, _PRICES)
    return ListingInFull(
        **dict(shown(kept, who)),
        history=await past(call, kept.id),
        prices=[PastPrice(at=each.at, was=each.was, price=each.price) for each in prices],
    )


async def _line(call: Call, kept: Kept) -> ListingLine:
    seen, asked = shown(kept, "owner"), await _asked(call, kept)
    return ListingLine(
        id=kept.id,
        status=seen.status,
        title=kept.title,
        price_text=seen.price_text,
        place=kept.society or kept.sector or kept.locality,
        photo=kept.photos[0] if kept.photos else None,
        score=seen.score,
        next=_next(kept, seen, asked),
        missing=seen.missing,
        fixes=seen.fixes[:3],
        asked=asked,
        expired=seen.expired,
        possible=seen.possible,
        expires_at=seen.expires_at,
        updated_at=kept.updated_at,
    )


async def _asked(call: Call, kept: Kept) -> str | None:
    """What the reviewer wants, of a draft that came back."""
    if kept.status != "draft" or not kept.submission:
        return None
    last = next(iter(await listing_life.moves(call.db, kept.id, 1)), None)
    return last.reason if last is not None and last.as_role == "reviewer" else None


def _next(kept: Kept, seen: Listing, asked: str | None) -> str:
    """What to do next."""
    if kept.status == "draft":
        if asked is not None:
            return f"The reviewer asks for changes: {asked}"
        if seen.missing:
            return f"Fill in {', '.join(seen.missing)}, then hand it in for review."
        return "Hand it in for review."
    if seen.expired:
        return "It was paused because nobody said that it is still to be had. Renew it."
    best = f" {seen.fixes[0].text}" if seen.fixes else ""
    return {
        "review": "It waits for a review.",
        "live": f"It is live.{best}",
        "paused": "It is paused." if showing.approved(kept) else "It is paused. Hand it in for review.",
        "rented": "It is let.",
        "sold": "It is sold.",
        "archived": "It is archived.",
    }[kept.status]
