"""Files that are no listings, or mean harm: refused whole, or row by row, or kept as mere text."""

import csv
import gzip
import io
import os
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.engine import Database
from storage.imports import Report
from tests.badinput.house import LEAKS, listing, write_csv
from tools.discovery.importing.run import import_listings
from tools.discovery.importing.source import REQUIRED, Limits, UnreadableFile

HEADER = ",".join(REQUIRED)
LIMITS = Limits(rows=5_000, characters=20_000_000, line=100_000)


def plain(*rows: dict[str, str]) -> bytes:
    """These rows as CSV."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list[str](REQUIRED))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


GOOD = plain(*(listing(number) for number in range(3)))


async def held(database: Database) -> tuple[int, int, int]:
    """How many properties, search entries and imports there are."""
    async with database.reading() as db:
        counts = [
            (await db.execute(text(f"select count(*) from {table}"))).scalar_one()
            for table in ("properties", "property_search", "imports")
        ]
    return counts[0], counts[1], counts[2]


async def loaded(database: Database, folder: Path, content: bytes, name: str = "homes.csv") -> Report:
    path = folder / name
    path.write_bytes(content)
    return await import_listings(database, path, "hostile", limits=LIMITS)


WHOLE: dict[str, bytes] = {
    "empty": b"",
    "white space": b"  \n\n\t\n",
    "a binary": os.urandom(4_096) + b"\0",
    "an image": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "a workbook": b"PK\x03\x04\x14\0\x06\0",
    "a web page": b"<!doctype html><html><body>Sign in</body></html>",
    "json": b'[{"source_id": 1}]',
    "no known column": b"a,b,c\n1,2,3\n",
    "a missing column": GOOD.replace(b"price_inr", b"price"),
    "a column twice": GOOD.replace(b"title,description", b"title,title"),
    "semicolons": GOOD.replace(b",", b";"),
    "a truncated gzip": gzip.compress(GOOD * 50)[:-20],
    "a damaged gzip": gzip.compress(GOOD)[:20] + b"\xff" * 40,
    "only a gzip header": b"\x1f\x8b\x08\0",
    "a gzip of a gzip": gzip.compress(gzip.compress(GOOD)),
    "half a character of utf-16": GOOD.decode().encode("utf-16")[:-1],
    "a gzip bomb of one line": gzip.compress(b"x" * 50_000_000),
    "a gzip bomb of many lines": gzip.compress(HEADER.encode() + b"\n" + (b"1," * 12 + b"1\n") * 1_000_000),
    "a field without end": GOOD + b'"' + b"x" * 10_000_000,
    "a million columns": b",".join([b"c"] * 1_000_000) + b"\n" + b",".join([b"1"] * 1_000_000),
    "a header without end": HEADER.encode() + b",x" * 5_000_000,
}


@pytest.mark.parametrize("content", WHOLE.values(), ids=WHOLE)
async def test_a_file_that_is_no_list_of_listings_is_refused_whole(
    database: Database, tmp_path: Path, content: bytes
):
    with pytest.raises(UnreadableFile) as refused:
        await loaded(database, tmp_path, content)
    assert refused.value.message.endswith(".")
    assert len(refused.value.message) < 500
    assert not LEAKS.search(refused.value.message)
    assert await held(database) == (0, 0, 0)


async def test_a_path_that_is_no_file_is_refused(database: Database, tmp_path: Path):
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "link.csv").symlink_to("/no/such/file")
    for name in ("folder.csv", "link.csv", "none.csv"):
        with pytest.raises(UnreadableFile):
            await import_listings(database, tmp_path / name, "hostile")


async def test_a_header_alone_imports_nothing_and_says_so(database: Database, tmp_path: Path):
    report = await loaded(database, tmp_path, HEADER.encode())
    assert (report.read, report.added, report.refused) == (0, 0, 0)


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + GOOD, GOOD.replace(b"\r\n", b"\n"), GOOD.replace(b"\r\n", b"\r"),
        gzip.compress(GOOD),
        GOOD.decode().encode("utf-16"), GOOD + b"\r\n\r\n\r\n", GOOD.replace(b"source_id", b" SOURCE_ID "),
        GOOD.rstrip(),
        GOOD.replace(HEADER.encode(), HEADER.encode() + b",colour"),
    ],
    ids=["bom", "lf", "cr", "gzip", "utf-16", "blank lines", "loud header", "no line end", "one more column"],
)  # fmt: skip
async def test_a_file_that_is_only_written_oddly_is_read(database: Database, tmp_path: Path, content: bytes):
    report = await loaded(database, tmp_path, content)
    assert report.read == 3
    assert report.added + report.refused == 3


BAD: dict[str, dict[str, str]] = {
    "no id": {"source_id": ""}, "id of white space": {"source_id": " \u200b\t"},
    "no price": {"price_inr": ""},
    "price NaN": {"price_inr": "NaN"}, "price inf": {"price_inr": "1e400"},
    "price zero": {"price_inr": "0"},
    "price below zero": {"price_inr": "-5"}, "price too large": {"price_inr": "9" * 40},
    "price words": {"price_inr": "call"},
    "price formula": {"price_inr": "=1+1"}, "kind unknown": {"property_type": "castle"},
    "kind empty": {"property_type": ""}, "purpose unknown": {"listing_for": "steal"},
    "field of 200 kB": {"title": "x" * 200_000},
}  # fmt: skip


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
async def test_a_bad_row_is_refused_and_the_others_are_kept(
    database: Database, tmp_path: Path, bad: dict[str, str]
):
    content = plain(listing(1), listing(2, **bad), listing(3))
    report = await import_listings(database, _written(tmp_path, content), "hostile")
    assert (report.added, report.refused) == (2, 1)
    assert [each.row_numbers for each in report.findings if each.outcome == "refused"] == [[2]]
    assert (await held(database))[:2] == (2, 2)


def _written(folder: Path, content: bytes) -> Path:
    path = folder / "homes.csv"
    path.write_bytes(content)
    return path


ODD: dict[str, dict[str, str]] = {
    "area NaN": {"area_sqft": "NaN"}, "area inf": {"area_sqft": "1e400"},
    "area below zero": {"area_sqft": "-1"},
    "bedrooms huge": {"bhk": "9" * 30}, "bedrooms half": {"bhk": "2.5"}, "bedrooms words": {"bhk": "two"},
    "lat NaN": {"lat": "NaN"}, "lat inf": {"lat": "1e400"}, "lat 91": {"lat": "91"},
    "lng 181": {"lng": "181"},
    "lat words": {"lat": "north"}, "nul": {"title": "a\0b", "description": "\0\0", "source_id": "x\0y"},
    "controls": {"title": "\x01\x02\x1b[2Jhome"}, "rtl": {"title": "\u202ehome"},
    "emoji": {"title": "🏠" * 300},
    "invisible": {"title": "\u200b\ufeff"}, "quotes": {"title": '"a","b\nc"'},
    "sql": {"title": "'); drop table properties;--"},
    "names": {"locality": "x" * 50_000}, "name of signs": {"locality": "/../../"},
    "empty": dict.fromkeys(("title", "locality"), ""),
    "noncharacter": {"title": "\ufffe\uffff home"},
}  # fmt: skip


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
async def test_a_row_with_something_odd_in_it_is_kept_without_that(
    database: Database, tmp_path: Path, odd: dict[str, str]
):
    report = await loaded(database, tmp_path, plain(listing(1), listing(2, **odd)))
    assert (report.read, report.added) == (2, 2), report.findings
    async with database.reading() as db:
        titles = (await db.execute(text("select title || description from properties"))).scalars().all()
    assert not any(set(title) & set("\0\x01\x02\x1b\u202e") for title in titles)
    assert all(titles)


async def test_bytes_that_are_no_text_are_mended(database: Database, tmp_path: Path):
    broken = plain(listing(1, title="MARK home")).replace(b"MARK", b"\xff\xfe\xc0\xaf\xed\xa0\x80 Gar\xe7on")
    report = await loaded(database, tmp_path, broken)
    assert report.added == 1
    assert {each.outcome for each in report.findings} == {"mended"}


@pytest.mark.parametrize(
    "said", ["=HYPERLINK(1)", "@SUM(A1)", "+cmd|calc", "<script>alert(1)</script>", "{{7*7}}", "${x}"]
)
async def test_text_that_others_might_run_stays_text(database: Database, tmp_path: Path, said: str):
    report = await loaded(database, tmp_path, plain(listing(1, title=f"{said} 2 BHK flat")))
    assert report.added == 1


async def test_an_id_that_comes_again_is_refused_and_the_first_is_kept(database: Database, tmp_path: Path):
    content = plain(*(listing(1, title=f"Home of {number} bedrooms") for number in range(1, 50)))
    report = await loaded(database, tmp_path, content)
    assert (report.added, report.refused) == (1, 48)
    assert (await held(database))[:2] == (1, 1)


async def test_rows_of_too_few_or_too_many_fields_are_refused_one_by_one(database: Database, tmp_path: Path):
    lines = GOOD.decode().splitlines()
    content = "\r\n".join([*lines, "only,three,fields", lines[1] + ",more" * 1_000, '"never closed'])
    report = await loaded(database, tmp_path, content.encode())
    assert (report.read, report.added, report.refused) == (6, 3, 3)


async def test_more_rows_than_one_import_takes_are_refused_whole(database: Database, tmp_path: Path):
    path = write_csv(tmp_path / "many.csv", (listing(number) for number in range(5_001)))
    with pytest.raises(UnreadableFile, match="more than 5,000 rows"):
        await import_listings(database, path, "hostile", limits=LIMITS)
    assert await held(database) == (0, 0, 0)
