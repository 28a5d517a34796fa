"""The phrase parser against labelled questions, and against anything at all."""

import dataclasses
import json
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.discovery.gazetteer import Gazetteer
from tools.discovery.phrases import read
from tools.discovery.understood import PlaceRef, Understood
from tools.discovery.words.scan import normalised

GAZETTEER = Gazetteer()
LABELLED = [
    json.loads(line)
    for line in (Path(__file__).parent / "phrases_labelled.jsonl").read_text(encoding="utf-8").splitlines()
]
FIELDS = [
    field.name
    for field in dataclasses.fields(Understood)
    if field.name not in {"words", "notes", "language", "spans"}
]
UNORDERED = {"amenities", "facing", "kinds", "furnishing", "tenants"}
AS_WRITTEN = {"unread", "wishes", "elsewhere"}


def place(ref: PlaceRef) -> str:
    radius = f":{ref.radius_m}" if ref.radius_m else ""
    return f"{ref.kind}:{ref.slug.replace(' ', '-')}:{ref.relation}{radius}"


def plain(field: str, value: Any) -> Any:
    """A field as the labels write it."""
    if field == "places":
        value = [each if isinstance(each, str) else place(each) for each in value or ()]
    if isinstance(value, Decimal):
        return float(value)
    if not isinstance(value, tuple | list):
        return value or None
    listed = list(cast("list[Any]", value))
    if field in AS_WRITTEN:
        listed = [each.casefold() for each in listed]
    return (sorted(listed) if field in UNORDERED else listed) or None


def compared(label: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """Each field that is expected or was read, as (field, expected, read)."""
    understood = read(label["words"], GAZETTEER)
    pairs = [
        (name, plain(name, label["expect"].get(name)), plain(name, getattr(understood, name)))
        for name in FIELDS
    ]
    return [(name, expected, got) for name, expected, got in pairs if expected is not None or got is not None]


def test_at_least_97_percent_of_the_labelled_fields_are_read_right():
    results = [(label["words"], *field) for label in LABELLED for field in compared(label)]
    wrong = [result for result in results if result[2] != result[3]]
    listing = "\n".join(
        f"{words!r}: {name} should be {want!r}, is {got!r}" for words, name, want, got in wrong
    )
    assert 1 - len(wrong) / len(results) >= 0.97, listing


def test_the_labelled_set_is_as_large_as_was_asked():
    assert len(LABELLED) >= 120
    assert sum(label["group"] == "facts" for label in LABELLED) >= 40


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=500))
def test_no_text_whatever_raises_and_every_span_lies_within_it(words: str):
    understood = read(words, GAZETTEER)
    assert all(0 <= span.start < span.end <= len(words) for span in understood.spans)


PIECES = st.sampled_from(
    [
        *(
            "2",
            "99",
            "3.5",
            "60",
            "9999999999",
            "-",
            "/",
            ",",
            "+",
            "₹",
            "k",
            "lakh",
            "crore",
            "gaj",
            "bigha",
            "bhk",
        ),
        *("under", "tak", "se", "kam", "ke", "andar", "within", "km", "near", "no", "without", "budget", "में"),
        *("saadhe", "dhai", "sava", "teen", "सौ", "करोड़", "सेक्टर", "५७", "sector", "dlf", "phase", "metro"),
        *("lift", "parking", "girls", "pg", "pune", "sushnat", "lok"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=30))
def test_any_jumble_of_market_words_is_read_with_bounds_in_order(pieces: list[str]):
    understood = read(" ".join(pieces), GAZETTEER)
    if understood.budget_min and understood.budget_max:
        assert understood.budget_min <= understood.budget_max
    if understood.area_min and understood.area_max:
        assert understood.area_min <= understood.area_max


@given(st.text(max_size=80))
def test_a_name_normalised_twice_is_the_same(name: str):
    once = normalised(name)
    assert normalised(once) == normalised(normalised(once))


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ("2 bhk under 40", "Is 40 thousand, lakh or crore meant? It was left out."),
        ("2 bigha", "A bigha differs from region to region: say the area in gaj, acre or square feet."),
        ("sushnat lok", "“sushnat” is read as “sushant”."),
        ("bechna hai", "Selling is not a search; say buy or rent to find a property."),
        ("80 to 1.2 cr", "80 was read as 80 lakh."),
        ("buy or rent 2bhk", "Both buying and renting were named; neither was used as a filter."),
    ],
)
def test_what_is_doubtful_is_said(words: str, note: str):
    assert note in read(words, GAZETTEER).notes


@pytest.mark.parametrize(
    ("words", "language"),
    [("2 bhk in sector 57", "en"), ("mujhe 2bhk chahiye", "hinglish"), ("सेक्टर 57 में घर", "hi")],
)
def test_the_language_of_a_question_is_told(words: str, language: str):
    assert read(words, GAZETTEER).language == language


def test_a_span_shows_which_words_were_read_as_what():
    words = "2bhk under 40k near Cyber City"
    spans = {span.field: words[span.start : span.end] for span in read(words, GAZETTEER).spans}
    assert spans == {"bedrooms": "2bhk", "budget": "under 40k", "places": "near Cyber City"}


def test_a_year_is_no_budget_and_ones_own_office_no_kind_of_property():
    understood = read("3bhk near my office with possession in 2027", GAZETTEER)
    assert (understood.budget_max, understood.kinds) == (None, ())
    assert understood.unread == ("near my office", "2027")
