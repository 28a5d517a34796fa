"""Comparing: several properties side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field

from storage import search
from tools import units
from tools.contract import Call, Model, tool
from tools.discovery import saying, vocabulary
from tools.discovery.cards import PropertyCard, card, line, made_up
from tools.discovery.locating import places
from tools.discovery.properties import Id, NoSuchProperty


class CompareProperties(Model):
    ids: Annotated[tuple[Id, ...], Field(min_length=2, max_length=5)]
    """Two to five properties."""


class Compared(Model):
    """One thing that is compared."""

    what: str
    values: list[str]
    """One for each property, in the order asked; "unknown" is what the source does not say."""


class Comparison(Model):
    """Properties side by side: where they differ first."""

    differences: list[Compared]
    same: list[Compared]
    items: list[PropertyCard]
    demo: str | None
    """Says so when properties are made-up demonstration data."""

    def summary(self) -> str:
        said = [f"{each.what}: {' | '.join(each.values)}" for each in self.differences]
        return "\n".join([*(line(each) for each in self.items), *said, *([self.demo] if self.demo else [])])


@tool("guest", "read", widget="property-compare", http="GET /properties/compare")
async def compare_properties(call: Call, ask: CompareProperties) -> Comparison:
    """Two to five properties side by side, differences first."""
    ids = list(dict.fromkeys(ask.ids))
    rows = {row["id"]: row for row in await search.by_ids(call.db, ids, None, len(ids))}
    missing = [each for each in ids if each not in rows]
    if missing:
        raise NoSuchProperty(f"There is no property {missing[0]}, or it is no longer offered.")
    known, _ = await places(call)
    items = [card(rows[each], known) for each in ask.ids]
    compared = _compare(items, [rows[each] for each in ask.ids])
    return Comparison(
        differences=[each for each in compared if len(set(each.values)) > 1],
        same=[each for each in compared if len(set(each.values)) == 1],
        items=items,
        demo=made_up(items),
    )


def _compare(items: Sequence[PropertyCard], rows: Sequence[Any]) -> list[Compared]:
    table: dict[str, list[str]] = {
        "Price": [item.price_text for item in items],
        "Price a square foot": [_or_unknown(item.price_per_sqft, "₹{}") for item in items],
        "Area": [_or_unknown(item.area_sqft, "{} sq ft") for item in items],
        "Bedrooms": [_or_unknown(item.bedrooms) for item in items],
        "Kind": [item.kind.replace("_", " ") for item in items],
        "Purpose": [saying.PURPOSES[item.purpose] for item in items],
        "Society": [_or_unknown(item.society) for item in items],
        "Locality": [_or_unknown(item.locality) for item in items],
        "Sector": [_or_unknown(item.sector) for item in items],
        "Metro": ["unknown" if item.metro_m is None else saying.metres(item.metro_m) for item in items],
        "Furnishing": [_or_unknown(item.furnishing) for item in items],
        "Facing": [_or_unknown(item.facing) for item in items],
        "Possession": [_or_unknown(item.possession) for item in items],
        "Age": [_or_unknown(row["age_band"], "{} years") for row in rows],
        "Floor": [_or_unknown(row["floor_band"]) for row in rows],
    }
    for key, amenity in vocabulary.AMENITIES.items():
        if any(key in item.amenities for item in items):
            table[amenity.english] = [_has(row, amenity.bit) for row in rows]
    return [Compared(what=what, values=values) for what, values in table.items()]


def _or_unknown(value: str | float | None, form: str = "{}") -> str:
    if value is None:
        return "unknown"
    said = value.replace("_", " ") if isinstance(value, str) else units.grouped(value)
    return form.format(said)


def _has(row: Any, bit: int) -> str:
    if row["amenities_yes"] >> bit & 1:
        return "yes"
    return "no" if row["amenities_no"] >> bit & 1 else "unknown"
