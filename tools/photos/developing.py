"""Developing: every size of a photo, made once it was sent, and files that nobody needs any more deleted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field

from storage import blobs, photos, search_index
from tools.contract import Batch, Call, Model, Round
from tools.jobs import job
from tools.offers import Id
from tools.photos.shown import PhotosOff, files
from tools.photos.uploads import OPEN
from tools.ports import BadPicture
from tools.refusals import Conflict, NotFound

if TYPE_CHECKING:
    from storage.photos import PhotoRow
    from tools.ports import Developed

REMOVED: Final = timedelta(days=1)
"""How long a photo that was removed can be taken back."""

_WRITTEN: Final = timedelta(hours=1)
"""Files that were written and are kept by nobody after that long are deleted."""


class FilesGone(Conflict):
    """The files were deleted before they could be kept."""


class Develop(Model):
    id: Id


class Developing(Model):
    """What became of a photo."""

    state: str

    def summary(self) -> str:
        return f"The photo is {self.state}."


@job(minutes=5, at_once=4, steps=True)
async def develop_photo(call: Call, ask: Develop) -> Developing:
    """Make all sizes of a photo that was sent, and show it; or say why it cannot be used."""
    async with call.apart() as db:
        row = await photos.get(db, ask.id)
        if row is None:
            raise NotFound("The photo was removed.")
        if row.state != "received":
            return Developing(state=row.state)
        await blobs.doom(db, photos.files(row.folder), call.now() + _WRITTEN)
    try:
        made = await _developed(call, row)
    except BadPicture as bad:
        return await _refuse(call, row, str(bad))
    for name, content in made.files.items():
        await files(call).put(f"{row.folder}/{name}", content)
    return await _show(call, row, made)


async def _developed(call: Call, row: PhotoRow) -> Developed:
    if call.ports.imaging is None:
        raise PhotosOff
    content = await files(call).get(photos.given(row.folder))
    if content is None:
        raise BadPicture("broken")
    return await call.ports.imaging.develop(content)


async def _show(call: Call, row: PhotoRow, made: Developed) -> Developing:
    seen = photos.Seen(made.width, made.height, made.placeholder, made.likeness)
    async with call.apart() as db:
        await photos.hold_home(db, row.property_id)
        held = await photos.get(db, row.id, hold=True)
        if held is None:
            raise NotFound("The photo was removed.")
        whole = await blobs.spare(db, photos.files(row.folder))
        if whole:
            await photos.develop(db, row.id, seen)
            await blobs.doom(db, [photos.given(row.folder)], call.now())
            await search_index.refresh(db, [row.property_id])
        else:
            # Some may have been written after others were deleted.
            await blobs.doom(db, photos.files(row.folder), call.now())
    if not whole:
        raise FilesGone
    return Developing(state="ready")


async def _refuse(call: Call, row: PhotoRow, problem: str) -> Developing:
    async with call.apart() as db:
        await photos.change(db, row.id, state="refused", problem=problem)
        await blobs.doom(db, [photos.given(row.folder), *photos.files(row.folder)], call.now())
    return Developing(state="refused")


class CleanUp(Batch):
    limit: Annotated[int, Field(ge=1, le=1_000)] = 200
    """How many to see to in one round."""


@job("destroy", cron="*/20 * * * *", at_once=1, steps=True)
async def clean_up_photos(call: Call, ask: CleanUp) -> Round:
    """Delete files that nobody needs any more, and photos that were never sent or removed a day ago."""
    now = call.now()
    async with call.apart() as db:
        forgotten = await photos.forget(db, now - 2 * OPEN, now - REMOVED, ask.limit)
        names = await blobs.take(db, now, ask.limit)
    for name in names:
        await files(call).delete(name)
    async with call.apart() as db:
        await blobs.deleted(db, names)
        remaining = await blobs.waiting(db, now)
    return Round(done=len(names) + forgotten, remaining=remaining)
