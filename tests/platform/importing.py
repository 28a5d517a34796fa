"""What the tests of files of listings share: staff, a store on disk, and jobs that are run by hand."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from servers.adapters.blobs_disk import DiskBlobs
from servers.jobs import operator
from storage import import_files
from storage.engine import Database
from tests.account.conftest import Clock, Join, Somebody
from tests.account.conftest import admin as admin
from tests.account.conftest import clock as clock
from tests.account.conftest import join as join
from tools.catalog import Catalog
from tools.dispatch import Dispatcher
from tools.platform.import_files import ImportFile, blob_name
from tools.ports import Ports

Run = Callable[..., Awaitable[Any]]
Send = Callable[..., Awaitable[int]]


@pytest.fixture
def store(tmp_path: Path) -> DiskBlobs:
    return DiskBlobs(tmp_path / "blobs")


@pytest.fixture
def dispatcher(
    catalog: Catalog, database: Database, ports: Ports, clock: Clock, store: DiskBlobs
) -> Dispatcher:
    """The product's tools on the test's own empty database, with a store of files."""
    return Dispatcher(catalog, database, replace(ports, clock=clock, blobs=store))


@pytest.fixture
async def kiran(join: Join) -> Somebody:
    return await join("+919822222222", "staff")


@pytest.fixture
async def meera(join: Join) -> Somebody:
    return await join("+919833333333", "staff")


@pytest.fixture
def run(dispatcher: Dispatcher) -> Run:
    """Runs a job by its name."""

    async def run(name: str, **given: Any) -> Any:
        tool = dispatcher.catalog[name]
        return await dispatcher.run(tool, given, operator(tool))

    return run


@pytest.fixture
def send(database: Database, store: DiskBlobs) -> Send:
    """Sends a file in somebody's name."""

    async def send(who: Somebody, path: Path, source: str = "partner") -> int:
        begun = await who.call("begin_import", source=source, file=path.name)
        name = blob_name()
        await store.put_file(name, path)
        async with database.writing() as db:
            assert await import_files.arrived(db, begun.id, name, path.stat().st_size)
        return begun.id

    return send


@pytest.fixture
def checked(send: Send, run: Run) -> Callable[..., Awaitable[ImportFile]]:
    """Sends a file and has it checked."""

    async def checked(who: Somebody, path: Path, source: str = "partner") -> ImportFile:
        id_ = await send(who, path, source)
        await who.call("check_import", id=id_)
        await run("check_listings_file", id=id_)
        return await who.call("import_file", id=id_)

    return checked
