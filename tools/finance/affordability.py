"""Affordability: the home that an income and savings pay for, with every cost of buying in it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from tools import units
from tools.contract import Call, Model, tool
from tools.finance import loans
from tools.finance.assumed import Assumption, lending, most_lent, plainly, rests_on, told, usual
from tools.finance.costs import HERE
from tools.finance.duties import Duty, duty, known
from tools.finance.homes import find
from tools.finance.loans import paisa
from tools.finance.taken import Amount, Buyer, Rate, Region, Share, Years, or_none
from tools.money import Sum
from tools.offers import Id

if TYPE_CHECKING:
    from storage.priced import Priced

_MOST: Final = 10_000_000_000


class AskAffordability(Model):
    income: Amount
    """Rupees a month, after tax."""

    savings: Amount | None = None
    """Rupees at hand for the down payment and the costs of buying."""

    obligations: Amount | None = None
    """Rupees a month for other loans."""

    rate: Rate | None = None
    """Percent a year; else 8.5."""

    years: Years | None = None
    """Term; else 20."""

    share: Share | None = None
    """Percent of income for all instalments; else 40."""

    region: Region | None = None
    """State, for duties; else municipal Haryana."""

    buyer: Buyer = "male"
    """For duties."""

    property_id: Id | None = None
    """A property for sale to hold against it."""


class Fit(Model):
    """Whether one property can be paid for."""

    property_id: int
    price: Sum
    fits: bool
    savings_short: Sum
    """Rupees that would be missing at the purchase."""

    emi: Sum
    """Of the loan that it would take."""

    emi_over: Sum
    """Rupees a month that this would be too much."""


class Affordable(Model):
    """What can be paid for."""

    emi: Sum
    """The most for an instalment."""

    loan: Sum
    """The most that it pays back."""

    price: Sum
    """The dearest home that loan and savings buy, costs included."""

    borrowed: Sum
    """The loan for that home."""

    duties: Sum
    """Stamp duty and registration of that home."""

    limited_by: str
    """`income`, or `savings` where more income would not help."""

    fit: Fit | None
    assumptions: list[Assumption]

    def summary(self) -> str:
        said = (
            f"A home of up to {units.rupees(self.price)}: a loan of {units.rupees(self.borrowed)} with "
            f"{units.exact_rupees(self.emi)} a month at most, and {units.rupees(self.duties)} of stamp duty "
            f"and registration from savings. Limited by {self.limited_by}."
        )
        return told(said if self.fit is None else f"{said} {_fits(self.fit)}", self.assumptions)


@tool("guest", "read", widget="cost-breakdown", http="GET /finance/affordability")
async def estimate_affordability(call: Call, ask: AskAffordability) -> Affordable:
    """The dearest home that an income and savings can buy, with duties in it and the shares stated."""
    rate, years = ask.rate if ask.rate is not None else usual("rate"), ask.years or int(usual("years"))
    share = ask.share or usual("share")
    region = known(ask.region or HERE)
    emi = max(paisa(ask.income * share / 100) - or_none(ask.obligations), Decimal(0))
    loan = paisa(loans.borrowed(emi, rate, years * 12))
    price = dearest(or_none(ask.savings), loan, region, ask.buyer)
    due = duty(region, ask.buyer, price)
    home = await find(call, ask.property_id)
    return Affordable(
        emi=emi,
        loan=loan,
        price=price,
        borrowed=min(loan, paisa(most_lent(price)), price),
        duties=due.stamp + due.registration if price else Decimal(0),
        limited_by="savings" if loan > most_lent(price + 1) else "income",
        fit=None if home is None or home.purpose != "buy" else _fit(ask, home, due, emi, (rate, years)),
        assumptions=_assumptions(ask, (rate, years, share), due),
    )


def dearest(savings: Decimal, loan: Decimal, region: str, buyer: str) -> Decimal:
    """The highest price in whole rupees that is covered: what is needed rises with it."""
    least, most = 0, _MOST
    while least < most:
        middle = (least + most + 1) // 2
        if needed(Decimal(middle), region, buyer, loan) <= savings:
            least = middle
        else:
            most = middle - 1
    return Decimal(least)


def needed(price: Decimal, region: str, buyer: str, loan: Decimal) -> Decimal:
    """What has to come from savings to buy at this price."""
    due = duty(region, buyer, price)
    return price + due.stamp + due.registration - min(loan, most_lent(price))


def _fit(ask: AskAffordability, home: Priced, due: Duty, emi: Decimal, terms: tuple[Decimal, int]) -> Fit:
    rate, years = terms
    costs = duty(known(ask.region or HERE), ask.buyer, home.price)
    wanted = home.price + costs.stamp + costs.registration - or_none(ask.savings)
    borrowed = max(min(wanted, paisa(most_lent(home.price))), Decimal(0))
    needs = paisa(loans.instalment(borrowed, rate, years * 12))
    short, over = max(wanted - borrowed, Decimal(0)), max(needs - emi, Decimal(0))
    return Fit(
        property_id=home.id,
        price=home.price,
        fits=not short and not over,
        savings_short=short,
        emi=needs,
        emi_over=over,
    )


def _assumptions(ask: AskAffordability, terms: tuple[Decimal, int, Decimal], due: Duty) -> list[Assumption]:
    rate, years, share = terms
    return [
        plainly("income", f"Income: {units.exact_rupees(ask.income)} a month.", value=ask.income),
        rests_on("share", share, ask.share, "% of income"),
        rests_on("rate", rate, ask.rate),
        rests_on("years", years, ask.years, "years"),
        lending(),
        due.assumption,
        plainly("left_out", "Left out: brokerage, loan fees and moving.", source="scope of this answer"),
    ]


def _fits(fit: Fit) -> str:
    if fit.fits:
        return f"Property {fit.property_id} at {units.rupees(fit.price)} fits."
    missing = [
        f"{units.rupees(amount)} {what}"
        for amount, what in ((fit.savings_short, "at the purchase"), (fit.emi_over, "a month"))
        if amount
    ]
    return f"Property {fit.property_id} at {units.rupees(fit.price)} is short of {' and '.join(missing)}."
