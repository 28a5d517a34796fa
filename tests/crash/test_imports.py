"""Imports that are killed: all of the file or nothing of it, and the next import finds nothing in its way."""

import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.badinput.house import listing, write_csv
from tests.crash.product import Product, kill, recovered, searching

pytestmark = pytest.mark.timeout(300)
Victim = Callable[[Product], Awaitable[None]]


async def _the_import(product: Product) -> None:
    product.processes[-1].send_signal(signal.SIGKILL)


async def _the_postmaster(product: Product) -> None:
    kill(product.postmaster)


async def _the_backend(product: Product) -> None:
    kill(await product.backend("staged"))


VICTIMS: dict[str, Victim] = {
    "the import": _the_import,
    "the postmaster": _the_postmaster,
    "its backend": _the_backend,
}


@pytest.mark.parametrize("victim", VICTIMS)
async def test_a_killed_import_leaves_nothing_and_can_be_repeated(
    product: Product, few: str, many: str, victim: str
):
    await product.done("import", "listings", few)
    await product.serve()
    before = await product.properties()
    importing = await product.ghar("import", "listings", many)
    await product.backend("staged")
    await VICTIMS[victim](product)
    out, _ = await importing.communicate()
    assert importing.returncode != 0
    assert not out
    assert "Traceback" not in product.said("import")
    assert await product.properties() == before
    report = await product.done("import", "listings", many)
    assert (report["added"], report["changed"], report["refused"]) == (report["read"], 0, 0)
    again = await product.done("import", "listings", many)
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, report["read"])
    assert len(await product.properties()) == len(before) + report["read"]
    assert await product.orphans() == []
    async with searching(product.url) as answers:
        await recovered(answers)
    assert "Traceback" not in product.said("serve")


async def test_searches_go_on_while_an_import_runs_and_see_all_of_it_or_nothing(
    product: Product, few: str, many: str
):
    await product.done("import", "listings", few)
    await product.serve()
    async with searching(product.url) as answers:
        report = await product.done("import", "listings", many)
        await recovered(answers)
    assert answers.statuses == {200}
    assert answers.slowest < 5
    assert report["added"] == report["read"]


async def test_two_imports_of_one_file_at_once_add_it_once(product: Product, many: str):
    await product.serve()
    both = [await product.ghar("import", "listings", many) for _ in range(2)]
    for each in both:
        await each.communicate()
    assert [each.returncode for each in both] == [0, 0], product.said("import")
    assert len(await product.properties()) == 6_000
    assert await product.orphans() == []


async def test_a_killed_import_of_a_file_that_was_sent_ends_as_if_it_had_never_been_begun(
    product: Product, folder: Path
):
    rows = [listing(number) for number in range(3_000)]
    (product.home / "blobs/listings").mkdir(parents=True)
    write_csv(product.home / "blobs/listings/sent", rows)
    product.settings = {"GHAR_WORKER": "false"}
    await product.serve()
    async with product.connected() as db:
        await db.execute(
            "insert into import_files (source, file, blob, state) "
            "values ('partner', 'sent.csv', 'listings/sent', 'importing')"
        )
    loading = await product.ghar("job", "load_listings_file", "--id", "1")
    await product.backend("staged")
    loading.send_signal(signal.SIGKILL)
    await loading.communicate()
    assert await product.properties() == []
    await product.done("job", "load_listings_file", "--id", "1")
    done = await product.done("job", "load_listings_file", "--id", "1")
    assert len(await product.properties()) == len(rows)
    assert done["state"] == "done"
    async with product.connected() as db:
        left = await db.fetchrow("select state, import_id from import_files")
        doomed = await db.fetchval("select count(*) from doomed_blobs where due_at <= now()")
        assert await db.fetchval("select count(*) from imports") == 1
    assert left is not None
    assert (left["state"], left["import_id"], doomed) == ("done", 1, 1)
    assert await product.orphans() == []
