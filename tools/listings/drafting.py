"""Drafting: filling in what is offered, from words or field by field, and changing it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from storage import listing_forms, listing_life
from storage.listing_life import Move
from storage.places import KnownPlace
from tools import amenities
from tools.activity import Undo
from tools.contract import Call, tool
from tools.flags import Flag
from tools.forms import FilledForm, Form
from tools.jobs import later
from tools.listings import showing
from tools.listings.access import NoSuchListing, own
from tools.listings.asks import DraftListing, DuplicateListing, UpdateListing
from tools.listings.showing import Listing, shown
from tools.masking import shown_to_all
from tools.refusals import Refused

if TYPE_CHECKING:
    from storage.listing_forms import Kept
    from tools.forms import Somewhere

LISTINGS: Final = Flag("listings", ("new listings", "नई लिस्टिंग"))
MOST: Final = 200
"""Listings that one person can have, archived ones not counted, or a few more where several come at once."""

_UNDONE_WITHIN: Final = timedelta(days=7)
_ESSENTIAL: Final = {
    "purpose": "whether it is to sell, to let or a PG (`purpose`)",
    "kind": "what it is, such as an apartment or a plot (`kind`)",
    "price": "what it costs (`price`)",
}
_PLACED: Final = frozenset({"locality", "sector", "society", "lat", "lng"})
_VAGUE: Final = frozenset({"approximate_location", "no_location"})
_READ_ANEW: Final = frozenset(
    {"rent_listed_as_sale", "sale_listed_as_rent", "bedrooms_implausible", "area_outlier", "other_town"}
)
_BACK: Final = {
    "home": "Nobody finds it until it has been reviewed again, since what it is or where it stands has "
    "changed.",
    "words": "Nobody finds it until somebody has read its words, some of which are doubtful.",
    "price": "Nobody finds it until it has been reviewed again: the price is less than half of the one that "
    "was approved, or more than twice as much. Mend it if that was a slip, and it is live again.",
}
_LIVE_AGAIN: Final = "It is live again, since it is as it was approved."


class NotEnough(Refused):
    """Say a little more about what you offer."""


class TooManyListings(Refused):
    """You have as many listings as one person can. Archive some first."""


@tool(
    "member",
    "write",
    scope="listings:write",
    http="POST /me/listings",
    flag=LISTINGS,
    widget="listing-editor",
    undo=Undo(
        "change_listing_status",
        within=_UNDONE_WITHIN,
        given=lambda _ask, answer: {"id": answer.id, "status": "archived"},
    ),
)
async def draft_listing(call: Call, ask: DraftListing) -> Listing:
    """Draft a listing of one's own from a few words, fields or both; nobody else sees it yet."""
    await _room(call)
    given = ask.model_dump(exclude_unset=True)
    filled = await _filled(call, given)
    property_id = await listing_forms.add(
        call.db, call.member.id, uuid4().hex, call.now(), await _columns(call, filled)
    )
    return await _begun(call, property_id, filled)


@tool("member", "write", scope="listings:write", http="POST /me/listings/{id}/duplicate", flag=LISTINGS,
      widget="listing-editor",
      undo=Undo("change_listing_status", within=_UNDONE_WITHIN,
                given=lambda _ask, answer: {"id": answer.id, "status": "archived"}))  # fmt: skip
async def duplicate_listing(call: Call, ask: DuplicateListing) -> Listing:
    """Draft another listing like one of one's own: all but its photos and its history."""
    kept, who = await own(call, ask.id)
    if who != "owner":
        raise NoSuchListing
    await _room(call)
    property_id = await listing_forms.copy(call.db, kept.id, call.member.id, uuid4().hex, call.now())
    call.concerns("listing", kept.id)
    return await _begun(call, property_id, None, available_from=kept.available_from)


@tool(
    "member",
    "write",
    scope="listings:write",
    http="PATCH /me/listings/{id}",
    widget="listing-editor",
    undo=Undo("update_listing", within=_UNDONE_WITHIN),
)
async def update_listing(call: Call, ask: UpdateListing) -> Listing:
    """Change what a listing says. Another place, kind, size or purpose sends a live one back to review."""
    kept, who = await own(call, ask.id, hold=True, version=ask.version)
    given = {name: getattr(ask, name) for name in ask.model_fields_set & Form.model_fields.keys()}
    was = showing.form(kept)
    filled = await _filled(call, _overlaid(was, given))
    columns = await _columns(call, filled)
    if not given.keys() & _PLACED:
        columns |= _where(kept)
    columns["flags"] = _flags(kept, columns["flags"], placed=bool(given.keys() & _PLACED))
    before = {name: getattr(was, name) for name in given}
    after = {name: getattr(filled.form, name) for name in given}
    # A reviewer who saw it as it was decides about another submission than this.
    seen = kept.submission + (kept.status == "review" and before != after)
    await listing_life.begin(call.db, kept.id, call.now(), **_standing(kept))
    await listing_forms.rewrite(call.db, kept.id, call.now(), columns)
    anew: dict[str, Any] = {"evidence_at": call.now(), "reminded_at": None, "submission": seen}
    await listing_life.change(call.db, kept.id, available_from=filled.form.available_from, **anew)
    call.changed("listing", kept.id, before=before, after=after, whose=kept.owner_id)
    call.concerns("property", kept.id)
    if before != after:
        call.undo_with(id=kept.id, **Form.of(**dict(was)).model_dump(mode="json", include=set(given)))
    return await _settled(call, kept.id, who, filled)


async def _room(call: Call) -> None:
    if await listing_forms.count(call.db, call.member.id) >= MOST:
        raise TooManyListings


async def _filled(call: Call, given: dict[str, Any]) -> FilledForm:
    """The form as the reader of offers fills it. Refuses what no listing can do without."""
    filled = await call.do("read_offer", given)
    assert isinstance(filled, FilledForm)
    form = filled.form
    lacking = [said for name, said in _ESSENTIAL.items() if getattr(form, name) is None]
    if lacking:
        read = form.model_dump(mode="json", include=set(filled.read))
        raise NotEnough(
            f"Say also {'; '.join(lacking)}.",
            details={"read": read, "unread": filled.unread, "notes": filled.notes},
        )
    shown_to_all(form.title, form.description)
    return filled


async def _begun(call: Call, property_id: int, filled: FilledForm | None, **known: Any) -> Listing:
    """A new draft, and the record of it."""
    now, person = call.now(), call.member.id
    if filled is not None:
        known = {"available_from": filled.form.available_from}
    await listing_life.begin(call.db, property_id, now, **known)
    began = Move(at=now, was=None, now="draft", as_role="owner", by_id=person)
    await listing_life.move(call.db, property_id, began)
    kept, who = await own(call, property_id)
    call.changed(
        "listing", property_id, after={"status": "draft", "purpose": kept.purpose, "kind": kept.kind}
    )
    return shown(kept, who, filled)


def _overlaid(was: Form, given: dict[str, Any]) -> dict[str, Any]:
    """The whole form as it shall be, with its places only where those change: else they are kept."""
    whole = {**dict(was), **given}
    if "area" not in given:
        whole["area_unit"] = "sq_ft"
    if not given.keys() & _PLACED:
        whole = {name: value for name, value in whole.items() if name not in _PLACED}
    return whole


async def _columns(call: Call, filled: FilledForm) -> dict[str, Any]:
    """A form that was read, as it is stored."""
    form = filled.form
    named = [_known(place) for place in (filled.locality, filled.sector, filled.society)]
    where = await listing_forms.place_ids(call.db, named)
    return {
        "purpose": form.purpose,
        "kind": form.kind,
        "title": form.title,
        "description": form.description.strip(),
        "price": form.price,
        "area_sqft": None if form.area is None else Decimal(str(form.area)),
        "bedrooms": form.bedrooms,
        "balconies": form.balconies,
        "furnishing": form.furnishing,
        "facing": form.facing,
        "age_band": form.age,
        "floor_band": form.floor,
        "possession": form.possession,
        "amenities_yes": amenities.bits(form.amenities),
        "tenants": list(form.tenants),
        "flags": filled.flags,
        "lat": filled.lat,
        "lng": filled.lng,
        **where._asdict(),
    }


def _known(place: Somewhere | None) -> KnownPlace | None:
    if place is None:
        return None
    return KnownPlace(place.kind, place.slug, place.name, place.lat, place.lng, place.detail)


def _where(kept: Kept) -> dict[str, Any]:
    return {name: getattr(kept, name) for name in ("lat", "lng", "locality_id", "sector_id", "society_id")}


def _flags(kept: Kept, read: list[str], *, placed: bool) -> list[str]:
    """What is doubtful now: what was just read, and what only others than this form can tell."""
    anew = _READ_ANEW | _VAGUE if placed else _READ_ANEW
    still = [flag for flag in kept.flags if flag not in anew]
    return [*still, *(flag for flag in read if placed or flag not in _VAGUE)]


def _standing(kept: Kept) -> dict[str, Any]:
    """What a listing that nobody looked after until now counts as approved for."""
    return showing.standing(kept) if showing.approved(kept) else {}


async def _settled(call: Call, property_id: int, who: showing.Who, filled: FilledForm) -> Listing:
    """The listing after a change: in review where it is another now, live where it is as approved."""
    kept, _ = await own(call, property_id)
    notes: tuple[str, ...] = ()
    amiss = showing.amiss(kept)
    if kept.status == "live" and amiss is not None:
        await move_on(call, kept, "review", who)
        notes = (_BACK[amiss],)
    elif kept.status == "review" and amiss is None:
        await move_on(call, kept, "live", who)
        notes = (_LIVE_AGAIN,)
    await found_anew(call, property_id)
    kept, _ = await own(call, property_id)
    return shown(kept, who, filled, notes=notes)


async def move_on(call: Call, kept: Kept, after: str, who: showing.Who, reason: str | None = None) -> None:
    """Set a listing's status, and keep by whom and why."""
    now, submission = call.now(), kept.submission + (after == "review")
    await listing_life.begin(call.db, kept.id, now, **_standing(kept))
    waits = {"submitted_at": now, "submitted_by": call.member.id} if after == "review" else {}
    values: dict[str, Any] = {"submitted_at": None, "submitted_by": None, "submission": submission, **waits}
    if who in ("owner", "carer", "admin"):
        values |= {"evidence_at": now, "reminded_at": None, "expired": False}
    await listing_life.change(call.db, kept.id, **values)
    by = None if who == "clock" else call.member.id
    made = Move(now, kept.status, after, who, by, reason, submission)
    await listing_life.move(call.db, kept.id, made)
    if kept.owner_id is not None:
        call.tell(kept.owner_id, "listing.status_changed", property_id=kept.id, status=after)


async def found_anew(call: Call, property_id: int) -> None:
    """Have searches find a listing as it is now, or no longer."""
    await listing_forms.follow(call.db, property_id)
    await later(call, "embed_listings", key="edits")
