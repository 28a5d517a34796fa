"""Loans: equal monthly instalments, what prepaying spares, and how a loan shrinks year by year."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PAISA: Final = Decimal("0.01")
_MONTHS: Final = 12


def paisa(amount: Decimal) -> Decimal:
    """An amount to the paisa."""
    return amount.quantize(PAISA, ROUND_HALF_UP)


def instalment(loan: Decimal, rate: Decimal, months: int) -> Decimal:
    """What is paid every month, exactly: P·i·(1+i)^n / ((1+i)^n - 1), and P/n without interest."""
    monthly = rate / 1200
    if not monthly:
        return loan / months
    grown = (1 + monthly) ** months
    return loan * monthly * grown / (grown - 1)


def borrowed(emi: Decimal, rate: Decimal, months: int) -> Decimal:
    """The loan that this instalment pays back: the inverse of `instalment`."""
    monthly = rate / 1200
    if not monthly:
        return emi * months
    grown = (1 + monthly) ** months
    return emi * (grown - 1) / (monthly * grown)


@dataclass(frozen=True, slots=True)
class Extra:
    """What is paid beside the instalments."""

    monthly: Decimal = Decimal(0)
    yearly: Decimal = Decimal(0)
    """With the last instalment of every year."""

    once: Decimal = Decimal(0)
    once_in: int = 1
    """With the last instalment of this year."""


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a loan, exactly."""

    number: int
    interest: Decimal
    principal: Decimal
    """Of the instalment."""

    prepaid: Decimal
    left: Decimal


NOTHING: Final = Extra()


def months(loan: Decimal, rate: Decimal, term: int, extra: Extra = NOTHING) -> Iterator[Month]:
    """The months of a loan, until nothing is left."""
    emi, monthly, left = instalment(loan, rate, term), rate / 1200, loan
    for number in range(1, term + 1):
        interest = left * monthly
        principal = left if number == term else min(emi - interest, left)
        prepaid = min(_prepaid(extra, number), left - principal)
        left -= principal + prepaid
        yield Month(number, interest, principal, prepaid, left)
        if not left:
            return


def _prepaid(extra: Extra, month: int) -> Decimal:
    year, within = divmod(month, _MONTHS)
    if within:
        return extra.monthly
    return extra.monthly + extra.yearly + (extra.once if year == extra.once_in else 0)


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a loan, to the paisa; years add up to the whole without a remainder."""

    year: int
    interest: Decimal
    principal: Decimal
    prepaid: Decimal
    left: Decimal


def years(loan: Decimal, every: Iterable[Month]) -> list[Year]:
    """The months of a loan by year. Running totals are rounded, not the parts, so that nothing is lost."""
    made: list[Year] = []
    interests = prepayments = Decimal(0)
    before = (Decimal(0), Decimal(0), Decimal(0))
    for month in every:
        interests, prepayments = interests + month.interest, prepayments + month.prepaid
        if month.number % _MONTHS == 0 or not month.left:
            left = paisa(month.left)
            now = (paisa(interests), loan - left - paisa(prepayments), paisa(prepayments))
            interest, principal, prepaid = (here - there for here, there in zip(now, before, strict=True))
            made.append(Year(-(-month.number // _MONTHS), interest, principal, prepaid, left))
            before = now
    return made
