"""Uploads: a photo on its way to us, by an address that is signed, or within a call."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Base64Bytes, Field

from storage import blobs, photos
from tools import addresses
from tools.charge import in_charge
from tools.contract import Call, Model, tool
from tools.flags import Flag
from tools.jobs import later
from tools.offers import Id
from tools.photos import kinds
from tools.photos.shown import MOST, Caption, Kind, Photo, TooManyPhotos, files, one, own, said
from tools.refusals import Conflict

if TYPE_CHECKING:
    from storage.charges import Charge
    from storage.photos import PhotoRow
    from tools.ports import Peek, Ports

PHOTO_UPLOADS: Final = Flag("photo_uploads", ("new photos of properties", "प्रॉपर्टी की नई तस्वीरें"))
OPEN: Final = timedelta(hours=1)
"""How long an address takes a file."""

KEPT: Final = timedelta(days=2)
"""How long what was sent is kept at most, should it never be looked through."""

PATH: Final = "/uploads"
_PURPOSE: Final = "upload"
_NAME_BYTES: Final = 16


class NothingSent(Conflict):
    """The file has not arrived yet. Send it to the address first."""


class BeginUpload(Model):
    property_id: Id
    """Which one."""

    kind: Kind = "photo"
    """What it is."""

    caption: Caption | None = None
    """What it shows."""


class Upload(Model):
    """Where to send a file, and by when."""

    id: int
    """The photo that it will be; `finish_upload` takes it."""

    url: str
    """Send the bytes of the picture here by PUT, without any sign-in."""

    most_bytes: int
    expires_at: datetime


class FinishUpload(Model):
    id: Id
    """The photo, as `begin_upload` gave it."""


class SendPhoto(Model):
    property_id: Id
    """Which one."""

    data: Annotated[Base64Bytes, Field(max_length=1_000_000)]
    """The picture, JPEG, PNG or WebP, in base64."""

    kind: Kind = "photo"
    """What it is."""

    caption: Caption | None = None
    """What it shows."""


@tool(
    "member",
    "write",
    scope="listings:write",
    http="POST /listings/{property_id}/photos/uploads",
    flag=PHOTO_UPLOADS,
    surfaces=frozenset({"rest"}),
    per_minute=60,
)
async def begin_upload(call: Call, ask: BeginUpload) -> Upload:
    """An address that takes one photo or floor plan of a property by PUT within an hour, 15 MB at most.

    Then `finish_upload`.
    """
    row = await _place(call, ask, _folder(ask.kind))
    until = call.now() + OPEN
    name = photos.given(row.folder)
    await blobs.doom(call.db, [name], until + OPEN)
    theirs = await files(call).upload_address(name, int(OPEN.total_seconds()))
    url = theirs or f"{call.ports.url}{PATH}/{addresses.sign(call.ports, _PURPOSE, {'name': name}, until)}"
    return Upload(id=row.id, url=url, most_bytes=kinds.MOST_BYTES, expires_at=until)


async def _arrived(call: Call, ask: FinishUpload) -> Peek | None:
    """How the file begins that was sent, where one is waited for."""
    async with call.apart() as db:
        row, _ = await own(replace(call, db=db), ask.id)
    return await files(call).peek(photos.given(row.folder)) if row.state == "waiting" else None


@tool(
    "member",
    "write",
    scope="listings:write",
    http="POST /photos/{id}/finish",
    flag=PHOTO_UPLOADS,
    surfaces=frozenset({"rest"}),
    idempotent=True,
    ahead=_arrived,
)
async def finish_upload(call: Call, ask: FinishUpload) -> Photo:
    """Say that the file was sent: it is looked through and made into all sizes, which takes some seconds."""
    row, _ = await own(call, ask.id)
    if row.state == "waiting":
        peeked: Peek | None = call.brought
        if peeked is None:
            raise NothingSent
        kinds.check(peeked.size, peeked.start)
        await _received(call, row)
    return await one(call, row)


async def _stored(call: Call, ask: SendPhoto) -> str:
    """The folder in which the file was put, for a property that takes one more."""
    kinds.check(len(ask.data), ask.data[:64])
    folder = _folder(ask.kind)
    name = photos.given(folder)
    async with call.apart() as db:
        await _fitting(replace(call, db=db), ask.property_id)
        # Committed first, so that a file which becomes no photo is deleted.
        await blobs.doom(db, [name], call.now() + KEPT)
    await files(call).put(name, ask.data)
    return folder


@tool(
    "member",
    "write",
    scope="listings:write",
    http="POST /listings/{property_id}/photos/inline",
    flag=PHOTO_UPLOADS,
    surfaces=frozenset({"mcp", "rest"}),
    app_only=True,
    per_minute=60,
    ahead=_stored,
)
async def send_photo(call: Call, ask: SendPhoto) -> Photo:
    """Add a small photo or floor plan that comes within the call."""
    row = await _place(call, ask, call.brought)
    await _received(call, row)
    return await one(call, row)


def opened(ports: Ports, token: str) -> str:
    """The name under which an address takes its file. Refuses one that we did not sign, or that is over."""
    return str(addresses.opened(ports, _PURPOSE, token)["name"])


def _folder(kind: Kind) -> str:
    """A folder of its own, with a name that nobody can guess."""
    return f"{photos.FOLDERS[kind]}/{secrets.token_urlsafe(_NAME_BYTES)}"


async def _fitting(call: Call, property_id: int) -> Charge:
    """A property in the caller's hands that takes one more photo, held until the transaction ends."""
    files(call)
    charge = await in_charge(call, property_id, hold=True)
    if await photos.count(call.db, property_id) >= MOST:
        raise TooManyPhotos
    return charge


async def _place(call: Call, ask: BeginUpload | SendPhoto, folder: str) -> PhotoRow:
    """A photo that waits for its file."""
    charge = await _fitting(call, ask.property_id)
    row = await photos.add(call.db, ask.property_id, call.member.id, ask.kind, folder, said(ask.caption))
    call.changed("photo", row.id, after={"kind": ask.kind, "state": "waiting"}, whose=charge.owner_id)
    call.concerns("property", ask.property_id)
    return row


async def _received(call: Call, row: PhotoRow) -> None:
    await photos.change(call.db, row.id, state="received")
    row.state = "received"
    await blobs.doom(call.db, [photos.given(row.folder)], call.now() + KEPT)
    await later(call, "develop_photo", {"id": row.id}, key=str(row.id))
    call.changed("photo", row.id, before={"state": "waiting"}, after={"state": "processing"})
    call.concerns("property", row.property_id)
