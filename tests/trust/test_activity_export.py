"""Exporting activity: a table that a spreadsheet opens and does not work out, or JSON."""

import csv
import io

from sqlalchemy import text

from storage.engine import Database
from tests.account.conftest import Somebody
from tools.trust.activity import MOST_EXPORTED
from tools.trust.tabular import written


async def test_as_a_table_every_line_is_one_write(asha: Somebody, ravi: Somebody) -> None:
    await asha.call("update_profile", name="Asha")
    await asha.call("update_preferences", purpose="rent")
    await ravi.call("update_profile", name="Ravi")
    export = await asha.call("export_activity")
    lines = list(csv.DictReader(io.StringIO(export.csv)))
    assert [(each["what"], each["touched"], each["undo"]) for each in lines] == [
        ("Update preferences", f"preferences:{asha.id}", "possible"),
        ("Update profile", f"profile:{asha.id}", "possible"),
    ]
    assert lines[0]["at"].endswith("+05:30")
    assert (export.count, export.complete, export.activities) == (2, True, None)
    assert "Asha" not in export.csv


async def test_as_json_it_is_what_the_list_shows(asha: Somebody) -> None:
    await asha.call("update_profile", name="Asha")
    await asha.call("update_preferences", purpose="rent")
    export = await asha.call("export_activity", format="json", tool="update_profile")
    assert export.csv is None
    assert export.activities == (await asha.call("my_activity", tool="update_profile")).items


async def test_an_app_that_calls_itself_a_formula_is_text(asha: Somebody, database: Database) -> None:
    async with database.writing() as db:
        label = """=HYPERLINK("https://evil.example","Open")"""
        await db.execute(text("update sessions set label = :label"), {"label": label})
    await asha.call("update_profile", name="Asha")
    export = await asha.call("export_activity")
    (line,) = csv.DictReader(io.StringIO(export.csv))
    assert line["client"] == "'" + label


def test_cells_that_begin_like_formulas_are_text_and_others_are_as_they_are() -> None:
    cells = ["=1+1", "+1", "-1", "@sum", "\tx", "plain", "a=b", 'he said "no", twice', ""]
    names = [f"column {number}" for number in range(len(cells))]
    (line,) = csv.reader(io.StringIO(written([dict(zip(names, cells, strict=True))], names)).readlines()[1:])
    assert line == ["'=1+1", "'+1", "'-1", "'@sum", "'\tx", *cells[5:]]


async def test_of_more_than_fits_it_is_the_latest_and_says_so(asha: Somebody, database: Database) -> None:
    many = "insert into activities (person_id, surface, tool) select :person, 'rest', 'update_profile' "
    async with database.writing() as db:
        given = {"person": asha.id, "count": MOST_EXPORTED + 5}
        await db.execute(text(many + "from generate_series(1, :count)"), given)
    export = await asha.call("export_activity")
    assert (export.count, export.complete) == (MOST_EXPORTED, False)
    first = next(csv.DictReader(io.StringIO(export.csv)))
    assert int(first["id"]) == (await asha.call("my_activity", limit=1)).items[0].id
