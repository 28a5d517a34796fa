"""Renting: what a renter and a buyer of the same home own year by year, both spending the same."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from tools.finance import loans

if TYPE_CHECKING:
    from collections.abc import Sequence

_ONE: Final = Decimal(1)


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything that decides between renting and buying; rates in percent a year."""

    price: Decimal
    rent: Decimal
    loan: Decimal
    buying: Decimal
    """Rupees of duties and fees."""

    rate: Decimal
    years: int
    """Of the loan."""

    price_growth: Decimal
    rent_growth: Decimal
    return_rate: Decimal
    upkeep: Decimal
    selling: Decimal


@dataclass(frozen=True, slots=True)
class Standing:
    """The end of one year."""

    year: int
    rent: Decimal
    """Paid in it by the renter."""

    owning: Decimal
    """Paid in it by the buyer: instalments and upkeep."""

    renter: Decimal
    """What the renter has."""

    buyer: Decimal
    """What the buyer would have after selling, paying the loan back, and with what was put aside."""


def compare(terms: Terms, years: int) -> list[Standing]:
    """Both start with the same money and spend the same each month: whoever pays less puts the rest aside."""
    monthly = (_ONE + terms.return_rate / 100) ** (_ONE / 12)
    left = _balances(terms, years)
    emi = loans.instalment(terms.loan, terms.rate, terms.years * 12) if terms.loan else Decimal(0)
    renter, buyer = terms.price - terms.loan + terms.buying, Decimal(0)
    worth, rent, made = terms.price, terms.rent, list[Standing]()
    for year in range(1, years + 1):
        paying = emi if year <= terms.years else Decimal(0)
        owning = paying + worth * terms.upkeep / 1200
        for _ in range(12):
            renter = renter * monthly + max(owning - rent, Decimal(0))
            buyer = buyer * monthly + max(rent - owning, Decimal(0))
        worth *= _ONE + terms.price_growth / 100
        sold = worth * (_ONE - terms.selling / 100) - left[year]
        made.append(Standing(year, rent * 12, owning * 12, renter, sold + buyer))
        rent *= _ONE + terms.rent_growth / 100
    return made


def _balances(terms: Terms, years: int) -> dict[int, Decimal]:
    """What is still owed at the end of each year."""
    owed = dict.fromkeys(range(years + 1), Decimal(0))
    if terms.loan:
        for month in loans.months(terms.loan, terms.rate, terms.years * 12):
            if month.number % 12 == 0 and month.number // 12 <= years:
                owed[month.number // 12] = month.left
    return owed


def break_even(standings: Sequence[Standing]) -> int | None:
    """The first year from whose end on the buyer has no less than the renter, in all that were looked at."""
    ahead = None
    for each in standings:
        if each.buyer < each.renter:
            ahead = None
        elif ahead is None:
            ahead = each.year
    return ahead
