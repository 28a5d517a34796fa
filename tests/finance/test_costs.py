"""What a purchase costs: the figures of states, and what must hold of every one."""

from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tests.finance.conftest import Ask
from tools.contract import GUEST
from tools.dispatch import Caller, Dispatcher
from tools.finance.costs import NoArea, WhichRegion
from tools.finance.duties import UnknownRegion, duty, regions
from tools.finance.homes import NoPrice
from tools.finance.taken import Buyer

UNHURRIED = settings(deadline=None)

CRORE = 1_00_00_000
REGIONS = st.sampled_from(list(regions()))
BUYERS = st.sampled_from(get_args(Buyer))
VALUES = st.decimals(1_000, 10**10, places=2)


@pytest.mark.parametrize(
    ("region", "buyer", "value", "stamp", "registration"),
    [
        ("haryana_urban", "male", CRORE, 700_000, 50_000),
        ("haryana_urban", "female", CRORE, 500_000, 50_000),
        ("haryana_urban", "joint", CRORE, 600_000, 50_000),
        ("haryana_rural", "male", CRORE, 500_000, 50_000),
        ("haryana_rural", "female", CRORE, 300_000, 50_000),
        ("haryana_rural", "joint", CRORE, 400_000, 50_000),
        ("delhi", "male", CRORE, 600_000, 100_100),
        ("delhi", "female", CRORE, 400_000, 100_100),
        ("delhi", "joint", CRORE, 500_000, 100_100),
        ("uttar_pradesh", "male", CRORE, 700_000, 100_000),
        ("uttar_pradesh", "female", CRORE, 600_000, 100_000),
        ("uttar_pradesh", "female", CRORE + 100, 700_007, 100_001),
        ("uttar_pradesh", "joint", CRORE, 600_000, 100_000),
        ("gujarat", "female", CRORE, 490_000, 0),
        ("gujarat", "male", CRORE, 490_000, 100_000),
    ],
)
def test_a_state_takes_what_its_sources_say(
    region: str, buyer: str, value: int, stamp: int, registration: int
) -> None:
    due = duty(region, buyer, Decimal(value))
    assert (due.stamp, due.registration) == (stamp, registration)


@pytest.mark.parametrize(
    ("value", "fee"),
    [
        (50_000, 100), (50_001, 1_000), (500_000, 1_000), (500_001, 5_000), (1_000_000, 5_000),
        (1_000_001, 10_000), (2_000_000, 10_000), (2_000_001, 12_500), (2_499_999, 12_500),
        (2_500_000, 15_000), (2_500_001, 20_000), (4_000_000, 20_000), (4_000_001, 25_000),
        (5_000_000, 25_000), (5_000_001, 30_000), (6_000_000, 30_000), (6_000_001, 35_000),
        (7_000_000, 35_000), (7_000_001, 40_000), (8_000_000, 40_000), (8_000_001, 45_000),
        (9_000_000, 45_000), (9_000_001, 50_000), (100_000_000, 50_000),
    ],
)  # fmt: skip
def test_haryana_registers_by_slabs(value: int, fee: int) -> None:
    assert {
        duty(f"haryana_{where}", "male", Decimal(value)).registration for where in ("urban", "rural")
    } == {fee}


def test_every_region_has_dated_figures_with_a_source_and_says_where_they_are_in_doubt() -> None:
    certain = {name for name in regions() if not duty(name, "male", Decimal(CRORE)).assumption.verify}
    assert certain == {"haryana_urban", "haryana_rural", "delhi", "uttar_pradesh"}
    assert all(each["source"] and each["as_of"] for each in regions().values())
    assert duty("uttar_pradesh", "joint", Decimal(CRORE)).assumption.verify


@UNHURRIED
@given(REGIONS, BUYERS, VALUES, st.decimals("0.01", 10**9, places=2))
def test_nobody_pays_less_for_more_and_a_woman_never_more_than_a_man(
    region: str, buyer: str, value: Decimal, more: Decimal
) -> None:
    due, dearer = duty(region, buyer, value), duty(region, buyer, value + more)
    assert 0 <= due.stamp <= dearer.stamp
    assert 0 <= due.registration <= dearer.registration
    woman, man = duty(region, "female", value), duty(region, "male", value)
    assert woman.stamp + woman.registration <= man.stamp + man.registration


async def test_all_that_is_paid_adds_up_and_says_what_it_rests_on(ask: Ask) -> None:
    told = await ask(
        "total_cost",
        price=CRORE,
        region="haryana_urban",
        brokerage=CRORE // 100,
        loan_fees=12_500.5,
        other=999,
    )
    assert told.total == sum(each.amount for each in told.parts)
    assert told.above_price == 700_000 + 50_000 + CRORE // 100 + Decimal("12500.5") + 999
    assert (told.total - told.above_price, told.dutiable) == (CRORE, CRORE)
    assert told.percent_above == Decimal("8.63")
    assert told.certain
    assert all(each.source in told.summary() for each in told.assumptions)
    assert "GST" in told.summary()


async def test_duty_is_reckoned_on_the_circle_value_where_that_is_higher(ask: Ask) -> None:
    given_: dict[str, Any] = {"price": CRORE, "region": "haryana_urban"}
    lower = await ask("total_cost", **given_, circle_rate=9_000, area=1_000)
    assert (lower.circle_value, lower.dutiable) == (9_000_000, CRORE)
    by_yard = await ask(
        "total_cost", **given_, circle_rate=65_000, circle_unit="sq_yd", area=200, area_unit="gaj"
    )
    assert (by_yard.circle_value, by_yard.dutiable) == (13_000_000, 13_000_000)
    assert by_yard.parts[1].amount == 910_000
    with pytest.raises(NoArea):
        await ask("total_cost", **given_, circle_rate=9_000)


async def test_a_property_brings_its_price_its_area_and_its_place(ask: Ask) -> None:
    home = (await ask("search_properties", purpose="buy", area_min=500, limit=1)).items[0]
    told = await ask("total_cost", property_id=home.id, circle_rate=1)
    assert told.parts[0].amount == home.price
    assert told.circle_value == home.area_sqft
    assert told.region == "haryana_urban"
    assert {each.name: each.verify for each in told.assumptions if each.name == "region"} == {"region": True}
    with pytest.raises(NoPrice):
        await ask("total_cost")


async def test_a_state_is_known_by_its_names_and_another_is_refused_with_those_that_are(ask: Ask) -> None:
    for name, key in (
        ("Haryana", "haryana_urban"),
        ("UP", "uttar_pradesh"),
        ("दिल्ली", "delhi"),
        ("goa", "goa"),
    ):
        assert (await ask("total_cost", price=CRORE, region=name)).region == key
    with pytest.raises(UnknownRegion, match="no duties of 'Kathmandu', but of haryana_urban"):
        await ask("total_cost", price=CRORE, region="Kathmandu")
    assert not (await ask("total_cost", price=CRORE, region="kerala")).certain


async def test_of_a_property_that_seems_to_be_elsewhere_the_region_is_asked(dispatcher: Dispatcher) -> None:
    added = "insert into properties (source, source_id, purpose, kind, title, description, price, flags) "
    added += "values ('test', '1', 'buy', 'plot', 'Plot in Noida', '', 1000000, '{other_town}') returning id"
    async with dispatcher.database.writing() as db:
        which = await db.scalar(text(added))
    tool, guest = dispatcher.catalog["total_cost"], Caller("rest", GUEST)
    with pytest.raises(WhichRegion):
        await dispatcher.run(tool, {"property_id": which}, guest)
    told: Any = await dispatcher.run(tool, {"property_id": which, "region": "Noida"}, guest)
    assert told.region == "uttar_pradesh"
