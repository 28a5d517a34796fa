"""Areas of land in other units."""

from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.finance.conftest import Ask
from tools.finance.land import UNITS, Areas, ConvertArea, Unit, convert

UNHURRIED = settings(deadline=None)

FIXED = [unit for unit in UNITS if unit != "bigha"]


async def one(ask: Ask, amount: float, unit: str, to: str, **beside: object) -> Decimal:
    told: Areas = await ask("convert_area", amount=amount, unit=unit, to=to, **beside)
    (area,) = told.areas
    assert area.value is not None
    return area.value


@pytest.mark.parametrize(
    ("amount", "unit", "to", "expected"),
    [
        (1, "gaj", "sq_ft", "9"),
        (1, "sq_yd", "sq_m", "0.836127361"),
        (1, "sq_m", "sq_ft", "10.7639104"),
        (1, "marla", "gaj", "30.25"),
        (1, "kanal", "marla", "20"),
        (1, "kanal", "gaj", "605"),
        (1, "acre", "kanal", "8"),
        (1, "acre", "gaj", "4840"),
        (1, "hectare", "acre", "2.471053811"),
        (1, "murabba", "acre", "25"),
        (200, "gaj", "sq_ft", "1800"),
        (7, "sq_ft", "sq_ft", "7"),
    ],
)
async def test_an_area_is_what_the_tables_say(
    ask: Ask, amount: float, unit: str, to: str, expected: str
) -> None:
    assert round(await one(ask, amount, unit, to), 9) == Decimal(expected)


async def test_a_bigha_is_a_range_until_it_is_said_whose(ask: Ask) -> None:
    told = await ask("convert_area", amount=1, unit="bigha", to="gaj")
    (area,) = told.areas
    assert (area.value, area.least, area.most) == (None, 968, 2420)
    assert "not the same everywhere" in told.summary()
    punjab = await ask("convert_area", amount=1, unit="acre", to="bigha", region="punjab")
    assert [(each.least, each.most) for each in punjab.areas] == [(2, 4)]
    assert await one(ask, 5, "bigha", "acre", region="himachal_pradesh") == 1
    assert await one(ask, 1, "bigha", "gaj", bigha_gaj=3025) == 3025


async def test_without_a_unit_an_area_is_told_in_all_others(ask: Ask) -> None:
    told = await ask("convert_area", amount=1, unit="acre")
    assert [each.unit for each in told.areas] == [unit for unit in get_args(Unit) if unit != "acre"]
    assert {each.name for each in told.assumptions} == {"marla", "region", "sq_m"}


@UNHURRIED
@given(st.decimals("0.001", 10**9, places=3), st.sampled_from(FIXED), st.sampled_from(FIXED))
def test_an_area_comes_back_as_it_went(amount: Decimal, unit: Unit, to: Unit) -> None:
    (there,) = convert(ConvertArea(amount=amount, unit=unit, to=to))
    assert there.value is not None
    (back,) = convert(ConvertArea.model_construct(amount=there.value, unit=to, to=unit))
    assert back.value is not None
    assert abs(back.value - amount) <= amount / 10**8


@UNHURRIED
@given(st.decimals("0.001", 10**9, places=3), st.sampled_from(UNITS), st.sampled_from(UNITS))
def test_no_range_is_upside_down_and_zero_is_zero(amount: Decimal, unit: Unit, to: Unit) -> None:
    (area,) = convert(ConvertArea(amount=amount, unit=unit, to=to))
    assert 0 < area.least <= area.most
    assert (area.value is None) == (area.least != area.most)
    assert [each.most for each in convert(ConvertArea(amount=Decimal(0), unit=unit, to=to))] == [0]
