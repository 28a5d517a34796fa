"""Costs: what buying a home costs beside its price, from the duty to the keys."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from tools import units
from tools.contract import Call, Model, tool
from tools.finance.assumed import Assumption, plainly, told
from tools.finance.duties import Duty, duty, known
from tools.finance.homes import Start, start
from tools.finance.loans import paisa
from tools.finance.taken import Amount, Buyer, Land, Price, Region, or_none
from tools.money import Sum
from tools.offers import Id
from tools.refusals import Contradiction
from tools.units import AreaUnit

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE: Final = "haryana_urban"
LEFT_OUT: Final = (
    "Left out: GST, which may be due on a home that is still being built; transfer fees; furnishing."
)


class WhichRegion(Contradiction):
    """This property's text names another town. Say its `region`."""


class NoArea(Contradiction):
    """Give the `area` that the circle rate is for."""


class TotalCost(Model):
    property_id: Id | None = None
    """A property for sale, whose price and area count."""

    price: Price | None = None
    """Rupees."""

    region: Region | None = None
    """A state, such as `delhi` or `haryana_rural`; else municipal Haryana."""

    buyer: Buyer = "male"
    """`joint` is a man and a woman."""

    circle_rate: Amount | None = None
    """The government's rupees a `circle_unit`."""

    circle_unit: AreaUnit = "sq_ft"
    """Of the circle rate."""

    area: Land | None = None
    """In `area_unit`; else the property's."""

    area_unit: AreaUnit = "sq_ft"
    """Of the area."""

    brokerage: Amount | None = None
    """Rupees."""

    loan_fees: Amount | None = None
    """Rupees: processing, legal, valuation."""

    other: Amount | None = None
    """Rupees."""


class CostPart(Model):
    """One part of what is paid."""

    key: str
    """`price`, `stamp_duty`, `registration`, `brokerage`, `loan_fees` or `other`."""

    amount: Sum
    text: str


class Cost(Model):
    """What a purchase comes to."""

    parts: list[CostPart]
    total: Sum
    above_price: Sum
    """The total without the price."""

    percent_above: Sum
    """Of the price."""

    dutiable: Sum
    """What duty is reckoned on: the price, or the circle value where that is higher."""

    circle_value: Sum | None
    region: str
    """The key of whose duties these are."""

    buyer: Buyer
    certain: bool
    """False where sources disagree on this region's rates: verify."""

    assumptions: list[Assumption]

    def summary(self) -> str:
        beside = ", ".join(
            f"{each.text} {units.exact_rupees(each.amount)}" for each in self.parts[1:] if each.amount
        )
        said = (
            f"{units.rupees(self.total)} in all, {units.exact_rupees(self.above_price)} "
            f"({self.percent_above:f} %) above the price: {beside}."
        )
        return told(said, self.assumptions)


@tool("guest", "read", widget="cost-breakdown", http="GET /finance/cost")
async def total_cost(call: Call, ask: TotalCost) -> Cost:
    """What buying costs in all: price, stamp duty and registration by state, and fees as given."""
    begin = await start(call, ask.property_id, ask.price)
    region = known(ask.region) if ask.region else _here(begin)
    circle = _circle_value(ask, begin)
    dutiable = max(begin.price, circle or Decimal(0))
    due = duty(region, ask.buyer, dutiable)
    parts = list(_parts(ask, begin, due))
    total = sum((each.amount for each in parts), Decimal(0))
    above = total - begin.price
    return Cost(
        parts=parts,
        total=total,
        above_price=above,
        percent_above=paisa(100 * above / begin.price),
        dutiable=dutiable,
        circle_value=circle,
        region=region,
        buyer=ask.buyer,
        certain=not due.assumption.verify,
        assumptions=list(_assumptions(ask, begin, due, circle)),
    )


def _here(begin: Start) -> str:
    """Where our listings are, unless the property is said to be elsewhere."""
    if begin.home is not None and begin.home.elsewhere:
        raise WhichRegion
    return HERE


def _circle_value(ask: TotalCost, begin: Start) -> Decimal | None:
    if ask.circle_rate is None:
        return None
    own = begin.home.area_sqft if begin.home is not None else None
    sq_ft = own if ask.area is None else ask.area * units.SQ_FT_IN[ask.area_unit]
    if sq_ft is None:
        raise NoArea
    return paisa(ask.circle_rate * sq_ft / units.SQ_FT_IN[ask.circle_unit])


def _parts(ask: TotalCost, begin: Start, due: Duty) -> Iterable[CostPart]:
    yield CostPart(key="price", amount=begin.price, text="Price")
    yield CostPart(key="stamp_duty", amount=due.stamp, text=f"Stamp duty ({due.rate:f} %)")
    yield CostPart(key="registration", amount=due.registration, text="Registration")
    yield CostPart(key="brokerage", amount=or_none(ask.brokerage), text="Brokerage")
    yield CostPart(key="loan_fees", amount=or_none(ask.loan_fees), text="Loan fees")
    yield CostPart(key="other", amount=or_none(ask.other), text="Other costs")


def _assumptions(ask: TotalCost, begin: Start, due: Duty, circle: Decimal | None) -> Iterable[Assumption]:
    yield begin.assumption
    yield due.assumption
    if ask.region is None:
        yield plainly("region", f"It lies in {due.place}.", source="where our listings are", verify=True)
    if circle is None:
        text = (
            "Duty is reckoned on the price, as no circle rate was given; a higher circle value would count."
        )
        yield plainly("circle_rate", text, source="housing.com 2024", verify=True)
    else:
        yield plainly("circle_rate", f"Circle value: {units.exact_rupees(circle)}; the higher value counts.")
    yield plainly("buyer", f"Bought by {_BUYERS[ask.buyer]}.")
    yield plainly("left_out", LEFT_OUT, source="scope of this answer")


_BUYERS: Final = {"male": "a man", "female": "a woman", "joint": "a man and a woman together"}
