"""Doubts: what in one row contradicts itself. What shows only between rows is judged in the database."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storage.loading import Features, Offer

_FOR_RENT: Final = re.compile(r"\b(?:for|on) (?:rent|lease)\b")
_SALE: Final = re.compile(r"\b(?:sale|sell|selling|resale|buy|buyers?|purchase|invest\w*|rented|tenants?)\b")
_TOWNS: Final = (
    "bhiwadi|dharuhera|noida|neemrana|rewari|faridabad|ghaziabad|jaipur|alwar|bahadurgarh|palwal|jhajjar"
)
_ELSEWHERE: Final = re.compile(
    r"\b(?:flats?|apartments?|floors?|houses?|villas?|plots?|land|property|properties|projects?|township|society|"
    r"sale|rent|located|situated|available|residential|commercial)"
    rf" (?:\w+ ){{0,2}}?(?:in|at) (?:\w+ ){{0,3}}?(?:{_TOWNS})\b"
    r"(?! (?:road|highway|expressway|border|link|toll|side))"
)
_SALE_RATE: Final = 500
"""Rupees a square foot below which nothing that is built is sold, and above which nothing is let."""

_MOST_BEDROOMS: Final = {"apartment": 7, "builder_floor": 7, "pg": 60}
_MOST_BEDROOMS_OF_A_HOUSE: Final = 10
_LEAST_SQFT_A_BEDROOM: Final = 70
_SQFT_A_SQUARE_YARD: Final = 9
_NEAR: Final = Decimal("0.05")


def doubts(offer: Offer, features: Features, lowered: str) -> Iterator[str]:
    """The flags of a row, from its own values and its lower-case text."""
    area = features.area_sqft
    if offer.purpose == "buy" and (_reads_as_rent(lowered) or _is_rent_size(offer, area)):
        yield "rent_listed_as_sale"
    if offer.purpose == "rent" and area is not None and offer.price / area > _SALE_RATE:
        yield "sale_listed_as_rent"
    if features.bedrooms:
        if features.bedrooms > _MOST_BEDROOMS.get(offer.kind, _MOST_BEDROOMS_OF_A_HOUSE):
            yield "bedrooms_implausible"
        if area is not None and area / features.bedrooms < _LEAST_SQFT_A_BEDROOM:
            yield "area_outlier"
    if _ELSEWHERE.search(lowered):
        yield "other_town"


def _reads_as_rent(text: str) -> bool:
    return _FOR_RENT.search(text) is not None and _SALE.search(text) is None


def _is_rent_size(offer: Offer, area: Decimal | None) -> bool:
    return offer.kind != "plot" and area is not None and offer.price / area < _SALE_RATE


def unit_price(price: Decimal, area: Decimal | None, quoted: Decimal | None) -> str | None:
    """What is odd about the quoted price a unit: it is by the square yard, or fits nothing; or None."""
    if area is None or quoted is None or quoted <= 0:
        return None
    rate = price / area
    if abs(rate - quoted) <= max(1, quoted * _NEAR):
        return None
    if abs(rate * _SQFT_A_SQUARE_YARD / quoted - 1) <= _NEAR:
        return "price_per_sq_yard"
    return "price_per_unit_mismatch"
