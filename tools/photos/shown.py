"""Photos as those see them who may change them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import Field

from storage import photos, search_index
from tools.charge import NotInCharge, in_charge
from tools.contract import Call, Model
from tools.masking import shown_to_all
from tools.photos.kinds import PROBLEMS
from tools.refusals import NotFound, Refused, Unavailable
from tools.wording import decent

if TYPE_CHECKING:
    from storage.charges import Charge
    from storage.photos import PhotoRow
    from tools.ports import Blobs

Kind = Literal["photo", "floor_plan"]
State = Literal["waiting", "processing", "ready", "refused"]
Caption = Annotated[str, Field(max_length=200)]
MOST: Final = 30


class NoSuchPhoto(NotFound):
    """There is no such photo among those of your properties."""


class TooManyPhotos(Refused):
    """A property can have 30 photos and floor plans. Remove one first."""


class PhotosOff(Unavailable):
    """This installation takes no photos."""


class Photo(Model):
    """A photo or floor plan of a property."""

    id: int
    kind: Kind
    state: State
    """`waiting` for its file, `processing`, `ready`, or `refused`."""

    path: str | None
    """Where it is once it is ready, at most 1280 pixels wide; 320, 640 and 1920 are beside it."""

    width: int | None
    height: int | None
    caption: str | None
    cover: bool
    """Whether it is the one that lists show."""

    held: bool
    """Whether only those who may change it see it, until our staff have looked at it."""

    placeholder: str | None
    """A few pixels of it as a `data:` address, to show until it has come."""

    problem: str | None
    """Why it was refused, in a sentence."""

    def summary(self) -> str:
        said = f"{self.kind.replace('_', ' ')} {self.id}, {'cover, ' if self.cover else ''}{self.state}"
        waits = ", shown once our staff have looked at it" if self.held else ""
        return f"{said}{waits}: {self.problem or self.caption or 'no caption'}"


def said(caption: str | None) -> str | None:
    """A caption as it is kept. Refuses one that tells how somebody can be reached: everybody reads it."""
    shown_to_all(caption)
    decent(caption)
    return (caption or "").strip() or None


def files(call: Call) -> Blobs:
    """The store of files. Refuses where there is none."""
    if call.ports.blobs is None:
        raise PhotosOff
    return call.ports.blobs


def shown(row: PhotoRow, cover: int | None) -> Photo:
    """A photo; `cover` is the id of the one that is the cover."""
    ready = row.state == "ready"
    state: State = "processing" if row.state == "received" else row.state  # pyright: ignore[reportAssignmentType]
    return Photo(
        id=row.id,
        kind=row.kind,  # pyright: ignore[reportArgumentType]
        state=state,
        path=f"{photos.MEDIA}{row.folder}/1280.webp" if ready else None,
        width=row.width,
        height=row.height,
        caption=row.caption,
        cover=row.id == cover,
        held=row.held,
        placeholder=row.placeholder,
        problem=None if row.problem is None else PROBLEMS.get(row.problem, row.problem),
    )


async def all_of(call: Call, property_id: int) -> list[Photo]:
    """The photos of a property in their order."""
    rows = await photos.of(call.db, property_id)
    cover = next((row.id for row in rows if row.state == "ready" and not row.held), None)
    return [shown(row, cover) for row in rows]


async def one(call: Call, row: PhotoRow) -> Photo:
    """A photo as it is now."""
    every = await all_of(call, row.property_id)
    return next((each for each in every if each.id == row.id), None) or shown(row, None)


async def own(call: Call, photo_id: int) -> tuple[PhotoRow, Charge]:
    """A photo of a property in the caller's hands, held until the transaction ends."""
    row = await photos.get(call.db, photo_id)
    if row is None:
        raise NoSuchPhoto
    try:
        charge = await in_charge(call, row.property_id, hold=True)
    except NotInCharge:
        raise NoSuchPhoto from None
    held = await photos.get(call.db, photo_id, hold=True)
    if held is None:
        raise NoSuchPhoto
    return held, charge


async def touched(call: Call, property_id: int) -> None:
    """Bring lists in step with photos that changed."""
    await call.db.flush()
    await search_index.refresh(call.db, [property_id])
