"""Reveals: who was shown whose contact, over which property. There is a row for each time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, DateTime, ForeignKey, Identity, Index, case, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.listings import Property
from storage.people import PersonRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession


class RevealRow(Base):
    """A person and whoever looks after a property were shown each other's contacts."""

    __tablename__ = "reveals"
    __table_args__ = (
        Index("reveals_person_id_idx", "person_id", "at"),
        Index("reveals_staff_id_idx", "staff_id", "id"),
        Index("reveals_property_id_idx", "property_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"))
    property_id: Mapped[int] = mapped_column(ForeignKey("properties.id", ondelete="cascade"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody whom a person was shown how to reach, as they were the other way round."""

    id: int
    property_id: int
    title: str
    side: str
    """`asked` or `received`, as the person did."""

    name: str | None
    contact: str | None
    at: datetime


async def add(db: AsyncSession, person_id: int, property_id: int, staff_id: int) -> int:
    """Keep a reveal; its id."""
    row = RevealRow(person_id=person_id, property_id=property_id, staff_id=staff_id)
    db.add(row)
    await db.flush()
    return row.id


async def at(db: AsyncSession, person_id: int, back: int) -> datetime | None:
    """When a person was shown a contact, `back` times ago; None where it was not so often."""
    when = select(RevealRow.at).where(RevealRow.person_id == person_id).order_by(RevealRow.at.desc())
    return await db.scalar(when.offset(back - 1).limit(1))


async def of(db: AsyncSession, person_id: int, *, before: int | None, limit: int) -> Sequence[Known]:
    """With whom a person was shown contacts, the latest first; `before` is the id of one."""
    asked = RevealRow.person_id == person_id
    contact = func.coalesce(PersonRow.phone, PersonRow.email)
    side = case((asked, "asked"), else_="received")
    wanted = (
        select(RevealRow.id, Property.id, Property.title, side, PersonRow.name, contact, RevealRow.at)
        .join(Property, Property.id == RevealRow.property_id)
        .join(PersonRow, PersonRow.id == case((asked, RevealRow.staff_id), else_=RevealRow.person_id))
        .where(or_(asked, RevealRow.staff_id == person_id))
    )
    if before is not None:
        wanted = wanted.where(RevealRow.id < before)
    rows = await db.execute(wanted.order_by(RevealRow.id.desc()).limit(limit))
    return [Known(*row) for row in rows]
