"""One row of a source, read into a property: what it says, what was mended, what is doubtful."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from storage.loading import Features, Offer, Staged, Trace, Whereabouts
from tools.discovery import vocabulary
from tools.discovery.importing import fields
from tools.discovery.importing.doubts import doubts, unit_price
from tools.discovery.importing.position import position
from tools.discovery.importing.text import as_sentences, clean, presented

if TYPE_CHECKING:
    from collections.abc import Mapping

    from storage.loading import PlaceName
    from tools.discovery.importing.names import Names

RULES: Final = 1
"""Raise it when these rules read more or otherwise, so that the next import reads unchanged rows again."""

_LONGEST: Final = {"source_id": 100, "title": 200, "description": 5000}
_NAME: Final = 120
_PAISA: Final = Decimal("0.01")
_MOST_RUPEES: Final = Decimal(10) ** 12
_MOST_SQFT: Final = Decimal(10) ** 9
_BUSINESS: Final = frozenset({"plot", "shop", "office"})
_NOWHERE: Final = (None, None, None)
_SAID: Final = {
    "apartment": "Flat",
    "builder_floor": "Builder Floor",
    "house": "House",
    "plot": "Plot",
    "shop": "Shop",
    "office": "Office",
    "pg": "PG",
}


class RowRefused(Exception):
    """This row cannot become a property; `reason` says why."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Reading:
    """A row's property, with the names of what was mended in it."""

    staged: Staged
    mended: list[str]


@dataclass(slots=True)
class _Row:
    """The cleaned values of one row, and the mendings so far."""

    raw: Mapping[str, str]
    mended: dict[str, None] = field(default_factory=dict[str, None])

    def note(self, mending: str) -> None:
        self.mended[mending] = None

    def text(self, column: str) -> str:
        return clean(self.raw.get(column, ""), _LONGEST.get(column, _NAME), self.note)

    def required(self, column: str, reason: str) -> str:
        text = self.text(column)
        if not text:
            raise RowRefused(reason)
        return text

    def choice(self, column: str, values: dict[str, str], reason: str) -> str:
        found = fields.one_of(values, self.raw[column])
        if found is None:
            raise RowRefused(reason)
        return found


def read(number: int, raw: Mapping[str, str], names: Names) -> Reading:
    """The property that this row describes. Raises `RowRefused` where it lacks what none can do without."""
    row = _Row(raw)
    where = _whereabouts(row, names)
    kind = row.choice("property_type", fields.KINDS, "unknown_kind")
    bedrooms = None if kind in _BUSINESS else _whole(row, "bhk", 99)
    offer = _offer(number, row, kind, bedrooms, where)
    lowered = f"{offer.title} . {offer.description}".lower()
    features = _features(row, offer, bedrooms, lowered)
    trace = Trace(
        flags=_flags(row, offer, features, lowered),
        photos=[],
        first_seen_at=None,
        checksum=_digest(str(RULES), *raw.values()),
        content=_digest(*(str(each) for each in (*offer[2:], features.area_sqft, bedrooms))),
    )
    return Reading(Staged(offer, features, where, trace), list(row.mended))


def _offer(number: int, row: _Row, kind: str, bedrooms: int | None, where: Whereabouts) -> Offer:
    title = row.text("title")
    if not title:
        row.note("title_made")
        title = made_title(kind, bedrooms, where.locality_name or "Gurugram")
    return Offer(
        row=number,
        source_id=row.required("source_id", "no_source_id"),
        purpose=row.choice("listing_for", fields.PURPOSES, "unknown_purpose"),
        kind=kind,
        title=presented(title),
        description=as_sentences(row.text("description")),
        price=_price(row),
    )


def _features(row: _Row, offer: Offer, bedrooms: int | None, lowered: str) -> Features:
    age, said = row.raw.get("age", ""), vocabulary.read_amenities(lowered)
    return Features(
        area_sqft=_area(row),
        bedrooms=bedrooms,
        balconies=_whole(row, "balconies", 99),
        furnishing=fields.one_of(fields.FURNISHINGS, row.raw["furnishing"]),
        facing=fields.one_of(fields.FACINGS, row.raw["facing"]),
        age_band=fields.age_band(age),
        floor_band=fields.rise(row.raw.get("floor_band", "")),
        building_band=fields.rise(row.raw.get("total_floor_band", "")),
        possession=None if offer.kind == "plot" else vocabulary.read_possession(lowered, age),
        amenities_yes=vocabulary.bits(key for key, answer in said.items() if answer == "yes"),
        amenities_no=vocabulary.bits(key for key, answer in said.items() if answer == "no"),
        tenants=list(vocabulary.read_tenants(lowered)) if offer.purpose != "buy" else [],
    )


def _whereabouts(row: _Row, names: Names) -> Whereabouts:
    at = position(row.raw["lat"], row.raw["lng"], row.note) or (None, None)
    locality = names.locality(row.text("locality"))
    sector = names.sector(row.text("sector"))
    if sector is None and locality is not None and locality.kind == "sector":
        sector = locality
    society = _society(row, names)
    return Whereabouts(*at, *(locality or _NOWHERE), *(sector or _NOWHERE)[1:], *(society or _NOWHERE)[1:])


def _flags(row: _Row, offer: Offer, features: Features, lowered: str) -> list[str]:
    quoted = fields.number(row.raw.get("price_per_unit_raw", ""))
    odd = unit_price(offer.price, features.area_sqft, quoted)
    return [*doubts(offer, features, lowered), *([odd] if odd else [])]


def _price(row: _Row) -> Decimal:
    if not row.raw["price_inr"].strip():
        raise RowRefused("no_price")
    price = fields.number(row.raw["price_inr"])
    if price is None or not 0 < price < _MOST_RUPEES or price.quantize(_PAISA) == 0:
        raise RowRefused("bad_price")
    return price.quantize(_PAISA)


def _area(row: _Row) -> Decimal | None:
    if not row.raw["area_sqft"].strip():
        return None
    area = fields.number(row.raw["area_sqft"])
    if area is None or not _PAISA <= area < _MOST_SQFT:
        row.note("area_dropped")
        return None
    return area.quantize(_PAISA)


def _whole(row: _Row, column: str, most: int) -> int | None:
    text = row.raw.get(column, "").strip()
    found = fields.count(text, most) if text else None
    if text and found is None:
        row.note(f"{column}_dropped")
    return found


def _society(row: _Row, names: Names) -> PlaceName | None:
    text = row.text("society")
    found = names.society(text) if text else None
    if text and found is None:
        row.note("society_not_a_name")
    return found


def made_title(kind: str, bedrooms: int | None, place: str) -> str:
    """A title for what has none: "3 BHK Flat in Sector 57"."""
    home = f"{bedrooms} BHK {_SAID[kind]}" if bedrooms else _SAID[kind]
    return f"{home} in {place}"


def _digest(*parts: str) -> str:
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=16).hexdigest()
