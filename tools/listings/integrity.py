"""Integrity: what speaks for and against a listing, and what each of that rests on."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from storage import insights, listing_stale, listing_twins, listings
from storage.search_filters import Filters, Inside
from tools import moments, units
from tools.contract import Call, Model
from tools.listings.showing import STALE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storage.insights import Spread
    from storage.listing_forms import Kept
    from storage.listing_twins import Twin

ENOUGH: Final = 5
"""Comparable properties below which their prices say nothing."""

FENCE: Final = 1.5
"""How many times the middle half's width beyond it a price is out of the ordinary (Tukey's fences)."""

_BY_RATE: Final = frozenset({"plot", "shop", "office"})
"""Kinds whose price is compared by the square foot, since they have no bedrooms."""


class ListingFinding(Model):
    """Something that was looked into."""

    about: Literal["duplicate", "freshness", "price", "place", "text"]
    verdict: Literal["fine", "doubtful", "unknown"]
    text: str
    rests_on: list[str]
    """What was looked at, in words."""

    properties: list[int]
    """Others that it is about."""


async def findings(call: Call, kept: Kept, *, review: bool = False) -> list[ListingFinding]:
    """All that can be looked into about a listing; in a `review` with what others have only handed in."""
    return [
        await _duplicates(call, kept, review),
        await _price(call, kept),
        await _freshness(call, kept),
        _place(kept),
        *_texts(kept),
    ]


async def _duplicates(call: Call, kept: Kept, review: bool) -> ListingFinding:
    purpose = listings.PURPOSES.index(kept.purpose)
    found = await listing_twins.twins(call.db, kept.id, purpose, waiting=review)
    rests = [
        "listings of its society and its owner, and those within 150 metres of an exact point",
        "kind, bedrooms, area within 3 %, price within 10 %",
        f"how {len(kept.photos)} photos look" if kept.photos else "no photos, so nothing on how it looks",
    ]
    if not found:
        return _finding("duplicate", "fine", "No other listing looks like the same home.", rests)
    said = "; ".join(_alike(each) for each in found)
    return _finding(
        "duplicate", "doubtful", f"May be listed twice: {said}.", rests, [each.property_id for each in found]
    )


def _alike(twin: Twin) -> str:
    like = [
        f"{twin.alike_photos} photos look the same" if twin.alike_photos else "",
        f"{twin.metres} m away" if twin.metres is not None else "same society" if twin.same_society else "",
        "same owner" if twin.same_owner else "",
        "same size and price" if twin.area_apart is not None and twin.area_apart <= 0.03 else "",
    ]
    return f"property {twin.property_id} ({', '.join(each for each in like if each)})"


async def _price(call: Call, kept: Kept) -> ListingFinding:
    found, where = await comparable(call, kept)
    by_rate = kept.kind in _BY_RATE
    quartiles, n = (found.rates, found.rates_n) if by_rate else (found.prices, found.n)
    price = float(kept.price)
    if by_rate:
        price = price / float(kept.area_sqft) if kept.area_sqft else 0.0
    what = f"{n} live {_kind(kept)} {where}"
    if quartiles is None or n < ENOUGH or not price:
        said = f"Too little to compare the price with: {what}, at least {ENOUGH} needed."
        return _finding("price", "unknown", said, [what])
    low, middle, high = quartiles
    least, most = low - FENCE * (high - low), high + FENCE * (high - low)
    band = f"{_amount(kept, max(least, 0), by_rate)} to {_amount(kept, most, by_rate)}"
    rests = [what, f"half of them ask {_amount(kept, low, by_rate)} to {_amount(kept, high, by_rate)}"]
    share = round(100 * (price - middle) / middle)
    beside = (
        "at the median" if share == 0 else f"{abs(share)} % {'above' if share > 0 else 'below'} the median"
    )
    if least <= price <= most:
        return _finding("price", "fine", f"The price is within the usual {band}, {beside}.", rests)
    return _finding("price", "doubtful", f"The price is outside of the usual {band}, {beside}.", rests)


async def comparable(call: Call, kept: Kept) -> tuple[Spread, str]:
    """How the prices of comparable live properties lie, and which: of the narrowest place that has enough."""
    ids = (
        (kept.society, Inside(societies=(kept.society_id,)) if kept.society_id else None),
        (kept.sector, Inside(sectors=(kept.sector_id,)) if kept.sector_id else None),
        (kept.locality, Inside(localities=(kept.locality_id,)) if kept.locality_id else None),
        ("Gurugram", None),
    )
    last: tuple[Spread, str] | None = None
    for name, inside in ids:
        if inside is None and name != "Gurugram":
            continue
        filters = Filters(
            purposes=(listings.PURPOSES.index(kept.purpose),),
            kinds=(listings.KINDS.index(kept.kind),),
            bedrooms=() if kept.bedrooms is None else (kept.bedrooms,),
            inside=(inside,) if inside else (),
        )
        last = await insights.spread(call.db, filters), f"in {name}"
        if last[0].n >= ENOUGH:
            break
    assert last is not None
    return last


async def _freshness(call: Call, kept: Kept) -> ListingFinding:
    seen = await listing_stale.evidence(call.db, kept.id, kept.evidence_at)
    rests = [
        f"{what} on {moments.day(at, 'en')}"
        for what, at in (
            ("changed or renewed", seen.owner),
            ("shown", seen.visit),
            ("a question answered", seen.answer),
        )
        if at is not None
    ]
    latest = max(each for each in seen if each is not None)
    days = (call.now() - latest).days
    said = "today" if days <= 0 else "a day ago" if days == 1 else f"{days} days ago"
    verdict = "fine" if call.now() - latest <= STALE else "doubtful"
    return _finding("freshness", verdict, f"Last said to be still there {said}.", rests)


def _place(kept: Kept) -> ListingFinding:
    if kept.lat is None:
        return _finding(
            "place", "unknown", "Where it stands is not known.", ["its society, sector and locality"]
        )
    if "approximate_location" in kept.flags:
        said = "The map shows its society, sector or locality, and not the house."
        return _finding("place", "unknown", said, ["the middle of the smallest place that it names"])
    return _finding("place", "fine", "It stands where its owner set the point.", ["the point on the map"])


def _texts(kept: Kept) -> Iterator[ListingFinding]:
    for flag in kept.flags:
        if flag in listings.FLAGS and flag not in ("approximate_location", "no_location"):
            yield _finding(
                "text", "doubtful", listings.FLAGS[flag], ["its price, area, rooms and words together"]
            )


def _finding(
    about: Literal["duplicate", "freshness", "price", "place", "text"],
    verdict: Literal["fine", "doubtful", "unknown"],
    text: str,
    rests_on: list[str],
    properties: list[int] | None = None,
) -> ListingFinding:
    return ListingFinding(
        about=about, verdict=verdict, text=text, rests_on=rests_on, properties=properties or []
    )


def _kind(kept: Kept) -> str:
    size = f"{kept.bedrooms} BHK " if kept.bedrooms else ""
    for_ = {"buy": "for sale", "rent": "for rent", "pg": "as PG"}[kept.purpose]
    return f"{size}{kept.kind.replace('_', ' ')}s {for_}"


def _amount(kept: Kept, amount: float, by_rate: bool) -> str:
    exact = Decimal(round(amount))
    if by_rate:
        return f"₹{units.grouped(exact)} a square foot"
    return units.rupees(exact) if kept.purpose == "buy" else units.rent(exact)
