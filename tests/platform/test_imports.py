"""What staff see of imports."""

from pathlib import Path
from typing import Any

import pytest
from inline_snapshot import snapshot

from storage.engine import Database
from tests.discovery.listing_files import row, write
from tools.contract import GUEST, Viewer
from tools.discovery.importing.run import import_listings
from tools.dispatch import Caller, Dispatcher
from tools.refusals import NotFound, SignInRequired

STAFF = Caller("rest", Viewer(7, "staff", frozenset({"mcp:read", "platform:read"})))


async def ask(dispatcher: Dispatcher, tool: str, **given: Any) -> Any:
    return await dispatcher.run(dispatcher.catalog[tool], given, STAFF)


async def test_a_report_says_what_was_refused_flagged_and_mended_and_why(
    dispatcher: Dispatcher, database: Database, tmp_path: Path
) -> None:
    rows = (row(), row(source_id="b", price_inr="free"), row(source_id="c", lat="77.0812", lng="28.4231"))
    await import_listings(database, write(tmp_path, *rows), "test")
    report = await ask(dispatcher, "import_report")
    assert [each.model_dump() for each in report.findings] == snapshot(
        [
            {
                "outcome": "refused",
                "reason": "bad_price",
                "meaning": "The row's price is not an amount of money above zero.",
                "rows": 1,
                "row_numbers": [2],
            },
            {
                "outcome": "flagged",
                "reason": "duplicate",
                "meaning": "Another listing of the same source reads the same.",
                "rows": 1,
                "row_numbers": [3],
            },
            {
                "outcome": "mended",
                "reason": "coordinates_swapped",
                "meaning": "Latitude and longitude were the wrong way round.",
                "rows": 1,
                "row_numbers": [3],
            },
        ]
    )
    assert report.summary() == snapshot(
        "Import 1 of listings.csv read 3 rows: 2 added, 0 changed, 0 unchanged, 1 refused. "
        "Findings: bad_price 1, duplicate 1, coordinates_swapped 1."
    )


async def test_imports_are_listed_newest_first_in_pages(
    dispatcher: Dispatcher, database: Database, tmp_path: Path
) -> None:
    path = write(tmp_path, row())
    for _ in range(3):
        await import_listings(database, path, "test")
    first = await ask(dispatcher, "list_imports", limit=2)
    second = await ask(dispatcher, "list_imports", limit=2, cursor=first.next_cursor)
    assert [each.id for each in first.items] == [3, 2]
    assert first.has_more
    assert [(each.id, each.added) for each in second.items] == [(1, 1)]
    assert (second.has_more, second.next_cursor) == (False, None)
    assert (await ask(dispatcher, "import_report", id=1)).added == 1
    assert (await ask(dispatcher, "import_report")).unchanged == 1


async def test_without_an_import_there_is_no_report(dispatcher: Dispatcher) -> None:
    with pytest.raises(NotFound, match="Nothing has been imported yet"):
        await ask(dispatcher, "import_report")
    with pytest.raises(NotFound, match="There is no import 9"):
        await ask(dispatcher, "import_report", id=9)


async def test_a_guest_sees_no_imports(dispatcher: Dispatcher) -> None:
    with pytest.raises(SignInRequired):
        await dispatcher.run(dispatcher.catalog["list_imports"], {}, Caller("rest", GUEST))
