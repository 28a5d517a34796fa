"""Cards: a property at a glance, as every list of properties shows it."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING, Any, Final

from storage import photos
from tools import units
from tools.contract import Model
from tools.discovery import vocabulary
from tools.discovery.understood import Facing, Furnishing, Kind, Possession, Purpose
from tools.money import Rupees

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from storage.search_places import Directory

DEMO: Final = "demo"
MADE_UP: Final = "Made-up demonstration data: these properties do not exist."


class Why(Model):
    """Which wishes a property meets. What the source does not say is unknown, not a no."""

    met: list[str]
    missed: list[str]
    unknown: list[str]


class PropertyCard(Model):
    """A property in a list."""

    id: int
    title: str
    purpose: Purpose
    kind: Kind
    price: Rupees
    """Rupees: the whole price to buy, a month's rent otherwise."""

    price_text: str
    bedrooms: int | None
    area_sqft: float | None
    price_per_sqft: int | None
    furnishing: Furnishing | None
    facing: Facing | None
    possession: Possession | None
    locality: str | None
    sector: str | None
    society: str | None
    lat: float | None
    lng: float | None
    distance_m: int | None
    """Metres from the point that was asked for."""

    metro_m: int | None
    """Metres to the nearest metro station, as the crow flies."""

    amenities: list[str]
    """Keys of what the source says there is; see `list_amenities`."""

    flags: list[str]
    """Doubts about this listing; `get_property` explains them."""

    photo: str | None
    first_imported: date
    """When we first imported it; the source gives no listing date."""

    demo: bool
    """Made up for demonstration."""

    why: Why | None
    """Which wishes it meets; null outside a search."""


def card(row: Any, places: Directory, why: Why | None = None) -> PropertyCard:
    """The card of a row with the columns of `storage.search.CARD`."""
    price, area, squared = row["price"], row["area_sqft"], row["d2"]
    name = places.name
    return PropertyCard.of(
        id=row["id"],
        title=row["title"],
        purpose=row["purpose"],
        kind=row["kind"],
        price=price,
        price_text=price_text(price, row["purpose"]),
        bedrooms=row["bedrooms"],
        area_sqft=None if area is None else float(area),
        price_per_sqft=None if area is None else round(price / area),
        furnishing=row["furnishing"],
        facing=row["facing"],
        possession=row["possession"],
        locality=name(row["locality_id"]),
        sector=name(row["sector_id"]),
        society=name(row["society_id"]),
        lat=row["lat"],
        lng=row["lng"],
        distance_m=None if squared is None else round(sqrt(squared)),
        metro_m=row["metro"],
        amenities=amenities(row["amenities_yes"]),
        flags=row["flags"],
        photo=row["photo"] and photos.at_most(row["photo"], 640),
        first_imported=row["listed_on"],
        demo=row["source"] == DEMO,
        why=why,
    )


@lru_cache(maxsize=4096)
def price_text(price: Decimal, purpose: Purpose) -> str:
    """The price as people say it: "₹1.2 Cr", "₹45,000/month"."""
    return units.rupees(price) if purpose == "buy" else units.rent(price)


@lru_cache(maxsize=8192)
def amenities(stored: int) -> list[str]:
    """The amenities of a stored bit set. Shared between cards: never changed."""
    return list(vocabulary.keys(stored))


def line(shown: PropertyCard) -> str:
    """One property in one line, for people who see only text."""
    place = ", ".join(part for part in (shown.society, shown.sector or shown.locality) if part)
    size = f"{shown.bedrooms} BHK " if shown.bedrooms else ""
    kind = shown.kind.replace("_", " ")
    return f"{size}{kind}{f' in {place}' if place else ''}, {shown.price_text} (id {shown.id})"


def made_up(items: Sequence[PropertyCard]) -> str | None:
    """The label of demonstration data, where any of these is."""
    return MADE_UP if any(item.demo for item in items) else None
