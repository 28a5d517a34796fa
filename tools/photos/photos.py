"""Photos of a property: in their order, with what is said beneath them, and taken away."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from storage import photos
from tools.activity import Undo
from tools.charge import in_charge
from tools.contract import Call, Model, tool
from tools.offers import Id
from tools.photos.developing import REMOVED
from tools.photos.shown import (
    MOST,
    Caption,
    NoSuchPhoto,
    Photo,
    TooManyPhotos,
    all_of,
    one,
    own,
    said,
    touched,
)


class ListPhotos(Model):
    property_id: Id
    """Which one."""


class Photos(Model):
    """The photos of a property, the cover first and floor plans last."""

    items: list[Photo]
    most: int
    """How many there can be."""

    def summary(self) -> str:
        return "\n".join(f"- {each.summary()}" for each in self.items) or "There are no photos yet."


class UpdatePhoto(Model):
    id: Id
    caption: Caption | None = None
    """What it shows; an empty text removes it."""

    position: Annotated[int, Field(ge=1, le=MOST)] | None = None
    """Its place among the photos; 1 is the cover."""


class WhichPhoto(Model):
    id: Id


@tool("member", "read", scope="listings:read", http="GET /listings/{property_id}/photos", fresh=True)
async def list_photos(call: Call, ask: ListPhotos) -> Photos:
    """The photos and floor plans of a property that the person offers or looks after."""
    await in_charge(call, ask.property_id)
    return Photos(items=await all_of(call, ask.property_id), most=MOST)


@tool("member", "write", scope="listings:write", http="PATCH /photos/{id}", idempotent=True)
async def update_photo(call: Call, ask: UpdatePhoto) -> Photo:
    """Change a photo's caption or its place; place 1 is the cover."""
    row, charge = await own(call, ask.id)
    if row.removed_at is not None:
        raise NoSuchPhoto
    before = {"caption": row.caption, "position": row.position}
    if ask.caption is not None:
        row.caption = said(ask.caption)
    if ask.position is not None:
        await call.db.flush()
        ids = [each.id for each in await photos.of(call.db, row.property_id) if each.id != row.id]
        ids.insert(ask.position - 1, row.id)
        await photos.order(call.db, ids)
        await call.db.refresh(row)
    await touched(call, row.property_id)
    after = {"caption": row.caption, "position": row.position}
    call.changed("photo", row.id, before=before, after=after, whose=charge.owner_id)
    call.concerns("property", row.property_id)
    return await _anew(call, ask.id)


@tool(
    "member",
    "destroy",
    scope="listings:write",
    http="DELETE /photos/{id}",
    idempotent=True,
    undo=Undo("restore_photo", within=REMOVED, given=lambda ask, _answer: {"id": ask.id}),
)
async def remove_photo(call: Call, ask: WhichPhoto) -> Photos:
    """Take a photo or floor plan away. It can be taken back for a day; then its files are deleted."""
    row, charge = await own(call, ask.id)
    if row.removed_at is None:
        await photos.change(call.db, row.id, removed_at=call.now())
        await touched(call, row.property_id)
        call.changed("photo", row.id, before={"shown": True}, after={"shown": False}, whose=charge.owner_id)
        call.concerns("property", row.property_id)
    return Photos(items=await all_of(call, row.property_id), most=MOST)


@tool(
    "member",
    "write",
    scope="listings:write",
    http="POST /photos/{id}/restore",
    surfaces=frozenset({"rest", "mcp"}),
    app_only=True,
    idempotent=True,
)
async def restore_photo(call: Call, ask: WhichPhoto) -> Photo:
    """Take back a photo that was removed within a day."""
    row, charge = await own(call, ask.id)
    if row.removed_at is not None:
        if await photos.count(call.db, row.property_id) >= MOST:
            raise TooManyPhotos
        await photos.change(call.db, row.id, removed_at=None)
        await photos.joins(call.db, row.id)
        await touched(call, row.property_id)
        call.changed("photo", row.id, before={"shown": False}, after={"shown": True}, whose=charge.owner_id)
        call.concerns("property", row.property_id)
    return await _anew(call, ask.id)


async def _anew(call: Call, photo_id: int) -> Photo:
    row = await photos.get(call.db, photo_id)
    assert row is not None
    await call.db.refresh(row)
    return await one(call, row)
