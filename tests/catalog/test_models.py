"""Models that are made of values already known to be right."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from tools.contract import Model
from tools.money import Rupees


class Price(Model):
    amount: Rupees
    note: str | None = None


def test_a_model_of_known_values_is_the_model_that_validation_would_have_made():
    known = Price.of(amount=Decimal("45000.50"), note=None)
    checked = Price(amount=Decimal("45000.50"), note=None)
    assert known == checked
    assert known.model_fields_set == checked.model_fields_set
    assert known.model_dump_json() == checked.model_dump_json() == '{"amount":45000.5,"note":null}'
    assert known.model_copy(update={"note": "a month"}).note == "a month"


def test_an_amount_is_read_from_json_taken_at_its_word():
    read = Price.model_validate_json(b'{"amount": 45000.5}', strict=True)
    assert read.amount == Decimal("45000.50")
    for wrong in (b'"45000"', b"true", b"-1", b"1e400", b"[]", b"null"):
        with pytest.raises(ValidationError):
            Price.model_validate_json(b'{"amount": ' + wrong + b"}", strict=True)


def test_whole_rupees_are_whole_numbers_in_json():
    assert Price.of(amount=Decimal("45000.00"), note=None).model_dump_json() == '{"amount":45000,"note":null}'
