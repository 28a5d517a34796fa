"""Importing listings: what is loaded, mended, flagged and refused."""

import asyncio
from decimal import Decimal
from pathlib import Path
from typing import Any

from inline_snapshot import snapshot
from sqlalchemy import text

from storage.engine import Database
from storage.imports import Report
from tests.discovery.listing_files import many, row, write
from tools.discovery import vocabulary
from tools.discovery.importing.run import import_listings

ALL = """
select p.source_id, p.purpose, p.kind, p.title, p.description, p.price, p.area_sqft, p.bedrooms, p.furnishing,
  p.facing, p.age_band, p.floor_band, p.building_band, p.possession, p.tenants, p.flags, p.amenities_yes,
  p.amenities_no, p.first_seen_at, p.updated_at, ST_Y(p.geog::geometry) as lat, ST_X(p.geog::geometry) as lng,
  l.name as locality, s.name as sector, c.name as society
from properties p left join places l on l.id = p.locality_id left join places s on s.id = p.sector_id
left join places c on c.id = p.society_id order by p.source_id"""


async def stored(database: Database) -> list[dict[str, Any]]:
    async with database.reading() as db:
        return [dict(found) for found in (await db.execute(text(ALL))).mappings()]


async def only(database: Database) -> dict[str, Any]:
    (found,) = await stored(database)
    return found


def found(report: Report) -> dict[str, list[int]]:
    return {f"{each.outcome} {each.reason}": each.row_numbers for each in report.findings}


async def brought(database: Database, folder: Path, *rows: dict[str, str]) -> Report:
    return await import_listings(database, write(folder, *rows), "test")


async def test_a_row_becomes_a_property_of_the_closed_vocabulary(database: Database, tmp_path: Path) -> None:
    await brought(database, tmp_path, row())
    home = await only(database)
    yes, no = vocabulary.keys(home.pop("amenities_yes")), vocabulary.keys(home.pop("amenities_no"))
    assert (yes, no) == snapshot((("lift", "parking", "covered_parking"), ("swimming_pool",)))
    assert {key: value for key, value in home.items() if not key.endswith("_at")} == snapshot(
        {
            "source_id": "a1",
            "purpose": "buy",
            "kind": "apartment",
            "title": "3 BHK Flat in Sector 57 Gurgaon",
            "description": "A bright flat with lift and covered parking. No swimming pool. Ready to move.",
            "price": Decimal("19000000.00"),
            "area_sqft": Decimal("1900.00"),
            "bedrooms": 3,
            "furnishing": "semi_furnished",
            "facing": "north_east",
            "age_band": "1-5",
            "floor_band": "mid",
            "building_band": "high",
            "possession": "ready",
            "tenants": [],
            "flags": [],
            "lat": 28.4231,
            "lng": 77.0812,
            "locality": "Sector 57",
            "sector": "Sector 57",
            "society": "Orchid Meadows",
        }
    )


async def test_importing_the_same_file_again_changes_nothing(database: Database, tmp_path: Path) -> None:
    first = await brought(database, tmp_path, row(), row(source_id="a2", price_inr="18500000"))
    before = await stored(database)
    again = await brought(database, tmp_path, row(), row(source_id="a2", price_inr="18500000"))
    assert (first.added, again.added, again.changed, again.unchanged) == (2, 0, 0, 2)
    assert await stored(database) == before


async def test_a_changed_row_changes_and_keeps_when_it_was_first_seen(
    database: Database, tmp_path: Path
) -> None:
    await brought(database, tmp_path, row())
    before = await only(database)
    report = await brought(database, tmp_path, row(price_inr="18000000"))
    after = await only(database)
    assert (report.added, report.changed, report.unchanged) == (0, 1, 0)
    assert after["price"] == Decimal(18_000_000)
    assert after["first_seen_at"] == before["first_seen_at"]
    assert after["updated_at"] > before["updated_at"]


async def test_two_sources_may_use_the_same_ids(database: Database, tmp_path: Path) -> None:
    path = write(tmp_path, row())
    await import_listings(database, path, "one")
    await import_listings(database, path, "two")
    assert len(await stored(database)) == 2


async def test_imports_of_one_source_at_once_follow_each_other(database: Database, tmp_path: Path) -> None:
    path = write(tmp_path, row(), row(source_id="a2", price_inr="17000000"))
    reports = await asyncio.gather(*(import_listings(database, path, "test") for _ in range(2)))
    assert sorted(report.added for report in reports) == [0, 2]
    assert len(await stored(database)) == 2


async def test_bad_rows_are_refused_by_reason_and_never_stop_the_rest(
    database: Database, tmp_path: Path
) -> None:
    report = await brought(
        database,
        tmp_path,
        row(source_id="ok"),
        row(source_id=""),
        row(source_id="b", price_inr=""),
        row(source_id="c", price_inr="call me"),
        row(source_id="d", price_inr="-5"),
        row(source_id="e", price_inr="nan"),
        row(source_id="f", price_inr="1e30"),
        row(source_id="g", listing_for="barter"),
        row(source_id="h", property_type="castle"),
        row(source_id="ok", price_inr="1"),
        row(source_id="fine", price_inr="₹1,85,00,000"),
    )
    assert [home["source_id"] for home in await stored(database)] == ["fine", "ok"]
    assert found(report) == snapshot(
        {
            "refused bad_price": [4, 5, 6, 7],
            "refused no_price": [3],
            "refused no_source_id": [2],
            "refused repeated_source_id": [10],
            "refused unknown_kind": [9],
            "refused unknown_purpose": [8],
        }
    )
    assert (report.read, report.added, report.refused) == (11, 2, 9)


DEFECTS: list[tuple[dict[str, str], str]] = [
    ({"lat": "77.0812", "lng": "28.4231"}, "mended coordinates_swapped"),
    ({"lat": "0", "lng": "0"}, "mended coordinates_out_of_region"),
    ({"lat": "north", "lng": "77"}, "mended coordinates_unreadable"),
    ({"area_sqft": "-20"}, "mended area_dropped"),
    ({"bhk": "2.5"}, "mended bhk_dropped"),
    ({"society": "brand new builder floor"}, "mended society_not_a_name"),
    ({"title": ""}, "mended title_made"),
    ({"description": "call 98100 12345 now"}, "mended contact_removed"),
    ({"description": "nice <b>flat</b><script>alert(1)</script>"}, "mended markup_removed"),
    ({"description": "a\u200bb\u202ec\x07"}, "mended invisible_characters_removed"),
    ({"description": "word " * 2000}, "mended text_shortened"),
    ({"price_per_unit_raw": "90000"}, "flagged price_per_sq_yard"),
    ({"price_per_unit_raw": "7000"}, "flagged price_per_unit_mismatch"),
    ({"price_inr": "60000"}, "flagged rent_listed_as_sale"),
    ({"description": "lovely flat for rent, call soon"}, "flagged rent_listed_as_sale"),
    ({"listing_for": "rent"}, "flagged sale_listed_as_rent"),
    ({"bhk": "36", "property_type": "house", "area_sqft": "9000"}, "flagged bedrooms_implausible"),
    ({"description": "brand new flat for sale in bhiwadi rajasthan"}, "flagged other_town"),
]


async def test_every_kind_of_defect_is_found_and_reported(database: Database, tmp_path: Path) -> None:
    rows = [row(source_id=f"{at:02}", **changes) for at, (changes, _) in enumerate(DEFECTS)]
    report = await brought(database, tmp_path, *rows)
    homes, findings = await stored(database), found(report)
    assert (report.added, report.refused) == (len(DEFECTS), 0)
    for at, (_, finding) in enumerate(DEFECTS):
        outcome, reason = finding.split()
        assert at + 1 in findings.get(finding, []), finding
        assert (reason in homes[at]["flags"]) == (outcome == "flagged"), finding


async def test_a_road_to_another_town_is_no_other_town(database: Database, tmp_path: Path) -> None:
    said = "flat on gurgaon faridabad road with good connectivity to noida and the jaipur highway"
    await brought(database, tmp_path, row(description=said))
    assert (await only(database))["flags"] == []


async def test_swapped_coordinates_are_put_right(database: Database, tmp_path: Path) -> None:
    await brought(database, tmp_path, row(lat="77.0812", lng="28.4231"))
    home = await only(database)
    assert (home["lat"], home["lng"], home["flags"]) == (28.4231, 77.0812, [])


async def test_without_coordinates_a_property_stands_where_its_society_is_and_says_so(
    database: Database, tmp_path: Path
) -> None:
    report = await brought(database, tmp_path, row(), row(source_id="a2", price_inr="1.8e7", lat="", lng=""))
    lost = (await stored(database))[1]
    assert (lost["lat"], lost["lng"]) == (28.4231, 77.0812)
    assert lost["flags"] == ["approximate_location"]
    assert found(report)["flagged approximate_location"] == [2]


async def test_text_comes_out_as_plain_text(database: Database, tmp_path: Path) -> None:
    said = (
        "<p>Sunny &amp; quiet</p><scr<script>ipt>alert(1)</script> under < 2 cr\u202e, घर\u200dका\x00 a@b.in"
    )
    await brought(database, tmp_path, row(description=said))
    assert (await only(database))["description"] == snapshot(
        "Sunny & quiet alert(1) under < 2 cr, घर\u200dका (contact removed)"
    )


async def test_what_is_far_from_its_like_is_flagged_and_its_like_are_not(
    database: Database, tmp_path: Path
) -> None:
    odd = row(source_id="odd", title="3 bhk flat odd", price_inr="1950000000", area_sqft="195000")
    report = await brought(database, tmp_path, *many(30), odd)
    assert found(report)["flagged price_outlier"] == [31]
    assert found(report)["flagged area_outlier"] == [31]


async def test_a_later_small_file_is_judged_against_what_is_stored(
    database: Database, tmp_path: Path
) -> None:
    await brought(database, tmp_path, *many(30))
    report = await brought(
        database, tmp_path, row(source_id="odd", price_inr="1950000000", price_per_unit_raw="")
    )
    assert found(report) == {"flagged price_outlier": [1]}


async def test_a_listing_that_reads_like_an_earlier_one_is_flagged(
    database: Database, tmp_path: Path
) -> None:
    report = await brought(database, tmp_path, row(source_id="a"), row(source_id="b"))
    assert found(report) == {"flagged duplicate": [2]}


async def test_imported_properties_can_be_searched_at_once(database: Database, tmp_path: Path) -> None:
    await brought(database, tmp_path, row())
    async with database.reading() as db:
        rows = (await db.execute(text("select count(*) from property_search"))).scalar_one()
        texts = (await db.execute(text("select count(*) from property_texts"))).scalar_one()
    assert (rows, texts) == (1, 1)


async def test_progress_never_goes_back_and_ends_at_one(database: Database, tmp_path: Path) -> None:
    told: list[float] = []
    path = write(tmp_path, *many(600))
    await import_listings(database, path, "test", lambda _said, fraction: told.append(fraction))
    assert told == sorted(told)
    assert told[-1] == 1
