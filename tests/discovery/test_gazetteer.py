"""Places by name, alias, prefix and typo."""

import csv
import gzip
import re

import pytest
from inline_snapshot import snapshot

from tests.data import shared
from tools.discovery.gazetteer import Gazetteer, Place
from tools.discovery.phrases import read
from tools.discovery.words.names import is_name, slug_of

GAZETTEER = Gazetteer()


@pytest.mark.parametrize(
    ("written", "slug"),
    [
        ("Sec-57", "sector 57"),
        ("sec57", "sector 57"),
        ("Sector 37 D", "sector 37d"),
        ("DLF Ph-II", "dlf phase 2"),
        ("M3M Golfestate", "m3m golfestate"),
        ("Golf Course Ext. Road", "golf course extension road"),
    ],
)
def test_a_name_has_one_slug_however_it_is_spelt(written: str, slug: str):
    assert slug_of(written) == slug


@pytest.mark.parametrize("name", ["Gurgaon", "gurugram", "GGN", "गुड़गांव", "gurgaon city"])
def test_the_city_has_many_names(name: str):
    assert [(place.kind, place.slug) for place in GAZETTEER.named(name)] == [("city", "gurugram")]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("luxury builder floor", False),
        ("brand new builder floor", False),
        ("nul", False),
        ("park facing", False),
        ("sector 57", False),
        ("dlf the crest", True),
        ("M3M Golfestate", True),
        ("Orchid Petals", True),
    ],
)
def test_words_of_any_listing_are_no_name_of_a_society(name: str, *, kept: bool):
    assert is_name(name) is kept


def test_a_society_of_the_database_is_found_and_one_that_is_no_name_is_left_out():
    extra = [
        Place("society", "Zorawar Greens", "zorawar greens", 28.4, 77.0),
        Place("society", "luxury floor", "luxury floor"),
    ]
    gazetteer = Gazetteer(extra)
    assert [place.slug for place in read("2bhk in zorawar greens", gazetteer).places] == ["zorawar greens"]
    assert read("luxury floor", gazetteer).places == ()


def test_a_sector_without_data_is_still_a_sector_but_not_beyond_the_last():
    assert [place.name for place in GAZETTEER.named("sector 64")] == ["Sector 64"]
    assert GAZETTEER.named("sector 150") == ()


def test_an_area_knows_its_parts():
    (lok,) = [place for place in GAZETTEER.named("sushant lok") if place.kind == "locality"]
    assert {"sushant lok", "sushant lok phase 1", "sushant lok phase 3"} <= set(lok.parts)


@pytest.mark.parametrize("asked", ["sus", "dlf ph 2", "sikandrpur", "cyb"])
def test_suggestions_put_the_nearest_name_first(asked: str):
    first = {name: [place.name for place in GAZETTEER.suggest(name, 2)] for name in (asked,)}
    assert (
        first[asked]
        == {
            "sus": snapshot(["Sushant Lok", "Sushant Lok 3 Extension"]),
            "dlf ph 2": snapshot(["DLF Phase 2", "DLF Phase 2"]),
            "sikandrpur": snapshot(["Sikanderpur"]),
            "cyb": snapshot(["Cyber City", "Cyber City"]),
        }[asked]
    )


def test_ordinary_words_of_real_listings_are_not_captured_as_societies():
    """A society read in a listing's text shares a word with that text in all but a hundredth of cases."""
    with gzip.open(shared("gurugram_listings.csv.gz"), "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))[::25]
    read_in, wrong = 0, list[tuple[str, str]]()
    for row in rows:
        for sentence in re.split(r"[.\n]", row["description"])[:6]:
            for place in read(sentence[:200], GAZETTEER).places:
                if place.kind == "society":
                    read_in += 1
                    if not any(
                        re.search(rf"\b{word}\b", sentence) for word in place.slug.split() if len(word) > 3
                    ):
                        wrong.append((place.slug, sentence))
    assert read_in > 50
    assert len(wrong) <= read_in / 100, wrong
