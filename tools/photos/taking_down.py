"""Taking down: a photo that was reported is removed, whoever sent it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from storage import photos
from tools.contract import Call, Model, tool
from tools.offers import Id
from tools.photos.shown import NoSuchPhoto, touched


class TakeDownPhoto(Model):
    id: Id
    reason: Annotated[str, Field(max_length=300)]
    """Why."""


class TakenPhoto(Model):
    id: int


@tool("staff", "destroy", idempotent=True, surfaces=frozenset())
async def take_down_photo(call: Call, ask: TakeDownPhoto) -> TakenPhoto:
    """Take away a photo that was reported. Nobody can take that back; its files are deleted after a day."""
    row = await photos.get(call.db, ask.id)
    if row is None:
        raise NoSuchPhoto
    shown = row.removed_at is None and row.state == "ready"
    if shown:
        # What is refused stays so, also where its owner restores what they removed.
        await photos.change(call.db, row.id, state="refused", problem="declined", removed_at=call.now())
        await touched(call, row.property_id)
    call.changed("photo", row.id, before={"shown": shown}, after={"shown": False}, whose=row.person_id)
    call.concerns("property", row.property_id)
    return TakenPhoto(id=row.id)
