"""Every surface answers every question alike, out of the same 9,987 real listings."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from tests.surfaces.callers import Answer, Surface

pytestmark = [pytest.mark.timeout(120), pytest.mark.xdist_group("surfaces")]

ANSWERED: dict[str, tuple[str, Mapping[str, Any]]] = {
    "plain words": ("search_properties", {"words": "2bhk under 40k near cyber city", "limit": 5}),
    "Hinglish": (
        "search_properties",
        {"words": "sector 57 mein 3 bhk kiraye par 40 hazaar tak, parking ke saath", "limit": 5},
    ),
    "Hindi": ("search_properties", {"words": "न्यू गुरुग्राम में 2 बीएचके", "limit": 5}),
    "filters that override words": (
        "search_properties",
        {"words": "3 bhk flat", "bedrooms": [2, 4], "purpose": "buy", "budget_max": 15000000, "limit": 5},
    ),
    "the nearest first": (
        "search_properties",
        {"purpose": "rent", "lat": 28.4981, "lng": 77.0893, "radius": 3000, "sort": "distance", "limit": 5},
    ),
    "nothing fits": ("search_properties", {"words": "4 bhk on rent in sector 57 under 9000", "limit": 5}),
    "another town": ("search_properties", {"words": "3BHK flat in Pune under ₹1.2 Cr", "limit": 5}),
    "facets": ("search_properties", {"purpose": "rent", "bedrooms": [3], "facets": True, "limit": 1}),
    "one property": ("get_property", {"id": 1}),
    "similar ones": ("similar_properties", {"id": 1, "limit": 3}),
    "a comparison": ("compare_properties", {"ids": [1, 2, 3]}),
    "places": ("suggest_places", {"prefix": "dlf ph 2"}),
    "prices": ("price_insight", {"locality": "dlf phase 2", "purpose": "rent"}),
    "amenities": ("list_amenities", {}),
    "a loan": ("estimate_emi", {"price": 16500000, "rate": 8.35, "years": 15, "extra_monthly": 5000.5}),
    "what can be afforded": ("estimate_affordability", {"income": 150000, "savings": 2500000}),
    "rent or buy": ("rent_or_buy", {"price": 16500000, "rent": 45000, "return_rate": 6.5}),
    "a purchase": ("total_cost", {"price": 16500000, "region": "दिल्ली", "buyer": "joint"}),
    "an area": ("convert_area", {"amount": 2.5, "unit": "bigha", "to": "gaj"}),
}

REFUSED: dict[str, tuple[str, Mapping[str, Any], str]] = {
    "a property that does not exist": ("get_property", {"id": 999_999_999}, "no_such_property"),
    "a field of the wrong kind": ("get_property", {"id": "seven"}, "invalid"),
    "an unknown field": ("search_properties", {"wordz": "2bhk"}, "invalid"),
    "a price that nobody gave": ("total_cost", {}, "no_price"),
    "a state whose duties are unknown": (
        "total_cost",
        {"price": 5000000, "region": "Sikkim"},
        "unknown_region",
    ),
    "a range that ends before it begins": (
        "search_properties",
        {"budget_min": 50_000, "budget_max": 10_000},
        "contradiction",
    ),
}


async def asked(surfaces: Mapping[str, Surface], tool: str, given: Mapping[str, Any]) -> dict[str, Answer]:
    answers = await asyncio.gather(*(surface.call(tool, given) for surface in surfaces.values()))
    return dict(zip(surfaces, answers, strict=True))


@pytest.mark.requirement("S1", "U3", "U4", "K3", "K4", "K5")
@pytest.mark.parametrize("question", ANSWERED)
async def test_every_surface_gives_the_same_answer(surfaces: Mapping[str, Surface], question: str) -> None:
    answers = await asked(surfaces, *ANSWERED[question])
    expected = answers["REST"]
    assert "error" not in expected
    assert {name: answer for name, answer in answers.items() if answer != expected} == {}


@pytest.mark.parametrize("reason", REFUSED)
async def test_every_surface_refuses_with_the_same_words(
    surfaces: Mapping[str, Surface], reason: str
) -> None:
    tool, given, code = REFUSED[reason]
    structured = {name: surface for name, surface in surfaces.items() if name != "agent"}
    answers = await asked(structured, tool, given)
    said = {name: (answer["error"]["code"], answer["error"]["message"]) for name, answer in answers.items()}
    assert said["REST"][0] == code
    assert set(said.values()) == {said["REST"]}


@pytest.mark.requirement("S9")
async def test_a_page_continues_on_any_surface(surfaces: Mapping[str, Surface]) -> None:
    """A cursor that one surface gave out is good on all others."""
    question = {"purpose": "rent", "bedrooms": [3], "sort": "price", "limit": 4}
    first = await surfaces["REST"].call("search_properties", question)
    seconds = await asked(surfaces, "search_properties", {**question, "cursor": first["next_cursor"]})
    expected = seconds["REST"]
    assert {name: answer for name, answer in seconds.items() if answer != expected} == {}
    shown = [each["id"] for each in [*first["items"], *expected["items"]]]
    assert len(shown) == len(set(shown)) == 8
