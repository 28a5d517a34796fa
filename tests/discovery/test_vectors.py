"""The job that gives every property a vector: resumable, and only for what changed."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from storage import queue
from storage.engine import Database
from storage.vectors import lacking
from tests.discovery.listing_files import many, row, write
from tools.contract import Viewer
from tools.discovery.importing.run import import_listings
from tools.discovery.vectors import MOST_WORDS, card
from tools.dispatch import Caller, Dispatcher

SYSTEM = Caller("cli", Viewer(0, "admin", frozenset({"mcp:write"})), lane="background")


async def embed(dispatcher: Dispatcher, limit: int) -> tuple[int, int]:
    answer: Any = await dispatcher.run(dispatcher.catalog["embed_listings"], {"limit": limit}, SYSTEM)
    return answer.done, answer.remaining


@pytest.mark.requirement("S16")
async def test_the_job_goes_on_where_it_stopped_until_nothing_remains(
    dispatcher: Dispatcher, database: Database, tmp_path: Path
) -> None:
    await import_listings(database, write(tmp_path, *many(25)), "test")
    assert [await embed(dispatcher, 10) for _ in range(4)] == [(10, 15), (10, 5), (5, 0), (0, 0)]


async def test_only_a_property_whose_card_changed_is_embedded_again(
    dispatcher: Dispatcher, database: Database, tmp_path: Path
) -> None:
    await import_listings(database, write(tmp_path, *many(5)), "test")
    await embed(dispatcher, 10)
    cheaper, furnished = many(5)[0] | {"price_inr": "1000000"}, many(5)[1] | {"furnishing": "Furnished"}
    report = await import_listings(database, write(tmp_path, cheaper, furnished), "test")
    assert report.changed == 2
    assert await embed(dispatcher, 10) == (1, 0)


async def test_what_changes_behind_the_job_is_made_before_it_ends(
    dispatcher: Dispatcher, database: Database, tmp_path: Path
) -> None:
    await import_listings(database, write(tmp_path, *many(6)), "test")
    assert await embed(dispatcher, 4) == (4, 2)
    furnished = many(6)[0] | {"furnishing": "Furnished"}
    await import_listings(database, write(tmp_path, furnished), "test")
    assert [await embed(dispatcher, 3) for _ in range(2)] == [(3, 1), (0, 0)]


async def test_an_import_that_changes_something_puts_the_job_into_the_queue(
    database: Database, tmp_path: Path
) -> None:
    for expected in ([("embed_listings", 1)], []):
        await import_listings(database, write(tmp_path, *many(2)), "test")
        async with database.writing() as db:
            assert [(each.name, each.due) for each in await queue.waiting(db)] == expected
            await db.execute(text("delete from pgqueuer"))


async def test_a_card_says_what_it_is_in_few_words(database: Database, tmp_path: Path) -> None:
    said = "servant room, gym, club house, power backup, covered parking, lift, terrace, vastu, pets allowed"
    await import_listings(database, write(tmp_path, row(description=said)), "test")
    async with database.reading() as db:
        (source,) = await lacking(db, "any", 1, 10)
    words = card(source).split()
    assert len(words) <= MOST_WORDS
    assert words[:5] == ["3", "BHK", "apartment", "for", "sale"]
    assert "Orchid" in words


async def test_a_property_that_is_no_longer_live_needs_no_vector(
    dispatcher: Dispatcher, database: Database, tmp_path: Path
) -> None:
    await import_listings(database, write(tmp_path, *many(2)), "test")
    async with database.writing() as db:
        await db.execute(text("update properties set status = 'archived' where source_id = 'm0'"))
    assert await embed(dispatcher, 10) == (1, 0)
