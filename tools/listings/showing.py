"""Showing: a listing as whoever looks after it sees it."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from storage import listings
from tools import amenities, units
from tools.contract import Model
from tools.forms import Form
from tools.listings.life import possible
from tools.listings.quality import ListingFix, quality
from tools.offers import Status
from tools.wording import doubtful

if TYPE_CHECKING:
    from storage.listing_forms import Kept
    from tools.features import Purpose
    from tools.forms import FilledForm
    from tools.listings.life import Who

FAR: Final = 2
"""By which factor a price may differ from the approved one without another look."""

STALE: Final = timedelta(days=60)
"""How long a listing stays live without any sign that it is still to be had."""

_HOMES: Final = frozenset({"apartment", "builder_floor", "house"})


class ListingDoubt(Model):
    """Something about a listing that may be wrong."""

    flag: str
    text: str


class Listing(Model):
    """A listing, as whoever looks after it sees it."""

    id: int
    status: Status
    version: int
    """Pass it back with a change, so that nothing is changed that was not seen."""

    form: Form
    """What is offered, as it stands; the area is in square feet."""

    price_text: str
    missing: list[str]
    """Fields to fill before it can be handed in for review."""

    possible: list[Status]
    """What it can become now, by the hand of whoever asks."""

    score: int
    """How much it tells, 0 to 100."""

    fixes: list[ListingFix]
    """What would make it better, the most useful first."""

    doubts: list[ListingDoubt]
    photos: int
    read: list[str]
    """Just now: the fields that were filled from the words. Have the person look at them."""

    unread: list[str]
    """Just now: words that were not understood."""

    notes: list[str]
    """Just now: what was taken for granted, or follows from this."""

    expires_at: datetime | None
    """When it will be paused, unless somebody says that it is still to be had; null where it is not live."""

    expired: bool
    """Whether it was paused because nobody said so."""

    def summary(self) -> str:
        said = [f"Listing {self.id}, {self.status}: {self.form.title}, {self.price_text}."]
        if self.read:
            said.append(f"Read from the words: {', '.join(self.read)}. Ask the person whether that is right.")
        if self.unread:
            said.append(f"Not understood: {', '.join(self.unread)}.")
        if self.missing and self.status == "draft":
            said.append(f"Still needed: {', '.join(self.missing)}.")
        said += [*self.notes, *(doubt.text for doubt in self.doubts)]
        said += [f"{fix.text} (+{fix.points})" for fix in self.fixes[:3]]
        return "\n".join(said)


def shown(kept: Kept, who: Who, filled: FilledForm | None = None, *, notes: tuple[str, ...] = ()) -> Listing:
    """A listing for somebody in a role; `filled` is what has just been read."""
    found = quality(kept)
    return Listing(
        id=kept.id,
        status=status(kept),
        version=kept.version,
        form=form(kept),
        price_text=price_text(kept),
        missing=missing(kept),
        possible=possible(status(kept), who, purpose(kept), approved=approved(kept)),
        score=found.score,
        fixes=found.fixes,
        doubts=[
            ListingDoubt(flag=flag, text=listings.FLAGS[flag])
            for flag in kept.flags
            if flag in listings.FLAGS
        ],
        photos=len(kept.photos),
        read=filled.read if filled else [],
        unread=filled.unread if filled else [],
        notes=[*(filled.notes if filled else ()), *notes],
        expires_at=kept.evidence_at + STALE if kept.status == "live" and kept.version else None,
        expired=kept.expired and kept.status == "paused",
    )


def form(kept: Kept) -> Form:
    """The form that would make this listing."""
    vague = {"approximate_location", "no_location"} & set(kept.flags)
    values: dict[str, Any] = {
        "purpose": kept.purpose,
        "kind": kept.kind,
        "price": kept.price,
        "bedrooms": kept.bedrooms,
        "balconies": kept.balconies,
        "area": None if kept.area_sqft is None else float(kept.area_sqft),
        "area_unit": "sq_ft",
        "locality": kept.locality,
        "sector": kept.sector,
        "society": kept.society,
        "lat": None if vague else kept.lat,
        "lng": None if vague else kept.lng,
        "furnishing": kept.furnishing,
        "facing": kept.facing,
        "age": kept.age_band,
        "floor": kept.floor_band,
        "possession": kept.possession,
        "available_from": kept.available_from,
        "amenities": amenities.keys(kept.amenities_yes),
        "tenants": tuple(kept.tenants),
        "title": kept.title,
        "description": kept.description,
    }
    return Form.of(**values)


def missing(kept: Kept) -> list[str]:
    """What has to be filled before anybody reviews it."""
    lacks = [] if kept.locality_id or kept.sector_id or kept.society_id else ["locality"]
    if kept.kind in _HOMES and kept.bedrooms is None:
        lacks.append("bedrooms")
    return lacks


def price_text(kept: Kept) -> str:
    """The price as people say it."""
    return units.rupees(kept.price) if kept.purpose == "buy" else units.rent(kept.price)


def checksum(kept: Kept) -> str:
    """Of what it is and where, which is what a review approves."""
    where = tuple(None if each is None else round(each, 4) for each in (kept.lat, kept.lng))
    area = None if kept.area_sqft is None else f"{kept.area_sqft:.2f}"
    places = (kept.locality_id, kept.sector_id, kept.society_id)
    told = (kept.purpose, kept.kind, kept.bedrooms, area, *places, *where)
    return blake2b(repr(told).encode(), digest_size=16).hexdigest()


def words(kept: Kept) -> str:
    """A checksum of what it says."""
    return blake2b(repr((kept.title, kept.description)).encode(), digest_size=16).hexdigest()


def standing(kept: Kept) -> dict[str, Any]:
    """What is kept of a listing that is approved as it is."""
    return {"approved": checksum(kept), "approved_words": words(kept), "approved_price": kept.price}


def approved(kept: Kept) -> bool:
    """Whether it was approved as it is now. What came by an import was, until somebody changes it."""
    return amiss(kept) is None


def amiss(kept: Kept) -> Literal["home", "words", "price"] | None:
    """What of it somebody has to look at before people find it: it is not as it was approved."""
    if kept.version == 0:
        return "home" if kept.status in ("draft", "review") else None
    if kept.approved != checksum(kept):
        return "home"
    if kept.approved_words not in (None, words(kept)) and doubtful(kept.title, kept.description):
        return "words"
    was = kept.approved_price
    return None if was is None or was / FAR <= kept.price <= was * FAR else "price"


def status(kept: Kept) -> Status:
    return cast("Status", kept.status)


def purpose(kept: Kept) -> Purpose:
    return cast("Purpose", kept.purpose)
