"""Widgets say amounts, distances, moments and reasons exactly as the server says them, run in Node."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final

import pytest

from storage import listings
from tests.widgets.node import said
from tools import moments, units
from tools.discovery import cards, saying, vocabulary
from tools.discovery.filters import Filters

LANGUAGES: Final = ("en", "hi")


def amounts() -> list[Decimal]:
    """Amounts of every size, with all that lies where words and roundings change."""
    chance = Random(360)
    edges = [
        0,
        1,
        999,
        1_000,
        99_999,
        100_000,
        999_999,
        1_000_000,
        9_999_499,
        9_999_500,
        9_999_999,
        10_000_000,
    ]
    halves = [Decimal(f"{base}.5") for base in (0, 99_999, 100_499, 100_500, 9_999_499, 10_049_999)]
    fives = [Decimal(n * 500) for n in range(200, 900)] + [Decimal(n * 50_000) for n in range(200, 500)]
    paise = [Decimal(chance.randrange(10**14)) / 100 for _ in range(500)]
    several = [Decimal(chance.randrange(10 ** chance.randrange(1, 13))) for _ in range(1_500)]
    every = [*map(Decimal, edges), *halves, *fives, *paise, *several]
    return every + [-each for each in every[:40]]


def wire(amount: Decimal) -> float | int:
    """As an amount travels in JSON."""
    return int(amount) if amount == int(amount) else float(amount)


@pytest.mark.parametrize("language", LANGUAGES)
def test_amounts_are_said_as_the_server_says_them(language: str):
    every, hindi = amounts(), language == "hi"
    given = [[wire(each)] for each in every]
    assert said(language, "format.ts", "rupees", given) == [units.rupees(each, hindi=hindi) for each in every]
    assert said(language, "format.ts", "rent", given) == [units.rent(each, hindi=hindi) for each in every]
    assert said(language, "format.ts", "grouped", given) == [units.grouped(each) for each in every]
    assert said(language, "format.ts", "area", given) == [units.area(each, hindi=hindi) for each in every]
    assert said(language, "format.ts", "exactRupees", given) == [units.exact_rupees(each) for each in every]


def test_an_amount_that_travels_as_text_is_said_like_a_number():
    assert said("en", "format.ts", "rupees", [["12000000"], ["45000.00"], ["1.2e7"], ["12E+6"]]) == [
        "₹1.2 Cr",
        "₹45,000",
        "₹1.2 Cr",
        "₹1.2 Cr",
    ]


def test_what_is_no_amount_is_shown_as_it_came():
    every = [["on request"], [""], ["NaN"], [None]]
    assert said("en", "format.ts", "rupees", every) == ["on request", "", "NaN", ""]
    assert said("en", "format.ts", "rent", every[:1]) == ["on request"]


def test_the_price_of_a_card_is_the_one_that_the_server_wrote_on_it():
    told: list[list[Any]] = [
        [{"price": wire(each), "purpose": purpose}] for each in amounts() for purpose in ("buy", "rent", "pg")
    ]
    wanted = [cards.price_text(each, purpose) for each in amounts() for purpose in ("buy", "rent", "pg")]
    assert said("en", "format.ts", "price", told) == wanted


def test_distances_are_said_as_the_server_says_them():
    every = [*range(3_000), *range(3_000, 60_000, 50)]
    assert said("en", "format.ts", "distance", [[each] for each in every]) == [
        saying.metres(each) for each in every
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_moments_are_told_in_the_time_of_india(language: str):
    first = datetime(2023, 12, 31, 18, 29, 59, tzinfo=UTC)
    every = [first + timedelta(hours=7 * n, seconds=n) for n in range(1_500)]
    given = [[each.isoformat()] for each in every]
    assert said(language, "format.ts", "moment", given) == [moments.said(each, language) for each in every]
    dates = [each.date() for each in every]
    told = said(language, "format.ts", "day", [[each.isoformat()] for each in dates])
    assert told == [moments.day(each, language) for each in dates]
    slots = [(each, each + timedelta(minutes=30)) for each in every]
    told = said(
        language, "format.ts", "appointment", [[one.isoformat(), other.isoformat()] for one, other in slots]
    )
    assert told == [moments.appointment(one, other, language) for one, other in slots]


def test_every_doubt_of_an_import_has_words_in_both_languages():
    flags = [[flag] for flag in listings.FLAGS]
    english, hindi = (said(language, "vocabulary.ts", "doubt", flags) for language in LANGUAGES)
    assert all(text[0].isupper() and "_" not in text for text in english)
    assert all(not text.isascii() for text in hindi)


def test_every_key_that_tools_give_has_words_in_both_languages():
    choices = (
        *listings.PURPOSES,
        *listings.KINDS,
        *listings.FURNISHINGS,
        *listings.FACINGS,
        *vocabulary.AMENITIES,
    )
    english, hindi = (
        said(language, "vocabulary.ts", "named", [[each] for each in choices]) for language in LANGUAGES
    )
    assert english[-len(vocabulary.AMENITIES) :] == [each.english for each in vocabulary.AMENITIES.values()]
    assert [text for text in english if "_" in text] == []
    assert [text for text in hindi if text.isascii()] == []


def test_an_unknown_key_stays_readable():
    assert said("en", "vocabulary.ts", "named", [["roof_garden"]]) == ["Roof garden"]


def test_the_time_that_is_left_counts_down_to_the_second_at_the_end():
    every = [[2 * 3_600_000 + 5 * 60_000 + 999], [3_600_000], [3_599_999], [61_000], [999], [-5]]
    assert said("en", "format.ts", "left", every) == [
        "2 h 5 min",
        "1 h 0 min",
        "59:59 min",
        "1:01 min",
        "0:00 min",
        "0:00 min",
    ]
    assert said("hi", "format.ts", "left", every[:1]) == ["2 घंटे 5 मिनट"]


def test_every_filter_of_a_search_is_said_and_can_be_taken_off_by_its_name():
    nothing = Filters().model_dump(mode="json")
    assert said("en", "vocabulary.ts", "wishes", [[nothing]]) == [[]]
    asked = Filters(
        purpose="rent", kinds=("apartment", "builder_floor"), bedrooms=(0, 2), budget_max=Decimal(45_000),
        area_min=100, area_unit="gaj", near=("Cyber City",), sector=("Sector 57",), metro_within=1_500,
        facing=("north_east",), amenities=("power_backup",), age=5, floor=("low", "mid"), tenants=("family",),
    )  # fmt: skip
    wishes = said("en", "vocabulary.ts", "wishes", [[asked.model_dump(mode="json")]])[0]
    assert {each["field"]: each["text"] for each in wishes} == {
        "purpose": "For rent",
        "kinds": "apartment / builder floor",
        "bedrooms": "Studio / 2 BHK",
        "budget_max": "up to ₹45,000",
        "area_min": "from 100 gaj",
        "near": "near Cyber City",
        "sector": "in Sector 57",
        "metro_within": "Metro ≤ 1.5 km",
        "facing": "North-east facing",
        "amenities": "Power backup",
        "age": "at most 5 years old",
        "floor": "Low / Middle floor",
        "tenants": "Family",
    }
    hindi = said("hi", "vocabulary.ts", "wishes", [[asked.model_dump(mode="json")]])[0]
    assert [each["text"] for each in hindi][:4] == [
        "किराए पर",
        "अपार्टमेंट / बिल्डर फ़्लोर",
        "स्टूडियो / 2 BHK",
        "₹45,000 तक",
    ]
