"""Review of photos: staff look at those that come to what is shown already, before anybody sees them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from storage import blobs, photos, search_index
from tools.contract import Call, Model, Page, tool
from tools.notices import notify
from tools.offers import Id, Limit
from tools.photos.shown import Kind
from tools.refusals import Conflict, Invalid, Refused


class PhotosDecided(Conflict):
    """Somebody has decided about these photos already, or they were removed meanwhile."""


class OwnPhotos(Refused):
    """You cannot decide about photos of your own listing, or that you sent yourself."""


class WhyNeeded(Invalid):
    """reason: is needed to decline photos: their owner is told."""


class ListPhotoQueue(Model):
    limit: Limit = 20
    cursor: str | None = None
    """`next_cursor` of the page before."""


class HeldPhoto(Model):
    """A photo that waits for a look."""

    id: int
    property_id: int
    title: str
    kind: Kind
    path: str
    caption: str | None
    added_at: datetime
    alike: list[int]
    """Other properties with a photo that looks the same."""

    def summary(self) -> str:
        same = f", looks like one of {', '.join(map(str, self.alike))}" if self.alike else ""
        return f"Photo {self.id} of property {self.property_id}, {self.title}{same}: {self.path}"


class ReviewPhotos(Model):
    property_id: Id
    """Whose photos."""

    ids: Annotated[tuple[Id, ...], Field(min_length=1, max_length=30)]
    """Which photos, as the queue told them: of each one is decided once."""

    decision: Literal["approve", "decline"]
    """`approve` shows them, `decline` deletes them."""

    reason: Annotated[str, Field(min_length=3, max_length=300)] | None = None
    """For their owner; needed to decline."""


class ReviewedPhotos(Model):
    property_id: int
    ids: list[int]
    shown: bool

    def summary(self) -> str:
        done = "shown" if self.shown else "declined"
        return f"{len(self.ids)} photos of property {self.property_id} are {done}."


@tool("staff", "read", scope="listings:review", http="GET /admin/photos/review", fresh=True)
async def list_photo_queue(call: Call, ask: ListPhotoQueue) -> Page[HeldPhoto]:
    """Photos that owners added to what is shown already, the longest waiting first: nobody sees them yet."""
    after = call.ports.cursors.read("list_photo_queue", ask.cursor)["after"] if ask.cursor else 0
    found = await photos.held(call.db, after=after, limit=ask.limit + 1)
    has_more = len(found) > ask.limit
    items = [HeldPhoto.model_validate(each) for each in found[: ask.limit]]
    on = call.ports.cursors.write("list_photo_queue", {"after": items[-1].id}) if has_more else None
    return Page[HeldPhoto](items=items, next_cursor=on, has_more=has_more)


@tool("staff", "write", scope="listings:review", http="POST /admin/listings/{property_id}/photos/review")
async def review_photos(call: Call, ask: ReviewPhotos) -> ReviewedPhotos:
    """Show photos that wait for a look, or decline them with a reason."""
    rows = await photos.take_held(call.db, ask.property_id, ask.ids)
    if len(rows) < len(set(ask.ids)):
        raise PhotosDecided
    if any(call.member.id in (each.person_id, each.owner_id) for each in rows):
        raise OwnPhotos
    if ask.decision == "decline" and ask.reason is None:
        raise WhyNeeded
    approve = ask.decision == "approve"
    for row in rows:
        done = {"held": False} if approve else {"held": False, "state": "refused", "problem": "declined"}
        await photos.change(call.db, row.id, **done)
        call.changed("photo", row.id, before={"held": True}, after=done, whose=row.owner_id)
        if not approve:
            await blobs.doom(call.db, photos.files(row.folder), call.now())
    call.concerns("property", ask.property_id)
    await search_index.refresh(call.db, [ask.property_id])
    if not approve:
        whom = {each for row in rows for each in (row.person_id, row.owner_id) if each is not None}
        for each in sorted(whom):
            about = {"listing_id": ask.property_id, "first": rows[0].id, "title": rows[0].title}
            await notify(call, each, "photos_declined", **about, reason=ask.reason)
    return ReviewedPhotos(property_id=ask.property_id, ids=[each.id for each in rows], shown=approve)
