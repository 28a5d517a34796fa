"""What can be afforded, and whether to rent or to buy."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.finance.conftest import Ask
from tools.finance.affordability import dearest, needed
from tools.finance.rent_or_buy import NoRent
from tools.finance.renting import Standing, Terms, break_even, compare

UNHURRIED = settings(deadline=None)

LAKH, CRORE = 100_000, 1_00_00_000
MONEY = st.decimals(0, 10**9, places=2)
BUYERS, REGIONS = st.sampled_from(["male", "female", "joint"]), st.sampled_from(["delhi", "haryana_urban"])


@UNHURRIED
@given(MONEY, MONEY, REGIONS, BUYERS)
def test_the_dearest_home_is_covered_and_one_a_rupee_dearer_is_not(
    savings: Decimal, loan: Decimal, region: str, buyer: str
) -> None:
    price = dearest(savings, loan, region, buyer)
    assert needed(price, region, buyer, loan) <= savings or price == 0
    assert needed(price + 1, region, buyer, loan) > savings


@UNHURRIED
@given(MONEY, MONEY, MONEY, REGIONS, BUYERS)
def test_more_savings_or_more_income_never_buy_less(
    savings: Decimal, loan: Decimal, more: Decimal, region: str, buyer: str
) -> None:
    price = dearest(savings, loan, region, buyer)
    assert dearest(savings + more, loan, region, buyer) >= price
    assert dearest(savings, loan + more, region, buyer) >= price


async def test_an_income_and_savings_say_which_home_they_buy(ask: Ask) -> None:
    told = await ask(
        "estimate_affordability", income=2_00_000, savings=80 * LAKH, obligations=10_000, share=50
    )
    assert told.emi == 90_000
    again = await ask("estimate_emi", loan=float(told.loan))
    assert again.emi == told.emi
    assert told.price + told.duties - told.borrowed <= 80 * LAKH
    assert told.limited_by == "income"
    shared = {each.name: each for each in told.assumptions}["share"]
    assert (shared.text, shared.source) == ("Part of the income for instalments: 50 % of income.", "as given")


async def test_little_saved_limits_more_than_the_income(ask: Ask) -> None:
    told = await ask("estimate_affordability", income=10_00_000, savings=5 * LAKH)
    richer = await ask("estimate_affordability", income=20_00_000, savings=5 * LAKH)
    assert told.limited_by == "savings"
    assert told.price == richer.price > 0
    nothing = await ask("estimate_affordability", income=10_000, obligations=50_000)
    assert (nothing.emi, nothing.loan, nothing.price, nothing.duties) == (0, 0, 0, 0)


async def test_a_property_is_held_against_what_can_be_paid(ask: Ask) -> None:
    home = (await ask("search_properties", purpose="buy", sort="price", limit=1)).items[0]
    rich = await ask(
        "estimate_affordability", income=50_00_000, savings=float(home.price), property_id=home.id
    )
    assert rich.fit.fits
    assert "fits" in rich.summary()
    poor = await ask("estimate_affordability", income=20_000, property_id=home.id)
    assert not poor.fit.fits
    assert poor.fit.savings_short > 0
    assert poor.fit.emi_over == poor.fit.emi - poor.emi > 0
    assert "is short of" in poor.summary()


def terms(**other: Any) -> Terms:
    usual: dict[str, Any] = {
        "price": Decimal(CRORE), "rent": Decimal(30_000), "loan": Decimal(75 * LAKH),
        "buying": Decimal(750_000),
        "rate": Decimal("8.5"), "years": 20, "price_growth": Decimal(5), "rent_growth": Decimal(5),
        "return_rate": Decimal(7), "upkeep": Decimal(1), "selling": Decimal(2),
    }  # fmt: skip
    return Terms(**(usual | other))


RATES = st.decimals(0, 20, places=2)


@UNHURRIED
@given(st.integers(1, 40), RATES, RATES, RATES)
def test_a_dearer_rent_never_speaks_against_buying(
    years: int, price_growth: Decimal, rent_growth: Decimal, return_rate: Decimal
) -> None:
    growing: dict[str, Any] = {
        "price_growth": price_growth, "rent_growth": rent_growth, "return_rate": return_rate
    }  # fmt: skip
    ahead = [
        last.buyer - last.renter
        for rent in (0, 30_000, 60_000, 10**6)
        for last in compare(terms(rent=Decimal(rent), **growing), years)[-1:]
    ]
    assert ahead == sorted(ahead)


def test_with_nothing_growing_and_nothing_borrowed_the_sums_can_be_done_by_hand() -> None:
    none = dict.fromkeys(("price_growth", "rent_growth", "return_rate", "upkeep", "selling"), Decimal(0))
    every = compare(terms(loan=Decimal(0), buying=Decimal(720_000), **none), 3)
    assert [(each.renter, each.buyer) for each in every] == [
        (CRORE + 720_000, CRORE + 360_000 * year) for year in (1, 2, 3)
    ]
    assert break_even(every) == 2


def test_buying_is_ahead_for_good_only_where_it_stays_ahead() -> None:
    def stands(*ahead: int) -> int | None:
        none = Decimal(0)
        return break_even(
            [Standing(year, none, none, none, Decimal(each)) for year, each in enumerate(ahead, 1)]
        )

    assert stands(-1, -1, 0, 5) == 3
    assert stands(1, -1, 1) == 3
    assert stands(1, -1) is None
    assert stands(1, 1) == 1


async def test_renting_or_buying_is_decided_with_every_assumption_stated_and_changeable(ask: Ask) -> None:
    asked: dict[str, Any] = {"price": CRORE, "rent": 30_000}
    told = await ask("rent_or_buy", **asked)
    assert (told.better, told.break_even, told.stay, len(told.by_year)) == ("rent", None, 10, 10)
    last = told.by_year[-1]
    assert told.ahead_by == last.renter - last.buyer
    assert told.upfront == 25 * LAKH + 750_000
    for name in ("rate", "years", "price_growth", "rent_growth", "return_rate", "upkeep", "selling"):
        changed = await ask("rent_or_buy", **asked, **{name: 3})
        assert changed.ahead_by != told.ahead_by, name
        assert {each.name: each.source for each in changed.assumptions}[name] == "as given"
    dear = await ask("rent_or_buy", price=CRORE, rent=90_000)
    assert dear.better == "buy"
    assert dear.by_year[-1].year >= dear.break_even
    assert f"ahead from year {dear.break_even}" in dear.summary()


async def test_a_property_for_sale_is_held_beside_what_its_like_is_let_for(ask: Ask) -> None:
    seen: set[str] = set()
    for home in (await ask("search_properties", purpose="buy", limit=20)).items:
        try:
            told = await ask("rent_or_buy", property_id=home.id)
        except NoRent as refused:
            seen.add(refused.code)
            assert (await ask("rent_or_buy", property_id=home.id, rent=20_000)).price == home.price
            continue
        why = {each.name: each for each in told.assumptions}["rent"]
        assert (why.source, why.verify) == ("listings here", True)
        seen.add("found")
    assert "found" in seen
    with pytest.raises(NoRent, match="Give the `rent`"):
        await ask("rent_or_buy", price=CRORE)
