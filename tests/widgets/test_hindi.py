"""In Hindi, widgets say the reasons and changed wishes that the server gives in English."""

from __future__ import annotations

import re
from typing import Any, Final, get_args

from storage import search_filters as codes
from tests.widgets.node import said
from tools.discovery import saying
from tools.discovery.filters import Filters
from tools.discovery.question import Question
from tools.discovery.understood import Facing, Floor, Furnishing, Kind, PlaceRef, Tenant
from tools.discovery.vocabulary import AMENITIES

CITY: Final = PlaceRef("hub", "साइबर सिटी", "cyber-city", 28.49, 77.09)
SECTOR: Final = PlaceRef("sector", "सेक्टर 57", "sector-57", 28.42, 77.08)


def reasons(*places: PlaceRef, inside: tuple[PlaceRef, ...] = (), **given: Any) -> list[str]:
    """The reasons of a search with these filters."""
    within = (inside,) if inside else ()
    return saying.met(Question(Filters(**given), codes.Filters(), places, within, "price", "", ()))


def every_reason() -> list[str]:
    """One of every kind, and every word of the vocabularies."""
    return [
        *reasons(purpose="buy", kinds=get_args(Kind), bedrooms=(0, 2, 3), budget_max=12_500_000),
        *reasons(purpose="rent", budget_min=35_000, budget_max=250_000, area_min=900, area_max=1200),
        *reasons(purpose="pg", budget_min=6_000, area_min=100, kinds=("builder_floor",), bedrooms=(2,)),
        *reasons(CITY, SECTOR, metro_within=800, radius=1500),
        *reasons(CITY, inside=(SECTOR, SECTOR)),
        *reasons(lat=28.4, lng=77.0, box=(77.0, 28.3, 77.1, 28.5)),
        *reasons(furnishing=get_args(Furnishing), facing=get_args(Facing), floor=get_args(Floor), age=5),
        *reasons(furnishing=("furnished",), facing=("north_east",), floor=("high",), possession="ready"),
        *reasons(amenities=tuple(AMENITIES)[:20], tenants=get_args(Tenant), possession="under_construction"),
        *reasons(amenities=tuple(AMENITIES)[20:40], tenants=("girls",)),
        *reasons(amenities=tuple(AMENITIES)[40:]),
        "whether the price is right",
    ]


def in_hindi(told: list[str]) -> list[str]:
    """The same reasons, as widgets say them."""
    return said("hi", "reasons.ts", "reason", [[each] for each in told])


def test_no_reason_stays_english_on_a_hindi_widget():
    left = [
        text
        for text in in_hindi(every_reason())
        if re.search(r"[A-Za-z]", re.sub(r"\b(BHK|CCTV|EV|RO)\b", "", text))
    ]
    assert left == []


def test_reasons_read_as_hindi_is_spoken():
    told = [*reasons(CITY, SECTOR, budget_max=4_500_000, facing=("east", "north"), radius=1500), "spacious"]
    assert in_hindi(told) == [
        "₹45 लाख तक",
        "साइबर सिटी से 1.5 किमी के भीतर या सेक्टर 57 से 1.5 किमी के भीतर",
        "पूर्व या उत्तर मुखी",
        "spacious",
    ]


def test_reasons_stay_as_they_are_in_english():
    told = every_reason()
    assert said("en", "reasons.ts", "reason", [[each] for each in told]) == told


def test_changed_wishes_read_as_hindi_is_spoken():
    ways = [
        ("budget_max", "4500000", 12, "12 if the budget is ₹45 lakh"),
        ("area_min", "100", 1001, "more than 1,000 if 900 sq ft is enough"),
        ("area_max", "1800", 3, "3 if it may have 1,800 sq ft"),
        ("metro_within", "1500", 4, "4 if the metro may be 1.5 km away"),
        ("bedrooms", "3", 7, "7 with 3 bedrooms"),
        ("furnishing", None, 9, "9 however furnished"),
    ]
    relaxations = [
        {"field": field, "value": value, "count": count, "text": text} for field, value, count, text in ways
    ]
    assert said("hi", "vocabulary.ts", "bent", [[each] for each in relaxations]) == [
        "बजट ₹45 लाख हो तो 12",
        "900 वर्ग फुट भी चले तो 1,000 से ज़्यादा",
        "1,800 वर्ग फुट तक हो तो 3",
        "मेट्रो 1.5 किमी तक हो तो 4",
        "3 BHK हो तो 7",
        "फ़र्नीचर कैसा भी हो तो 9",
    ]
    assert said("en", "vocabulary.ts", "bent", [[each] for each in relaxations]) == [each[3] for each in ways]
