"""Units of area and rupees as they are written and read back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools import units
from tools.discovery.gazetteer import Gazetteer
from tools.discovery.phrases import read

GAZETTEER = Gazetteer()


@pytest.mark.parametrize(
    ("amount", "unit", "sq_ft"),
    [
        (1, "gaj", "9.00"),
        (1, "sq_m", "10.76"),
        (1, "marla", "272.25"),
        (20, "marla", "5445.00"),
        (1, "kanal", "5445.00"),
        (8, "kanal", "43560.00"),
        (1, "acre", "43560.00"),
        (605, "gaj", "5445.00"),
    ],
)
def test_land_units_are_those_of_haryana(amount: int, unit: units.AreaUnit, sq_ft: str):
    assert units.to_sq_ft(amount, unit) == Decimal(sq_ft)


@pytest.mark.parametrize(
    ("amount", "english", "hindi"),
    [
        (45_000, "₹45,000", "₹45,000"),
        (6_000_000, "₹60 lakh", "₹60 लाख"),
        (12_000_000, "₹1.2 Cr", "₹1.2 करोड़"),
        (9_999_999, "₹1 Cr", "₹1 करोड़"),
        (20_000_000, "₹2 Cr", "₹2 करोड़"),
    ],
)
def test_rupees_are_said_in_lakh_and_crore(amount: int, english: str, hindi: str):
    assert (units.rupees(amount), units.rupees(amount, hindi=True)) == (english, hindi)


def test_a_rent_is_told_by_the_month():
    assert units.rent(45_000) == "₹45,000/month"
    assert units.rent(120_000, hindi=True) == "₹1,20,000/माह"


def test_digits_are_grouped_three_two_two():
    assert [units.grouped(n) for n in (0, 999, 1_000, 12_345_678, -150_000)] == [
        "0",
        "999",
        "1,000",
        "1,23,45,678",
        "-1,50,000",
    ]


@given(st.integers(min_value=0, max_value=10**14))
def test_grouping_loses_no_digit(amount: int):
    assert int(units.grouped(amount).replace(",", "")) == amount


@given(st.integers(min_value=1_000, max_value=10**10))
def test_an_amount_written_by_us_is_read_back_to_half_a_percent(amount: int):
    for hindi in (False, True):
        found = read(units.rupees(amount, hindi=hindi), GAZETTEER).budget_max
        assert found is not None
        assert abs(found - amount) <= amount / 200


@given(st.integers(min_value=10, max_value=10**6), st.sampled_from(["gaj", "marla", "kanal", "acre"]))
def test_areas_convert_there_and_back(amount: int, unit: units.AreaUnit):
    assert units.from_sq_ft(units.to_sq_ft(amount, unit), unit) == amount
