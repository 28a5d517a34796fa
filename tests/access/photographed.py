"""Arguments of the tools of photos: a home that somebody offers, and pictures of it."""

import base64
import io
import itertools
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from PIL import Image
from sqlalchemy import text

from storage import photos
from tests.access.world import World

_numbers = itertools.count(1)
Make = Callable[[World, int], Awaitable[dict[str, Any]]]


def _png() -> bytes:
    into = io.BytesIO()
    Image.new("RGB", (220, 220), "white").save(into, "PNG")
    return into.getvalue()


async def _home(world: World, person: int) -> dict[str, Any]:
    made = "insert into properties (source, source_id, status, purpose, kind, title, description, price, "
    made += "owner_id) values ('owner', :name, 'draft', 'rent', 'apartment', 'A flat', '', 1000, :owner) "
    async with world.runtime.database.writing() as db:
        values = {"name": f"photographed {next(_numbers)}", "owner": person}
        return {"property_id": await db.scalar(text(f"{made} returning id"), values)}


async def _sent(world: World, person: int) -> dict[str, Any]:
    return await _home(world, person) | {"data": base64.b64encode(_png()).decode()}


async def _photo(world: World, person: int) -> dict[str, Any]:
    given = await _home(world, person)
    async with world.runtime.database.writing() as db:
        folder = f"photos/{next(_numbers)}"
        row = await photos.add(db, given["property_id"], person, "photo", folder, None)
        row.state = "ready"
        return {"id": row.id}


async def _uploaded(world: World, person: int) -> dict[str, Any]:
    """A photo whose file was sent, and which nobody has said so of."""
    given, store = await _photo(world, person), world.runtime.ports.blobs
    assert store is not None
    async with world.runtime.database.writing() as db:
        await photos.change(db, given["id"], state="waiting")
        row = await photos.get(db, given["id"])
        assert row is not None
        await store.put(photos.given(row.folder), _png())
    return given


async def _removed(world: World, person: int) -> dict[str, Any]:
    given = await _photo(world, person)
    async with world.runtime.database.writing() as db:
        await photos.change(db, given["id"], removed_at=datetime.now(UTC))
    return given


async def _captioned(world: World, person: int) -> dict[str, Any]:
    return await _photo(world, person) | {"caption": "The kitchen"}


async def held(world: World, _person: int) -> dict[str, Any]:
    """A photo of somebody else that waits for a look."""
    owner = await world.person()
    given = await _home(world, owner)
    async with world.runtime.database.writing() as db:
        row = await photos.add(db, given["property_id"], owner, "photo", f"photos/{next(_numbers)}", None)
        row.state, row.held = "ready", True
    return given | {"ids": [row.id], "decision": "approve"}


PHOTOGRAPHED: Mapping[str, Make] = {
    "begin_upload": _home,
    "finish_upload": _uploaded,
    "list_photos": _home,
    "remove_photo": _photo,
    "restore_photo": _removed,
    "send_photo": _sent,
    "update_photo": _captioned,
}
"""All of them name what one person owns."""
