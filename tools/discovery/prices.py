"""Prices: what properties of a kind cost in a place, told only where there are enough to tell."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Final

from pydantic import Field

from storage import insights, listings
from storage import search_filters as codes
from tools.contract import Call, Model, tool
from tools.discovery import locating, saying
from tools.discovery.cards import MADE_UP, price_text
from tools.discovery.filters import Alone, Names
from tools.discovery.understood import Kind, Purpose
from tools.money import Rupees

ENOUGH: Final = 5
"""Fewer properties than this say nothing about prices."""


class PriceInsight(Model):
    """Which prices to look at."""

    purpose: Purpose
    locality: Names = ()
    """Names of localities, sectors or societies; any of them. Without one: all of Gurugram."""

    kinds: Annotated[tuple[Kind, ...], Field(max_length=7), Alone] = ()
    """Any of these; all kinds without one."""

    bedrooms: Annotated[tuple[Annotated[int, Field(ge=0, le=50)], ...], Field(max_length=10), Alone] = ()
    """Any of these numbers of bedrooms."""


class Quartiles(Model):
    """The price below which a quarter, a half and three quarters of the properties lie."""

    lower: Rupees
    median: Rupees
    upper: Rupees


class Prices(Model):
    """Asking prices. Listings whose price is doubtful are left out."""

    said: str
    """The answer in a sentence."""

    n: int
    """How many properties it is drawn from."""

    enough: bool
    """False when there are fewer than five; then nothing is told."""

    price: Quartiles | None
    """Rupees; a month's rent for `rent` and `pg`."""

    price_per_sqft: Quartiles | None
    places: list[str]
    as_of: datetime | None
    """When the latest of these listings was imported or changed."""

    demo: str | None
    """Says so when made-up demonstration data is among them."""

    def summary(self) -> str:
        return f"{self.said} {self.demo}" if self.demo else self.said


@tool("guest", "read", http="GET /prices")
async def price_insight(call: Call, ask: PriceInsight) -> Prices:
    """Median and quartiles of asking prices by place, bedrooms, purpose and kind, with the number of
    properties and the date. Says "not enough data" below five."""
    known, gazetteer = await locating.places(call)
    asked = locating.named(ask.locality, gazetteer, "locality", "sector", "society")
    filters = codes.Filters(
        purposes=(listings.PURPOSES.index(ask.purpose),),
        kinds=tuple(listings.KINDS.index(kind) for kind in ask.kinds),
        bedrooms=ask.bedrooms,
        inside=(locating.inside(asked, known),) if asked else (),
    )
    found = await insights.spread(call.db, filters)
    names = [place.name for place in asked]
    enough = found.n >= ENOUGH
    return Prices(
        said=_said(ask, names, found),
        n=found.n,
        enough=enough,
        price=quartiles(found.prices) if enough else None,
        price_per_sqft=quartiles(found.rates) if found.rates_n >= ENOUGH else None,
        places=names,
        as_of=found.as_of if enough else None,
        demo=MADE_UP if found.demo else None,
    )


def quartiles(three: tuple[float, float, float] | None) -> Quartiles | None:
    """Three quartiles, in whole rupees."""
    if three is None:
        return None
    lower, median, upper = (Decimal(round(each)) for each in three)
    return Quartiles(lower=lower, median=median, upper=upper)


def _said(ask: PriceInsight, names: list[str], found: insights.Spread) -> str:
    size = f"{saying.either(str(number) for number in ask.bedrooms)} BHK " if ask.bedrooms else ""
    kinds = saying.either(kind.replace("_", " ") for kind in ask.kinds) if ask.kinds else "properties"
    what = f"{size}{kinds} {saying.PURPOSES[ask.purpose]} in {saying.either(names or ['Gurugram'])}"
    if found.n < ENOUGH or found.prices is None:
        return f"Not enough data on {what}: {found.n} listed, at least {ENOUGH} needed."
    lower, median, upper = (price_text(Decimal(round(each)), ask.purpose) for each in found.prices)
    return f"Half of {found.n} {what} ask {lower} to {upper}; the median is {median}."
