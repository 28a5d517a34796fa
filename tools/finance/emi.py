"""Instalments: what a home loan costs a month and in all, and what paying it back sooner spares."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tools import units
from tools.contract import Call, Model, tool
from tools.finance import loans
from tools.finance.assumed import Assumption, lending, most_lent, plainly, rests_on, told, usual
from tools.finance.homes import NoPrice, start
from tools.finance.loans import Extra, Year, paisa
from tools.finance.taken import Amount, Price, Rate, Years, or_none
from tools.money import Sum
from tools.offers import Id
from tools.refusals import Contradiction

if TYPE_CHECKING:
    from collections.abc import Sequence


class NothingToBorrow(Contradiction):
    """The down payment covers the price: there is nothing to borrow."""


class EstimateEmi(Model):
    loan: Price | None = None
    """Rupees borrowed; else what `price` and `down_payment` leave."""

    property_id: Id | None = None
    """A property for sale, whose price counts."""

    price: Price | None = None
    """Rupees."""

    down_payment: Amount | None = None
    """Rupees; else the least that banks ask for."""

    rate: Rate | None = None
    """Percent a year; else 8.5."""

    years: Years | None = None
    """Term; else 20."""

    extra_monthly: Amount | None = None
    """Rupees prepaid each month."""

    extra_yearly: Amount | None = None
    """Rupees prepaid at each year's end."""

    extra_once: Amount | None = None
    """Rupees prepaid once, at the end of `extra_year`."""

    extra_year: Years = 1
    """Which year."""


class LoanYear(Model):
    """One year of the loan, in rupees."""

    year: int
    interest: Sum
    principal: Sum
    """Paid back with the instalments."""

    prepaid: Sum
    balance: Sum
    """Still owed at its end."""


class Emi(Model):
    """A home loan, to the paisa."""

    loan: Sum
    rate: Rate
    """Percent a year."""

    years: int
    emi: Sum
    """The monthly instalment."""

    interest: Sum
    """In all."""

    paid: Sum
    """Loan and interest."""

    months: int
    """Until nothing is owed."""

    saved_interest: Sum
    """By prepaying."""

    saved_months: int
    by_year: list[LoanYear]
    assumptions: list[Assumption]

    def summary(self) -> str:
        said = (
            f"{units.exact_rupees(self.emi)} a month for a loan of {units.rupees(self.loan)} at "
            f"{self.rate.normalize():f} % over {self.years} years; "
            f"{units.rupees(self.interest)} of interest in all."
        )
        if self.saved_months or self.saved_interest:
            said += (
                f" Prepaying spares {units.rupees(self.saved_interest)} of interest and "
                f"{self.saved_months} months."
            )
        return told(said, self.assumptions)


@tool("guest", "read", widget="cost-breakdown", http="GET /finance/emi")
async def estimate_emi(call: Call, ask: EstimateEmi) -> Emi:
    """A home loan's instalment, interest and balance by year, and what prepaying spares."""
    loan, assumed = await _loan(call, ask)
    rate, years = ask.rate if ask.rate is not None else usual("rate"), ask.years or int(usual("years"))
    extra = Extra(
        or_none(ask.extra_monthly), or_none(ask.extra_yearly), or_none(ask.extra_once), ask.extra_year
    )
    plain = loans.years(loan, loans.months(loan, rate, years * 12))
    every = list(loans.months(loan, rate, years * 12, extra))
    by_year = loans.years(loan, every)
    interest = _interest(by_year)
    return Emi(
        loan=loan,
        rate=rate,
        years=years,
        emi=paisa(loans.instalment(loan, rate, years * 12)),
        interest=interest,
        paid=loan + interest,
        months=len(every),
        saved_interest=_interest(plain) - interest,
        saved_months=years * 12 - len(every),
        by_year=[_told(each) for each in by_year],
        assumptions=[
            *assumed,
            rests_on("rate", rate, ask.rate),
            rests_on("years", years, ask.years, "years"),
            plainly(
                "reducing", "Interest is reckoned monthly on what is owed, at one rate.", source="formula"
            ),
        ],
    )


async def _loan(call: Call, ask: EstimateEmi) -> tuple[Decimal, list[Assumption]]:
    if ask.loan is not None:
        return ask.loan, [plainly("loan", f"Loan: {units.exact_rupees(ask.loan)}.", value=ask.loan)]
    if ask.price is None and ask.property_id is None:
        raise NoPrice("Give a `loan`, a `price`, or the `property_id` of a property for sale.")
    begin = await start(call, ask.property_id, ask.price)
    if ask.down_payment is None:
        loan, why = paisa(most_lent(begin.price)), lending()
    else:
        loan = begin.price - ask.down_payment
        why = plainly(
            "down_payment", f"Down payment: {units.exact_rupees(ask.down_payment)}.", value=ask.down_payment
        )
    if loan <= 0:
        raise NothingToBorrow
    return loan, [begin.assumption, why]


def _interest(by_year: Sequence[Year]) -> Decimal:
    return sum((each.interest for each in by_year), Decimal(0))


def _told(year: Year) -> LoanYear:
    return LoanYear(
        year=year.year,
        interest=year.interest,
        principal=year.principal,
        prepaid=year.prepaid,
        balance=year.left,
    )
