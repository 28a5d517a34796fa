"""Rent or buy: which leaves a person with more, by year, and from when on buying does."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from storage import priced
from tools import units
from tools.contract import Call, Model, tool
from tools.finance import loans, renting
from tools.finance.assumed import Assumption, lending, most_lent, plainly, rests_on, told, usual
from tools.finance.costs import HERE
from tools.finance.duties import Duty, duty, known
from tools.finance.homes import Start, start
from tools.finance.loans import paisa
from tools.finance.renting import Standing, Terms
from tools.finance.taken import Amount, Buyer, Growth, Price, Rate, Region, Years
from tools.money import Sum
from tools.offers import Id
from tools.refusals import Contradiction

if TYPE_CHECKING:
    from collections.abc import Iterable

_FURTHEST: Final = 40
"""Years that are looked at for when buying comes out ahead."""


class NoRent(Contradiction):
    """Too few homes like this one are for rent in its place to tell. Give the `rent`."""


class RentOrBuy(Model):
    property_id: Id | None = None
    """A property for sale: its price, and what homes like it are let for."""

    price: Price | None = None
    """Rupees."""

    rent: Amount | None = None
    """Rupees a month for such a home."""

    stay: Years = 10
    """Years of staying."""

    down_payment: Amount | None = None
    """Rupees; else the least that banks ask for."""

    rate: Rate | None = None
    """Percent a year; else 8.5."""

    years: Years | None = None
    """Loan term; else 20."""

    price_growth: Growth | None = None
    """Percent a year; else 5."""

    rent_growth: Growth | None = None
    """Percent a year; else 5."""

    return_rate: Growth | None = None
    """What savings earn: percent a year; else 7."""

    upkeep: Growth | None = None
    """Percent of its worth a year; else 1."""

    selling: Growth | None = None
    """Percent of the price then; else 2."""

    region: Region | None = None
    """State, for duties; else municipal Haryana."""

    buyer: Buyer = "male"
    """For duties."""


class YearApart(Model):
    """The end of one year, in rupees."""

    year: int
    rent: Sum
    """Paid in it by the renter."""

    owning: Sum
    """Paid in it by the buyer."""

    renter: Sum
    """What the renter has by then."""

    buyer: Sum
    """What the buyer would have after selling."""


class Verdict(Model):
    """Renting beside buying."""

    better: Literal["rent", "buy"]
    """At the end of the stay."""

    ahead_by: Sum
    stay: int
    break_even: int | None
    """The year from whose end on buying is ahead for good; null if not within 40."""

    price: Sum
    rent: Sum
    loan: Sum
    emi: Sum
    upfront: Sum
    """Down payment and duties."""

    by_year: list[YearApart]
    """Up to the end of the stay, or a few years beyond the break-even."""

    assumptions: list[Assumption]

    def summary(self) -> str:
        doing = "Buying" if self.better == "buy" else "Renting"
        said = f"{doing} leaves {units.rupees(self.ahead_by)} more after {self.stay} years. " + (
            f"Buying is ahead from year {self.break_even} on."
            if self.break_even
            else f"Buying does not come out ahead within {_FURTHEST} years."
        )
        return told(said, self.assumptions)


@tool("guest", "read", widget="cost-breakdown", http="GET /finance/rent-or-buy")
async def rent_or_buy(call: Call, ask: RentOrBuy) -> Verdict:
    """Whether renting or buying leaves more, by year, with the break-even and every assumption."""
    begin = await start(call, ask.property_id, ask.price)
    rent, why = await _rent(call, ask, begin)
    due = duty(known(ask.region or HERE), ask.buyer, begin.price)
    terms = _terms(ask, begin.price, rent, due)
    every = renting.compare(terms, _FURTHEST)
    even = renting.break_even(every)
    last = every[ask.stay - 1]
    ahead = paisa(last.buyer) - paisa(last.renter)
    return Verdict(
        better="buy" if ahead >= 0 else "rent",
        ahead_by=abs(ahead),
        stay=ask.stay,
        break_even=even,
        price=terms.price,
        rent=terms.rent,
        loan=terms.loan,
        emi=_emi(terms),
        upfront=terms.price - terms.loan + terms.buying,
        by_year=[_told(each) for each in every[: _shown(ask.stay, even)]],
        assumptions=[begin.assumption, why, *_assumptions(ask, terms, due)],
    )


def _shown(stay: int, even: int | None) -> int:
    return min(_FURTHEST, max(stay, (even or 0) + 3))


def _emi(terms: Terms) -> Decimal:
    return paisa(loans.instalment(terms.loan, terms.rate, terms.years * 12)) if terms.loan else Decimal(0)


async def _rent(call: Call, ask: RentOrBuy, begin: Start) -> tuple[Decimal, Assumption]:
    if ask.rent is not None:
        return ask.rent, plainly("rent", f"Rent: {units.rent(ask.rent)}.", value=ask.rent)
    if begin.home is None:
        raise NoRent("Give the `rent` of such a home, or a `property_id` for sale.")
    found = await priced.rents_like(call.db, begin.home)
    if found.median is None:
        raise NoRent
    text = (
        f"Rent: {units.rent(found.median)}, the median of {found.n} homes of its kind and size in its place."
    )
    return found.median, plainly("rent", text, value=found.median, source="listings here", verify=True)


def _terms(ask: RentOrBuy, price: Decimal, rent: Decimal, due: Duty) -> Terms:
    least = price - paisa(most_lent(price))
    down = least if ask.down_payment is None else min(ask.down_payment, price)
    return Terms(
        price=price,
        rent=rent,
        loan=price - down,
        buying=due.stamp + due.registration,
        rate=_or_usual(ask.rate, "rate"),
        years=ask.years or int(usual("years")),
        price_growth=_or_usual(ask.price_growth, "price_growth"),
        rent_growth=_or_usual(ask.rent_growth, "rent_growth"),
        return_rate=_or_usual(ask.return_rate, "return_rate"),
        upkeep=_or_usual(ask.upkeep, "upkeep"),
        selling=_or_usual(ask.selling, "selling"),
    )


def _or_usual(given: Decimal | None, name: str) -> Decimal:
    return usual(name) if given is None else given


def _told(each: Standing) -> YearApart:
    return YearApart(year=each.year, rent=each.rent, owning=each.owning, renter=each.renter, buyer=each.buyer)


def _assumptions(ask: RentOrBuy, terms: Terms, due: Duty) -> Iterable[Assumption]:
    if ask.down_payment is None:
        yield lending()
    yield rests_on("rate", terms.rate, ask.rate)
    yield rests_on("years", terms.years, ask.years, "years")
    for name in ("price_growth", "rent_growth", "return_rate", "upkeep", "selling"):
        yield rests_on(name, getattr(terms, name), getattr(ask, name))
    yield due.assumption
    yield plainly(
        "same_money", "Both spend the same: whoever pays less in a month saves the rest.", source="method"
    )
    yield plainly(
        "left_out",
        "Left out: tax and its reliefs, brokerage, the renter's deposit, the worth of a home of one's own.",
        source="scope of this answer",
    )
