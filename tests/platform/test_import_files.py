"""Files of listings that staff send: checked without a trace, confirmed, imported once, and removed."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from inline_snapshot import snapshot
from sqlalchemy import text

from storage.engine import Database
from tests.account.conftest import Clock, Somebody
from tests.discovery.listing_files import row, write
from tests.platform.importing import Run, Send
from tests.platform.importing import admin as admin
from tests.platform.importing import checked as checked
from tests.platform.importing import clock as clock
from tests.platform.importing import dispatcher as dispatcher
from tests.platform.importing import join as join
from tests.platform.importing import kiran as kiran
from tests.platform.importing import meera as meera
from tests.platform.importing import run as run
from tests.platform.importing import send as send
from tests.platform.importing import store as store
from tests.street import previewed
from tools.consent import TicketVoid
from tools.platform.import_files import (
    BeingWorkedOn,
    CheckFirst,
    FileGone,
    ImportFile,
    ImportUnderWay,
    NoSuchFile,
    NothingSent,
    NothingToImport,
    NotYourSource,
    TooManyFiles,
)

Checked = Callable[..., Awaitable[ImportFile]]
ROWS = (row(), row(source_id="b", title="another flat"), row(source_id="c", price_inr="free"))


async def rows(database: Database, asked: str) -> list[Any]:
    async with database.reading(primary=True) as db:
        return list((await db.scalars(text(asked))).all())


async def told(database: Database) -> list[str]:
    """The types of what people are going to be told."""
    asked = "select convert_from(payload, 'utf8')::json->>'type' from pgqueuer "
    return await rows(database, asked + "where entrypoint = 'send_notification' order by id")


async def test_a_check_says_what_an_import_would_do_and_loads_nothing(
    kiran: Somebody, checked: Checked, database: Database, tmp_path: Path
) -> None:
    found = await checked(kiran, write(tmp_path, *ROWS))
    assert found.would is not None
    assert (found.state, found.would.added, found.would.refused) == ("checked", 2, 1)
    assert found.summary() == snapshot(
        "File 1, listings.csv of partner: checked; 2 would be added, 0 changed, 1 refused."
    )
    assert await rows(database, "select count(*) from properties") == [0]
    assert await rows(database, "select count(*) from places where kind = 'society'") == [0]
    assert await told(database) == ["import_checked"]
    report = await kiran.call("import_report", id=found.would.id)
    assert report.trial
    assert [each.reason for each in report.findings] == ["bad_price"]
    assert (await kiran.call("list_imports")).items == []


async def test_what_was_confirmed_is_imported_and_the_file_is_removed(
    kiran: Somebody, checked: Checked, run: Run, database: Database, clock: Clock, tmp_path: Path
) -> None:
    found = await checked(kiran, write(tmp_path, *ROWS))
    preview = await previewed(kiran, "import_listings", id=found.id)
    assert preview.what == snapshot(
        "2 listings of “partner” are added and 0 changed, for everybody to find; 1 rows are refused."
    )
    assert (await kiran.confirm(preview)).state == "importing"
    await run("load_listings_file", id=found.id)
    done = await kiran.call("import_file", id=found.id)
    assert done.did is not None
    assert (done.state, done.did.added, done.did.trial) == ("done", 2, False)
    assert await told(database) == ["import_checked", "import_done"]
    clock.pass_(timedelta(minutes=1))
    await run("clean_up_photos")
    assert [each for each in (tmp_path / "blobs").rglob("*") if each.is_file()] == []
    again = await checked(kiran, write(tmp_path, *ROWS))
    with pytest.raises(NothingToImport):
        await kiran.call("import_listings", id=again.id)


async def test_a_job_that_is_begun_again_imports_nothing_twice(
    kiran: Somebody, checked: Checked, run: Run, database: Database, tmp_path: Path
) -> None:
    found = await checked(kiran, write(tmp_path, *ROWS))
    await kiran.call("import_listings", id=found.id)
    for _ in range(2):
        await run("load_listings_file", id=found.id)
    assert await rows(database, "select count(*) from imports where not trial") == [1]
    assert await rows(database, "select count(*) from properties") == [2]


async def test_a_file_that_is_no_list_of_listings_is_refused_with_the_reason(
    kiran: Somebody, checked: Checked, database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "listings.csv"
    path.write_text("source_id,title\n1,A flat\n")
    found = await checked(kiran, path)
    assert found.state == "refused"
    assert found.problem is not None
    assert found.problem.startswith("This file lacks the columns listing_for,")
    assert await told(database) == ["import_refused"]


async def test_nothing_is_checked_that_was_not_sent_and_nothing_imported_that_was_not_checked(
    kiran: Somebody, send: Send, tmp_path: Path
) -> None:
    begun = await kiran.call("begin_import", source="partner")
    with pytest.raises(NothingSent):
        await kiran.call("check_import", id=begun.id)
    id_ = await send(kiran, write(tmp_path, *ROWS))
    with pytest.raises(CheckFirst):
        await kiran.call("import_listings", id=id_)
    await kiran.call("check_import", id=id_)
    with pytest.raises(BeingWorkedOn):
        await kiran.call("import_listings", id=id_)
    with pytest.raises(BeingWorkedOn):
        await kiran.call("discard_import", id=id_)


async def test_one_file_of_a_source_is_imported_at_a_time(
    kiran: Somebody, checked: Checked, run: Run, tmp_path: Path
) -> None:
    first = await checked(kiran, write(tmp_path, *ROWS))
    second = await checked(kiran, write(tmp_path, *ROWS, row(source_id="d")))
    waiting = await previewed(kiran, "import_listings", id=second.id)
    await kiran.call("import_listings", id=first.id)
    with pytest.raises(ImportUnderWay):
        await kiran.confirm(waiting)
    await run("load_listings_file", id=first.id)
    with pytest.raises((TicketVoid, CheckFirst)):
        await kiran.confirm(waiting)


async def test_an_import_whose_work_was_cancelled_is_in_nobodys_way(
    kiran: Somebody, admin: Somebody, checked: Checked, database: Database, tmp_path: Path
) -> None:
    found = await checked(kiran, write(tmp_path, *ROWS))
    await kiran.call("import_listings", id=found.id)
    (job,) = await rows(database, "select id from jobs where name = 'load_listings_file'")
    await admin.call("cancel_job", id=job)
    assert (await kiran.call("import_file", id=found.id)).state == "checked"
    assert (await kiran.call("import_listings", id=found.id)).state == "importing"


async def test_a_source_is_its_first_importers_and_the_admins(
    kiran: Somebody, meera: Somebody, admin: Somebody, checked: Checked, run: Run, tmp_path: Path
) -> None:
    found = await checked(kiran, write(tmp_path, *ROWS))
    late = await checked(meera, write(tmp_path, *ROWS))
    await kiran.call("import_listings", id=found.id)
    await run("load_listings_file", id=found.id)
    with pytest.raises(NotYourSource):
        await meera.call("import_listings", id=late.id)
    with pytest.raises(NotYourSource):
        await meera.call("begin_import", source="partner")
    for ours in ("owner", "demo"):
        with pytest.raises(NotYourSource):
            await admin.call("begin_import", source=ours)
    await admin.call("begin_import", source="partner")
    await kiran.call("begin_import", source="partner")
    with pytest.raises(NoSuchFile):
        await meera.call("import_file", id=found.id)
    assert [each.id for each in (await meera.call("list_import_files")).items] == [late.id]
    assert len((await admin.call("list_import_files")).items) == 4


async def test_files_that_wait_are_few_and_are_gone_after_a_day(
    kiran: Somebody, checked: Checked, clock: Clock, tmp_path: Path
) -> None:
    found = await checked(kiran, write(tmp_path, *ROWS))
    for _ in range(9):
        await kiran.call("begin_import", source="partner")
    with pytest.raises(TooManyFiles):
        await kiran.call("begin_import", source="partner")
    await kiran.call("discard_import", id=found.id + 1)
    await kiran.call("begin_import", source="partner")
    clock.pass_(timedelta(days=1, minutes=1))
    with pytest.raises(FileGone):
        await kiran.call("import_listings", id=found.id)
    clock.pass_(timedelta(days=7))
    await kiran.call("begin_import", source="partner")
    assert len((await kiran.call("list_import_files")).items) == 1
