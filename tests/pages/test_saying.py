"""What tools are asked and answer, in words: whatever their models hold, in English and Hindi."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Literal

import pytest
from inline_snapshot import snapshot
from pydantic_core import to_json

from servers.pages import naming, saying
from tools import units
from tools.account.leaving import Leaving
from tools.catalog import Catalog
from tools.contract import Model
from tools.money import Rupees
from tools.validation import validate

MOMENT = datetime(2026, 11, 22, 6, 35, tzinfo=UTC)


class Room(Model):
    beds: int


class Deposit(Model):
    """A tool of later, which nobody here knows."""

    property_id: int
    token_amount: Rupees | None = None
    refundable: bool = True
    falls_due: date | None = None
    starts: datetime | None = None
    way: Literal["bank_transfer", "upi"] | None = None
    note: str | None = None
    rooms: list[Room] | None = None
    floors: list[int] | None = None


GIVEN = Deposit(
    property_id=57,
    token_amount=Decimal("123456.5"),
    refundable=False,
    falls_due=date(2026, 12, 1),
    starts=MOMENT,
    way="bank_transfer",
    note="bank_transfer, please",
    rooms=[Room(beds=2), Room(beds=1)],
    floors=[],
)


def said(pairs: list[saying.Pair]) -> dict[str, str]:
    return {pair.name.text: pair.value for pair in pairs}


def test_a_tool_of_later_is_told_in_words_without_anything_written_for_it() -> None:
    assert said(saying.asked(GIVEN, "en")) == snapshot(
        {
            "Property": "No. 57",
            "Token amount": "₹1,23,456.50",
            "Refundable": "No",
            "Falls due": "1 December 2026",
            "Starts": "22 November 2026, 12:05 (India time)",
            "Way": "bank transfer",
            "Note": "bank_transfer, please",
            "Rooms": "Beds: 2, Beds: 1",
            "Floors": "Nothing",
        }
    )


def test_hindi_names_what_it_knows_and_marks_the_rest_as_english() -> None:
    pairs = saying.asked(GIVEN, "hi")
    assert {pair.name.text: (pair.name.lang, pair.value) for pair in pairs[:5]} == snapshot(
        {
            "प्रॉपर्टी": (None, "नं. 57"),
            "Token amount": ("en", "₹1,23,456.50"),
            "Refundable": ("en", "नहीं"),
            "Falls due": ("en", "1 दिसंबर 2026"),
            "शुरू": (None, "22 नवंबर 2026, 12:05 (भारत का समय)"),
        }
    )


def test_what_was_given_is_said_even_where_it_takes_something_away_and_nothing_else() -> None:
    assert said(saying.asked(Deposit(property_id=1, note=None), "en")) == {
        "Property": "No. 1",
        "Note": "Nothing",
    }
    assert said(saying.answered(Deposit(property_id=1, note=None), "en")) == {
        "Property": "No. 1",
        "Refundable": "Yes",
    }


def test_what_no_tool_takes_any_more_is_shown_as_it_was_written() -> None:
    pairs = saying.raw({"property_id": 5, "way": {"by": "<b>"}}, "en")
    assert said(pairs) == {"Property": "5", "Way": '{"by":"<b>"}'}


def test_names_of_tools_in_a_summary_are_said_as_people_say_them(catalog: Catalog) -> None:
    text = saying.summary(Leaving(deletes_at=MOMENT), catalog.tools)
    assert text is not None
    assert "“Keep my account” takes that back" in text
    assert saying.summary(GIVEN, catalog.tools) is None


@pytest.mark.parametrize(
    ("amount", "text"),
    [("0", "₹0"), ("99.5", "₹99.50"), ("100000", "₹1,00,000"), ("12345678.05", "₹1,23,45,678.05")],
)
def test_rupees_are_grouped_as_in_india_and_exact(amount: str, text: str) -> None:
    assert units.exact_rupees(Decimal(amount)) == text


def test_every_field_of_every_write_has_a_name(catalog: Catalog) -> None:
    for tool in catalog:
        if not tool.reads:
            for model in (tool.takes, tool.gives):
                names = [
                    naming.field(name, lang).text for name in model.model_fields for lang in ("en", "hi")
                ]
                assert all(re.search(r"\w", each) for each in names), tool.name


def test_every_tool_that_waits_for_a_person_is_named_in_hindi(catalog: Catalog) -> None:
    waiting = [tool for tool in catalog if tool.consent is not None]
    assert [tool.name for tool in waiting if naming.tool(tool.name, "hi").lang == "en"] == []
    fields = {name for tool in waiting for name in tool.takes.model_fields}
    assert [name for name in fields if naming.field(name, "hi").lang == "en"] == []


def test_arguments_are_said_as_a_redeemed_ticket_takes_them(catalog: Catalog) -> None:
    given = {"purpose": None, "bedrooms": [2, 3], "budget_max": 12_500_000, "area_unit": "sq_yd"}
    ask = validate(catalog["update_preferences"], to_json(given))
    assert said(saying.asked(ask, "hi")) == snapshot(
        {
            "क्षेत्रफल की इकाई": "वर्ग गज",
            "किसलिए": "कुछ नहीं",
            "कमरे": "2, 3",
            "बजट ज़्यादा से ज़्यादा": "₹1,25,00,000",
        }
    )
