"""Portfolios: which properties a member of staff looks after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, and_, delete, func, literal, or_, select
from sqlalchemy.dialects.postgresql import insert

from storage.listings import Property
from storage.people import PersonRow, PortfolioRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal

    from sqlalchemy import Select
    from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True, slots=True)
class Assigned:
    """A property in somebody's portfolio."""

    property_id: int
    title: str
    purpose: str
    price: Decimal
    status: str
    assigned_at: datetime


async def can_have_one(db: AsyncSession, person_id: int) -> bool:
    """Whether somebody is staff or an admin."""
    return await db.scalar(_staff(person_id)) is not None


async def hold(db: AsyncSession, person_id: int) -> bool:
    """Whether somebody can have a portfolio, and it stays so until the transaction ends.

    Whoever takes the role away waits, and then finds what was assigned.
    """
    return await db.scalar(_staff(person_id).with_for_update(read=True)) is not None


async def assign(db: AsyncSession, staff_id: int, property_id: int) -> bool:
    """Give a property to the portfolio of somebody who can have one; whether it was not there before."""
    given = insert(PortfolioRow).values(staff_id=staff_id, property_id=property_id)
    given = given.on_conflict_do_nothing().returning(PortfolioRow.property_id)
    return await db.scalar(given) is not None


async def assign_source(db: AsyncSession, staff_id: int, source: str, limit: int) -> int:
    """Give somebody the first live properties of a source that nobody looks after; how many."""
    taken = select(PortfolioRow.property_id).where(PortfolioRow.property_id == Property.id).exists()
    free = (
        select(literal(staff_id, BigInteger), Property.id)
        .where(Property.source == source, Property.status == "live", ~taken)
        .order_by(Property.id)
        .limit(limit)
    )
    given = insert(PortfolioRow).from_select(["staff_id", "property_id"], free)
    return len((await db.scalars(given.returning(PortfolioRow.property_id))).all())


async def unassign(db: AsyncSession, staff_id: int, property_id: int) -> bool:
    """Take a property out of somebody's portfolio; whether it was there."""
    taken = delete(PortfolioRow).where(
        PortfolioRow.staff_id == staff_id, PortfolioRow.property_id == property_id
    )
    return await db.scalar(taken.returning(PortfolioRow.property_id)) is not None


async def release(db: AsyncSession, staff_id: int) -> int:
    """Empty somebody's portfolio; how many properties were in it."""
    taken = delete(PortfolioRow).where(PortfolioRow.staff_id == staff_id)
    return len((await db.scalars(taken.returning(PortfolioRow.property_id))).all())


async def of(db: AsyncSession, staff_id: int, *, after: int | None, limit: int) -> Sequence[Assigned]:
    """What is in somebody's portfolio, by property id."""
    wanted = (
        select(
            Property.id, Property.title, Property.purpose, Property.price, Property.status,
            PortfolioRow.assigned_at,
        )
        .join(PortfolioRow, PortfolioRow.property_id == Property.id)
        .where(PortfolioRow.staff_id == staff_id)
    )  # fmt: skip
    if after is not None:
        wanted = wanted.where(Property.id > after)
    rows = await db.execute(wanted.order_by(Property.id).limit(limit))
    return [Assigned(*row) for row in rows]


async def count(db: AsyncSession, staff_id: int) -> int:
    """How many properties are in somebody's portfolio."""
    return await db.scalar(select(func.count()).where(PortfolioRow.staff_id == staff_id)) or 0


async def count_live(db: AsyncSession, staff_id: int) -> int:
    """How many live properties somebody looks after."""
    live = (
        select(func.count()).select_from(PortfolioRow).join(Property, Property.id == PortfolioRow.property_id)
    )
    return await db.scalar(live.where(PortfolioRow.staff_id == staff_id, Property.status == "live")) or 0


async def carer(db: AsyncSession, property_id: int, *, but: int) -> PersonRow | None:
    """Who looks after a property and can be reached, and never `but`.

    It is the first member of staff that it was given to; where there is none, its owner.
    """
    given = and_(PortfolioRow.property_id == Property.id, PersonRow.role != "member")
    wanted = (
        select(PersonRow)
        .join(Property, Property.id == property_id)
        .outerjoin(PortfolioRow, and_(given, PortfolioRow.staff_id == PersonRow.id))
        .where(
            or_(PortfolioRow.staff_id.is_not(None), PersonRow.id == Property.owner_id),
            PersonRow.id != but,
            PersonRow.erased_at.is_(None),
            PersonRow.deletes_at.is_(None),
            func.num_nonnulls(PersonRow.phone, PersonRow.email) > 0,
        )
    )
    first = PortfolioRow.assigned_at.asc().nulls_last()
    return await db.scalar(wanted.order_by(first, PersonRow.id).limit(1))


def _staff(person_id: int) -> Select[int]:
    return select(PersonRow.id).where(
        PersonRow.id == person_id, PersonRow.role != "member", PersonRow.erased_at.is_(None)
    )
