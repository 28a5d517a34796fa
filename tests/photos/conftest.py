"""What the tests of this domain share: a home of Asha's, a store on disk, and jobs that are run by hand."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from servers.adapters.blobs_disk import DiskBlobs
from servers.adapters.imaging import Darkroom
from servers.jobs import operator
from storage import photos
from storage.engine import Database
from tests.account.conftest import Clock, Somebody
from tests.street import Street
from tests.street import admin as admin
from tests.street import asha as asha
from tests.street import clock as clock
from tests.street import join as join
from tests.street import kiran as kiran
from tests.street import ravi as ravi
from tests.street import street as street
from tools.catalog import Catalog
from tools.dispatch import Dispatcher
from tools.photos.shown import Photo
from tools.ports import Ports

Run = Callable[..., Awaitable[Any]]


@pytest.fixture
def store(tmp_path: Path) -> DiskBlobs:
    return DiskBlobs(tmp_path / "blobs")


@pytest.fixture
def dispatcher(
    catalog: Catalog, database: Database, ports: Ports, clock: Clock, store: DiskBlobs
) -> Dispatcher:
    """The product's tools, with a store of files and a darkroom."""
    return Dispatcher(catalog, database, replace(ports, clock=clock, blobs=store, imaging=Darkroom()))


@pytest.fixture
def run(dispatcher: Dispatcher) -> Run:
    """Runs a job by its name."""

    async def run(name: str, **given: Any) -> Any:
        tool = dispatcher.catalog[name]
        return await dispatcher.run(tool, given, operator(tool))

    return run


@pytest.fixture
async def home(street: Street, asha: Somebody) -> int:
    """A home that Asha offers."""
    await street.set(street.homes[0], owner_id=asha.id)
    return street.homes[0]


Send = Callable[..., Awaitable[Photo]]


@pytest.fixture
def send(asha: Somebody, home: int, store: DiskBlobs, database: Database, run: Run, street: Street) -> Send:
    """Sends a picture of Asha's home, and has it developed, and looked at."""

    async def send(content: bytes, **given: Any) -> Photo:
        upload = await asha.call("begin_upload", property_id=home, **given)
        async with database.reading(primary=True) as db:
            row = await photos.get(db, upload.id)
        assert row is not None
        await store.put(photos.given(row.folder), content)
        await asha.call("finish_upload", id=upload.id)
        await run("develop_photo", id=upload.id)
        await looked_at(street)
        every = await asha.call("list_photos", property_id=home)
        return next(each for each in every.items if each.id == upload.id)

    return send


async def looked_at(street: Street) -> None:
    """As if staff had approved all photos that wait for it."""
    await street.run("update photos set held = false where held")


async def shown(street: Street, home: int) -> list[str]:
    """The paths that everybody sees of a home."""
    async with street.database.reading(primary=True) as db:
        found = await db.scalar(text("select photos from properties where id = :id"), {"id": home})
    return list(found or [])
