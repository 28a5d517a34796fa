"""A store of files that takes its time holds up nobody: no transaction is open while it answers."""

import base64
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from servers.adapters.blobs_disk import DiskBlobs
from storage import blobs, photos
from storage.engine import Database
from tests.account.conftest import Clock, Somebody
from tests.photos import pictures
from tests.photos.conftest import Run
from tests.street import Street
from tools.dispatch import Caller
from tools.ports import Peek

_OPEN = """
select count(*) from pg_stat_activity
where datname = current_database() and state like 'idle in transaction%'"""


class Watching(DiskBlobs):
    """A folder that counts the open transactions whenever it is asked for anything."""

    def __init__(self, folder: Path, street: Street) -> None:
        super().__init__(folder)
        self.street = street
        self.asked: list[tuple[str, int]] = []

    async def _count(self, what: str) -> None:
        self.asked.append((what, (await self.street.ask(_OPEN))[0]))

    async def put(self, name: str, content: bytes) -> None:
        await self._count("put")
        await super().put(name, content)

    async def peek(self, name: str) -> Peek | None:
        await self._count("peek")
        return await super().peek(name)

    async def delete(self, name: str) -> None:
        await self._count("delete")
        await super().delete(name)


@pytest.fixture
def store(tmp_path: Path, street: Street) -> Watching:
    return Watching(tmp_path / "blobs", street)


async def _sent(asha: Somebody, home: int, _store: Watching, _run: Run) -> None:
    await asha.call("send_photo", property_id=home, data=base64.b64encode(pictures.photo()).decode())


async def _finished(asha: Somebody, home: int, store: Watching, _run: Run) -> None:
    upload = await asha.call("begin_upload", property_id=home)
    (folder,) = await store.street.ask("select folder from photos")
    await DiskBlobs.put(store, photos.given(folder), pictures.photo())
    await asha.call("finish_upload", id=upload.id)


async def _cleaned(_asha: Somebody, _home: int, store: Watching, run: Run) -> None:
    await store.street.run("insert into doomed_blobs values ('photos/a/320.webp', '2030-01-01')")
    await run("clean_up_photos")


@pytest.mark.parametrize(
    ("what", "does"),
    [("put", _sent), ("peek", _finished), ("delete", _cleaned)],
    ids=["put", "peek", "delete"],
)
async def test_no_transaction_is_open_while_the_store_answers(
    what: str,
    does: Callable[[Somebody, int, Watching, Run], Awaitable[None]],
    asha: Somebody,
    home: int,
    store: Watching,
    run: Run,
) -> None:
    await does(asha, home, store, run)
    assert store.asked == [(what, 0)]


async def test_the_same_key_sends_a_photo_once(asha: Somebody, home: int, store: Watching) -> None:
    tool = asha.dispatcher.catalog["send_photo"]
    given: Mapping[str, Any] = {
        "property_id": home, "data": base64.b64encode(pictures.photo()).decode()}  # fmt: skip
    caller = replace(Caller("rest", asha.viewer), key="once")
    first = await asha.dispatcher.run(tool, given, caller)
    assert await asha.dispatcher.run(tool, given, caller) == first
    assert [what for what, _ in store.asked] == ["put"]
    assert await store.street.count("photos") == 1


async def test_what_is_being_deleted_can_no_longer_be_kept(
    database: Database, street: Street, clock: Clock, run: Run
) -> None:
    names = ["photos/a/320.webp", "photos/a/640.webp"]
    async with database.writing() as db:
        await blobs.doom(db, names, clock.now())
    async with database.writing() as db:
        assert await blobs.take(db, clock.now(), 1) == names[:1]
    async with database.writing() as db:
        # As if the process had died now: said anew, it is deleted all the same.
        await blobs.doom(db, names, clock.now() + timedelta(hours=1))
        assert not await blobs.spare(db, names)
    clock.pass_(timedelta(hours=2))
    await run("clean_up_photos")
    assert await street.count("doomed_blobs") == 0
