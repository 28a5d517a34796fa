"""Charges: a property as far as whoever wants to change it must know, and who looks after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from storage.listings import Property
from storage.people import PortfolioRow

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True, slots=True)
class Charge:
    """A property in somebody's hands."""

    id: int
    title: str
    status: str
    source: str
    owner_id: int | None


async def get(db: AsyncSession, property_id: int, *, hold: bool = False) -> Charge | None:
    """That property. With `hold` others who would change it wait for the end."""
    wanted = select(Property.id, Property.title, Property.status, Property.source, Property.owner_id).where(
        Property.id == property_id
    )
    row = (await db.execute(wanted.with_for_update(key_share=True) if hold else wanted)).one_or_none()
    return None if row is None else Charge(*row)


async def looks_after(db: AsyncSession, person_id: int, property_id: int) -> bool:
    """Whether somebody has a property in their portfolio."""
    there = select(PortfolioRow.property_id).where(
        PortfolioRow.staff_id == person_id, PortfolioRow.property_id == property_id
    )
    return await db.scalar(there) is not None
