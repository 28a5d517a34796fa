"""What views work out by themselves: the order of times for a visit, and what stands out."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from tests.widgets.node import said

WIDGETS: Final = Path(__file__).parents[2] / "widgets"
SLOTS: Final = "../lib/slots.ts"
READING: Final = "../property-compare/reading.ts"


def test_the_times_of_a_day_are_in_order_and_in_its_parts_whoever_shows_it() -> None:
    told = {
        "day": "2026-11-24",
        "holiday": "Guru Nanak's Jayanti",
        "free": ["2026-11-24T12:00:00+05:30", "2026-11-24T18:30:00+05:30"],
        "on_request": ["2026-11-24T09:00:00+05:30", "2026-11-24T16:00:00+05:30", "2026-11-24T12:30:00+05:30"],
    }
    (day,) = said("en", SLOTS, "dayOf", [[told]])
    times = [(slot["starts"][11:16], slot["sure"]) for slot in day["slots"]]
    assert times == [("09:00", False), ("12:00", True), ("12:30", False), ("16:00", False), ("18:30", True)]
    (parts,) = said("en", SLOTS, "partsOf", [[day["slots"]]])
    assert [(part, len(slots)) for part, slots in parts] == [("morning", 1), ("afternoon", 2), ("evening", 2)]
    same = said("en", SLOTS, "sameTime", [[day, "2026-11-20T07:00:00Z"], [day, "2026-11-20T08:00:00Z"]])
    assert same == ["2026-11-24T12:30:00+05:30", None]
    assert said("en", SLOTS, "nextDay", [["2026-11-30"], ["2028-02-28"]]) == ["2026-12-01", "2028-02-29"]


def test_a_photo_is_offered_in_every_width_that_was_made_of_it_and_a_drawing_as_it_is() -> None:
    sizes = "(max-width: 40rem) 100vw, 40rem"
    photo = "https://ghar.example/media/photos/AbC-9_x/1280.webp"
    drawing = "https://ghar.example/pictures/apartment-412-living.svg"
    chosen, plan, *none = said(
        "en",
        "photos.ts",
        "widths",
        [
            [photo, sizes],
            [photo.replace("photos", "plans"), sizes],
            [drawing, sizes],
            [f"{photo}?more", sizes],
            ["https://ghar.example/media/photos/../1280.webp", sizes],
        ],
    )
    assert chosen["sizes"] == sizes
    assert [each.split()[1] for each in chosen["srcset"].split(",")] == ["320w", "640w", "1280w", "1920w"]
    assert chosen["srcset"].startswith("https://ghar.example/media/photos/AbC-9_x/320.webp 320w,")
    assert "plans/AbC-9_x/1920.webp 1920w" in plan["srcset"]
    assert none == [None, None, None]
    same = said("en", "photos.ts", "folder", [[photo], [photo.replace("1280", "640")], [drawing]])
    assert same[0] == same[1] != same[2] == drawing


def test_a_visit_ends_half_an_hour_after_it_begins() -> None:
    (ends,) = said("en", SLOTS, "ends", [["2026-11-24T18:30:00+05:30"]])
    assert datetime.fromisoformat(ends) == datetime(2026, 11, 24, 13, 30, tzinfo=UTC)


def _fixture(case: str) -> dict[str, Any]:
    return json.loads((WIDGETS / "property-compare" / "fixture.json").read_text())[case]["answer"]


def _read(
    comparison: dict[str, Any], left: list[int] | None = None, language: str = "en"
) -> dict[str, dict[str, Any]]:
    """The rows for the columns at these places, by their English names."""
    columns = [{"card": card, "at": at} for at, card in enumerate(comparison["items"])]
    kept = [each for each in columns if left is None or each["at"] in left]
    (rows,) = said(language, READING, "rows", [[comparison, kept]])
    names = [each["what"] for each in [*comparison["differences"], *comparison["same"]]]
    return dict(zip(names, rows, strict=True))


def _firsts(row: dict[str, Any]) -> list[str | None]:
    return [cell["first"] for cell in row["cells"]]


def _texts(row: dict[str, Any]) -> list[str]:
    return [cell["text"] for cell in row["cells"]]


def test_a_comparison_says_amounts_as_the_server_does() -> None:
    comparison = _fixture("normal")
    rows = _read(comparison)
    told = {each["what"]: each["values"] for each in comparison["differences"]}
    for what in ("Price", "Area", "Locality"):
        assert _texts(rows[what]) == told[what]


def test_what_is_lowest_largest_and_nearest_is_marked() -> None:
    rows = _read(_fixture("normal"))
    assert _firsts(rows["Price"]) == [None, None, "lowest"]
    assert _firsts(rows["Area"]) == [None, "largest", None]
    assert _firsts(rows["Metro"]) == [None, None, "nearest"]
    assert _firsts(rows["Furnishing"]) == [None, None, None]


def test_nothing_is_lowest_beside_a_price_that_is_doubtful_or_of_another_purpose() -> None:
    doubtful, mixed, unknown = _fixture("normal"), _fixture("normal"), _fixture("normal")
    doubtful["items"][2]["flags"] = ["price_outlier"]
    mixed["items"][2]["purpose"] = "rent"
    unknown["items"][0]["price_per_sqft"] = None
    assert _firsts(_read(doubtful)["Price"]) == [None, None, None]
    assert _firsts(_read(doubtful)["Area"]) == [None, "largest", None]
    assert _firsts(_read(mixed)["Price"]) == [None, None, None]
    assert _firsts(_read(mixed)["Metro"]) == [None, None, "nearest"]
    assert _firsts(_read(unknown)["Price a square foot"]) == [None, None, None]


def test_nothing_is_nearest_or_largest_where_a_place_or_an_area_is_doubtful() -> None:
    comparison = _fixture("normal")
    comparison["items"][0]["flags"] = ["approximate_location", "area_outlier"]
    rows = _read(comparison)
    assert _firsts(rows["Metro"]) == _firsts(rows["Area"]) == [None, None, None]
    assert _firsts(rows["Price a square foot"]) == [None, None, None]
    assert _firsts(rows["Price"]) == [None, None, "lowest"]


def test_without_one_of_them_what_the_others_share_is_the_same() -> None:
    comparison = _fixture("normal")
    assert _read(comparison)["Kind"]["differs"] is True
    left = _read(comparison, [0, 1])
    assert left["Kind"]["differs"] is False
    assert left["Price"]["differs"] is True
    assert _firsts(left["Price"]) == ["lowest", None]


def test_who_asks_for_one_property_twice_sees_it_once() -> None:
    comparison = _fixture("two")
    comparison["items"] *= 2
    (columns,) = said("en", READING, "columns", [[comparison]])
    assert [each["at"] for each in columns] == [0, 1]


def test_a_comparison_is_in_hindi_as_far_as_it_is_ours() -> None:
    rows = _read(_fixture("hindi"), language="hi")
    assert rows["Price a square foot"]["what"] == "प्रति वर्ग फुट क़ीमत"
    assert _texts(rows["Age"]) == ["5-10 साल", "5-10 साल"]
    assert _texts(rows["Floor"]) == ["भूतल", "नीचे"]
    assert _texts(rows["Lift"]) == ["हाँ", "नहीं"]
    assert "पता नहीं" in [text for row in rows.values() for text in _texts(row)]
