"""Insights: how a listing fares by day, how its price compares, and what would help it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field

from storage import listing_days, listing_life
from tools import moments
from tools.contract import Call, Model, tool
from tools.listings import showing
from tools.listings.access import own
from tools.listings.integrity import ENOUGH, ListingFinding, comparable, findings
from tools.listings.mine import PastPrice
from tools.listings.quality import ListingFix, quality
from tools.money import Rupees
from tools.offers import Id, Status

if TYPE_CHECKING:
    from storage.listing_forms import Kept

_PRICES: Final = 20


class ListingInsights(Model):
    id: Id
    days: Annotated[int, Field(ge=7, le=90)] = 30
    """How many days to look back, today included."""


class ListingDay(Model):
    """What happened to a listing on one day in India."""

    day: date
    views: int
    likes: int
    enquiries: int
    visits: int


class ComparedPrice(Model):
    """How the price lies among comparable live properties. Null where there are fewer than five."""

    where: str
    n: int
    low: Rupees | None
    """A quarter of them ask less."""

    median: Rupees | None
    high: Rupees | None
    """A quarter of them ask more."""


class Insights(Model):
    """How a listing fares."""

    id: int
    status: Status
    title: str
    price: Rupees
    price_text: str
    days: list[ListingDay]
    totals: dict[str, int]
    """Of these days: `views`, `likes`, `enquiries`, `visits`."""

    before: dict[str, int]
    """The same of as many days before them."""

    compared: ComparedPrice
    prices: list[PastPrice]
    """How its price changed, the latest first."""

    findings: list[ListingFinding]
    """What speaks for and against it, with what each rests on."""

    score: int
    fixes: list[ListingFix]

    def summary(self) -> str:
        counted = ", ".join(f"{number} {name}" for name, number in self.totals.items())
        said = [f"{self.title}, {self.price_text}, {self.status}: {counted} in {len(self.days)} days."]
        said += [each.text for each in self.findings if each.verdict == "doubtful" or each.about == "price"]
        said += [f"{fix.text} (+{fix.points})" for fix in self.fixes[:3]]
        return "\n".join(said)


@tool("member", "read", scope="listings:read", http="GET /me/listings/{id}/insights", widget="owner-board")
async def listing_insights(call: Call, ask: ListingInsights) -> Insights:
    """How a listing fares by day, how its price compares, what speaks against it, and what would help."""
    kept, _ = await own(call, ask.id)
    today = call.now().astimezone(moments.INDIA).date()
    first = today - timedelta(days=ask.days - 1)
    found = await listing_days.days(call.db, kept.id, first - timedelta(days=ask.days), today)
    days = [ListingDay.model_validate(each) for each in found]
    before, now = days[: ask.days], days[ask.days :]
    prices = await listing_life.prices(call.db, kept.id, _PRICES)
    told = quality(kept)
    return Insights(
        id=kept.id,
        status=showing.status(kept),
        title=kept.title,
        price=kept.price,
        price_text=showing.price_text(kept),
        days=now,
        totals=_totals(now),
        before=_totals(before),
        compared=await _compared(call, kept),
        prices=[PastPrice(at=each.at, was=each.was, price=each.price) for each in prices],
        findings=await findings(call, kept),
        score=told.score,
        fixes=told.fixes,
    )


def _totals(days: list[ListingDay]) -> dict[str, int]:
    return {
        name: sum(getattr(each, name) for each in days) for name in ("views", "likes", "enquiries", "visits")
    }


async def _compared(call: Call, kept: Kept) -> ComparedPrice:
    found, where = await comparable(call, kept)
    enough = found.prices is not None and found.n >= ENOUGH
    low, median, high = (
        [Decimal(round(each)) for each in found.prices] if found.prices and enough else [None] * 3
    )
    return ComparedPrice(where=where, n=found.n, low=low, median=median, high=high)
