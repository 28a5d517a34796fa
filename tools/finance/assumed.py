"""What a calculation assumes: each thing with where it comes from, and how to change it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final

from tools.contract import Model
from tools.finance.data import table_of
from tools.money import Number

GIVEN: Final = "as given"


class Assumption(Model):
    """One thing that the answer rests on."""

    name: str
    """The input that changes it, where there is one; otherwise what it is about."""

    value: Number | None
    """The figure, where it is one."""

    text: str
    source: str
    as_of: date | None
    verify: bool
    """Sources disagree, or it is a round figure: ask before relying on it."""

    def summary(self) -> str:
        dated = f", {self.as_of:%d %B %Y}" if self.as_of else ""
        return f"{self.text} [{self.source}{dated}{'; to be verified' if self.verify else ''}]"


@cache
def _usual() -> dict[str, Any]:
    return table_of("usual.toml")


def usual(name: str) -> Decimal:
    """The figure that is assumed where nobody gives one."""
    return Decimal(_usual()[name]["value"])


def rests_on(name: str, used: Decimal | int, given: Decimal | int | None, unit: str = "%") -> Assumption:
    """What was taken for an input: what was given, or what is usual."""
    text, about = f"{LABELS[name]}: {Decimal(used).normalize():f} {unit}.", _usual()[name]
    if given is not None:
        return plainly(name, text, value=Decimal(used))
    return Assumption(
        name=name,
        value=Decimal(used),
        text=f"{text} {about['text']}",
        source=about["source"],
        as_of=about["as_of"],
        verify=about.get("verify", False),
    )


def plainly(
    name: str, text: str, *, value: Decimal | None = None, source: str = GIVEN, verify: bool = False
) -> Assumption:
    """An assumption that is no figure of the files."""
    return Assumption(name=name, value=value, text=text, source=source, as_of=None, verify=verify)


def most_lent(price: Decimal) -> Decimal:
    """The most that a bank may lend on a home of this price."""
    lent = _usual()["lent"]
    most = price * lent["above"] / 100
    for limit, share in lent["slabs"]:
        most = max(most, min(Decimal(limit), price * share / 100))
    return most


def lending() -> Assumption:
    """What limits a loan by the price."""
    lent = _usual()["lent"]
    return Assumption(
        name="loan", value=None, text=lent["text"], source=lent["source"], as_of=lent["as_of"], verify=False
    )


def told(said: str, assumptions: list[Assumption]) -> str:
    """An answer in words with everything that it rests on."""
    return "\n".join([said, "Assumed:", *(f"- {each.summary()}" for each in assumptions)])


LABELS: Final = {
    "rate": "Interest a year",
    "years": "Term of the loan",
    "share": "Part of the income for instalments",
    "price_growth": "Rise of prices a year",
    "rent_growth": "Rise of rents a year",
    "return_rate": "Return on savings a year",
    "upkeep": "Upkeep a year",
    "selling": "Cost of selling",
}
