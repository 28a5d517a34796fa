"""Charges: whom a property is in the hands of: its owner, whoever looks after it as staff, and admins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import false, or_, select, true

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


async def charge(
    db: AsyncSession, property_id: int, person_id: int, *, staff: bool, admin: bool, hold: bool = False
) -> Charge | None:
    """The property, if this person may change it. With `hold` others who would change it wait for the end."""
    given = select(PortfolioRow.property_id).where(
        PortfolioRow.staff_id == person_id, PortfolioRow.property_id == Property.id
    )
    theirs = or_(
        true() if admin else false(),
        Property.owner_id == person_id,
        given.exists() if staff else false(),
    )
    wanted = select(Property.id, Property.title, Property.status, Property.source, Property.owner_id).where(
        Property.id == property_id, theirs
    )
    row = (await db.execute(wanted.with_for_update(key_share=True) if hold else wanted)).one_or_none()
    return None if row is None else Charge(*row)
