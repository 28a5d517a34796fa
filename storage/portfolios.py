"""Portfolios: which properties a member of staff looks after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import BigInteger, delete, func, literal, select, text
from sqlalchemy.dialects.postgresql import insert

from storage.listings import Property
from storage.people import PersonRow, PortfolioRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal

    from sqlalchemy import Select
    from sqlalchemy.ext.asyncio import AsyncSession


FIRST_CARER: Final = """
select s.* from people s join (
  select staff_id as id, assigned_at from portfolios where property_id = {home}
  union all
  select owner_id, null from properties where id = {home}
) given on given.id = s.id
where (given.assigned_at is null or s.role <> 'member') and s.id <> {but}
  and s.erased_at is null and s.deletes_at is null and num_nonnulls(s.phone, s.email) > 0
order by given.assigned_at nulls last, s.id limit 1"""
"""The first member of staff that a property was given to; where there is none, its owner."""

_CARER: Final = text(FIRST_CARER.format(home=":home", but=":but"))


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
    """Who looks after a property and can be reached, and never `but`: `FIRST_CARER`."""
    wanted = select(PersonRow).from_statement(_CARER)
    return (await db.scalars(wanted, {"home": property_id, "but": but})).one_or_none()


def _staff(person_id: int) -> Select[int]:
    return select(PersonRow.id).where(
        PersonRow.id == person_id, PersonRow.role != "member", PersonRow.erased_at.is_(None)
    )
