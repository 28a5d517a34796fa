"""A loan's instalments: measured figures, and what must hold of every loan."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.finance.conftest import Ask
from tools.finance import loans
from tools.finance.assumed import most_lent
from tools.finance.emi import NothingToBorrow
from tools.finance.homes import NoPrice, NotForSale
from tools.finance.loans import Extra, paisa
from tools.refusals import Invalid, NotFound

UNHURRIED = settings(deadline=None)

LAKH = 100_000
SUMS = st.decimals(1_000, 10**10, places=2)
RATES = st.decimals(0, 30, places=3)
TERMS = st.integers(1, 40).map(lambda years: 12 * years)
EXTRAS = st.builds(
    Extra,
    monthly=st.decimals(0, 10**6, places=2),
    yearly=st.decimals(0, 10**6, places=2),
    once=st.decimals(0, 10**9, places=2),
    once_in=st.integers(1, 40),
)


@pytest.mark.parametrize(
    ("lakh", "rate", "years", "emi"),
    [
        (50, "8.5", 20, "43391.16"),
        (100, "7.5", 30, "69921.45"),
        (75, "8.35", 15, "73197.51"),
        (25, "9", 10, "31668.94"),
        (12, "0", 10, "10000.00"),
    ],
)
async def test_an_instalment_is_what_banks_reckon(
    ask: Ask, lakh: int, rate: str, years: int, emi: str
) -> None:
    told = await ask("estimate_emi", loan=lakh * LAKH, rate=float(rate), years=years)
    assert told.emi == Decimal(emi)


@UNHURRIED
@given(SUMS, RATES, TERMS, EXTRAS)
def test_the_years_of_a_loan_add_up_to_it_and_end_at_nothing(
    loan: Decimal, rate: Decimal, term: int, extra: Extra
) -> None:
    every = list(loans.months(loan, rate, term, extra))
    by_year = loans.years(loan, every)
    assert sum(year.principal + year.prepaid for year in by_year) == loan
    assert [year.year for year in by_year] == list(range(1, len(by_year) + 1))
    left = loan
    for year in by_year:
        assert min(year.interest, year.principal, year.prepaid) >= 0
        assert year.left == left - year.principal - year.prepaid
        left = year.left
    assert left == 0
    assert sum(year.interest for year in by_year) == paisa(sum((each.interest for each in every), Decimal(0)))


@UNHURRIED
@given(SUMS, RATES, TERMS, EXTRAS)
def test_prepaying_never_costs_more_nor_takes_longer(
    loan: Decimal, rate: Decimal, term: int, extra: Extra
) -> None:
    plain, sooner = (list(loans.months(loan, rate, term, each)) for each in (loans.NOTHING, extra))
    assert len(sooner) <= len(plain) == term
    assert paisa(sum(each.interest for each in sooner) or Decimal(0)) <= paisa(
        sum(each.interest for each in plain) or Decimal(0)
    )


@UNHURRIED
@given(SUMS, st.decimals(0, 29, places=3), TERMS)
def test_an_instalment_rises_with_the_rate_and_the_loan_and_falls_with_the_term(
    loan: Decimal, rate: Decimal, term: int
) -> None:
    emi = loans.instalment(loan, rate, term)
    assert loans.instalment(loan, rate + 1, term) > emi
    assert loans.instalment(loan + 1, rate, term) > emi
    assert loans.instalment(loan, rate, term + 12) < emi


@UNHURRIED
@given(SUMS, RATES, TERMS)
def test_what_an_instalment_pays_back_is_the_loan_it_was_reckoned_from(
    loan: Decimal, rate: Decimal, term: int
) -> None:
    assert paisa(loans.borrowed(loans.instalment(loan, rate, term), rate, term)) == loan


@UNHURRIED
@given(st.decimals(1_000, 10**10, places=2), st.decimals(1, 10**9, places=2))
def test_a_dearer_home_is_never_lent_less_on(price: Decimal, more: Decimal) -> None:
    assert price * 3 / 4 <= most_lent(price) <= most_lent(price + more) <= (price + more) * 9 / 10


async def test_prepaying_says_what_it_spares(ask: Ask) -> None:
    plain = await ask("estimate_emi", loan=50 * LAKH)
    told = await ask("estimate_emi", loan=50 * LAKH, extra_monthly=10_000, extra_once=5 * LAKH, extra_year=2)
    assert told.saved_interest == plain.interest - told.interest > 0
    assert told.saved_months == plain.months - told.months > 0
    assert told.by_year[1].prepaid == 12 * 10_000 + 5 * LAKH
    assert "Prepaying spares" in told.summary()


async def test_every_figure_that_nobody_gave_says_where_it_comes_from(ask: Ask) -> None:
    told = await ask("estimate_emi", price=1_00_00_000, years=15)
    assert told.loan == 75 * LAKH
    assumed = {each.name: each for each in told.assumptions}
    assert (assumed["rate"].verify, assumed["rate"].as_of is not None) == (True, True)
    assert assumed["years"].source == "as given"
    assert "Reserve Bank of India" in assumed["loan"].source
    assert all(each.source in told.summary() for each in told.assumptions)


async def test_a_loan_can_be_for_a_property_that_is_for_sale(ask: Ask) -> None:
    found = await ask("search_properties", purpose="buy", limit=1)
    told = await ask("estimate_emi", property_id=found.items[0].id, down_payment=10 * LAKH)
    assert told.loan == found.items[0].price - 10 * LAKH
    let = await ask("search_properties", purpose="rent", limit=1)
    with pytest.raises(NotForSale):
        await ask("estimate_emi", property_id=let.items[0].id)
    with pytest.raises(NotFound):
        await ask("estimate_emi", property_id=2**40)


async def test_what_makes_no_loan_is_refused_in_a_sentence(ask: Ask) -> None:
    with pytest.raises(NoPrice, match="Give a `loan`, a `price`"):
        await ask("estimate_emi")
    with pytest.raises(NothingToBorrow):
        await ask("estimate_emi", price=10 * LAKH, down_payment=10 * LAKH)
    for wrong in ({"rate": -1}, {"rate": 31}, {"years": 0}, {"rate": "NaN"}, {"extra_monthly": -5}):
        with pytest.raises(Invalid):
            await ask("estimate_emi", loan=LAKH, **wrong)
