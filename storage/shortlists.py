"""Shortlists: the properties that a person wants to come back to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import (
    BigInteger,
    Boolean,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    UniqueConstraint,
    delete,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.listings import Property

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from sqlalchemy.ext.asyncio import AsyncSession

_NEW: Final = literal_column("xmax = 0", Boolean)
"""Of a row that was written with `on conflict do update`: whether it was inserted."""


class ShortlistRow(Base):
    """A property on a person's shortlist."""

    __tablename__ = "shortlists"
    __table_args__ = (
        UniqueConstraint("person_id", "property_id"),
        Index("shortlists_person_id_idx", "person_id", "id"),
        Index("shortlists_property_id_idx", "property_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"))
    property_id: Mapped[int] = mapped_column(ForeignKey("properties.id", ondelete="cascade"))
    added_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class Added(NamedTuple):
    """A row of a shortlist, and whether it is new."""

    id: int
    new: bool


@dataclass(frozen=True, slots=True)
class Shortlisted:
    """A property on a shortlist, as it is now."""

    id: int
    property_id: int
    title: str
    purpose: str
    price: Decimal
    status: str
    added_at: datetime


async def add(db: AsyncSession, person_id: int, property_id: int) -> Added:
    """Put a property on somebody's shortlist, unless it is there."""
    added = insert(ShortlistRow).values(person_id=person_id, property_id=property_id)
    # An update that changes nothing gives the row that is there, also one that was added at the same moment.
    added = added.on_conflict_do_update(
        index_elements=["person_id", "property_id"], set_={"person_id": added.excluded.person_id}
    )
    row = (await db.execute(added.returning(ShortlistRow.id, _NEW))).one()
    return Added(*row)


async def remove(db: AsyncSession, person_id: int, property_id: int) -> int | None:
    """Take a property off somebody's shortlist; the id of the row that was there."""
    removed = delete(ShortlistRow).where(
        ShortlistRow.person_id == person_id, ShortlistRow.property_id == property_id
    )
    return await db.scalar(removed.returning(ShortlistRow.id))


async def count(db: AsyncSession, person_id: int) -> int:
    """How many properties are on somebody's shortlist."""
    return await db.scalar(select(func.count()).where(ShortlistRow.person_id == person_id)) or 0


async def of(db: AsyncSession, person_id: int, *, before: int | None, limit: int) -> Sequence[Shortlisted]:
    """Somebody's shortlist, what was added last first; `before` is the id of a row."""
    wanted = (
        select(
            ShortlistRow.id, Property.id, Property.title, Property.purpose, Property.price, Property.status,
            ShortlistRow.added_at,
        )
        .join(Property, Property.id == ShortlistRow.property_id)
        .where(ShortlistRow.person_id == person_id)
    )  # fmt: skip
    if before is not None:
        wanted = wanted.where(ShortlistRow.id < before)
    rows = await db.execute(wanted.order_by(ShortlistRow.id.desc()).limit(limit))
    return [Shortlisted(*row) for row in rows]
