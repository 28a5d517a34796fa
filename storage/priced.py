"""Priced: what a calculation needs to know of a property that is offered."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from sqlalchemy import any_, literal, select

from storage import insights
from storage.listings import KINDS, PURPOSES, Property
from storage.search_filters import Filters, Inside

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

_COLUMNS: Final = (
    Property.id,
    Property.title,
    Property.purpose,
    Property.kind,
    Property.price,
    Property.area_sqft,
    Property.bedrooms,
    Property.locality_id,
    Property.sector_id,
    literal("other_town") == any_(Property.flags),
)


@dataclass(frozen=True, slots=True)
class Priced:
    """A live property: what it costs, how large it is, and where."""

    id: int
    title: str
    purpose: str
    kind: str
    price: Decimal
    area_sqft: Decimal | None
    bedrooms: int | None
    locality_id: int | None
    sector_id: int | None
    elsewhere: bool
    """Its text names another town."""


async def get(db: AsyncSession, property_id: int) -> Priced | None:
    """The property, if it is live."""
    wanted = select(*_COLUMNS).where(Property.id == property_id, Property.status == "live")
    row = (await db.execute(wanted)).one_or_none()
    return None if row is None else Priced(*row)


@dataclass(frozen=True, slots=True)
class Rents:
    """What properties like one are rented for."""

    n: int
    median: Decimal | None


async def rents_like(db: AsyncSession, home: Priced) -> Rents:
    """The rents of homes of its kind and size in its locality, or else in its sector."""
    found = Rents(0, None)
    for inside in (_inside(home.locality_id, "localities"), _inside(home.sector_id, "sectors")):
        if inside is not None and found.median is None:
            found = await _rents(db, home, inside)
    return found


def _inside(place: int | None, within: str) -> Inside | None:
    return None if place is None else Inside(**{within: (place,)})


async def _rents(db: AsyncSession, home: Priced, inside: Inside) -> Rents:
    filters = Filters(
        purposes=(PURPOSES.index("rent"),),
        kinds=(KINDS.index(home.kind),),
        bedrooms=() if home.bedrooms is None else (home.bedrooms,),
        inside=(inside,),
    )
    spread = await insights.spread(db, filters)
    enough = spread.n >= _ENOUGH and spread.prices is not None
    return Rents(spread.n, Decimal(round(spread.prices[1])) if enough and spread.prices else None)


_ENOUGH: Final = 5
"""Fewer rents than this say nothing."""
