"""Visits: who sees which property, and when. Two of one property or of one person never overlap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    and_,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.listings import Property

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select
    from sqlalchemy.ext.asyncio import AsyncSession

STATUSES: Final = ("requested", "cancelled")
_STANDS: Final = text("status = 'requested'")
_TIME: Final = text("tstzrange(starts, ends)")


class VisitRow(Base):
    """A visit. It holds its time, `starts` included and `ends` not, for as long as it is requested."""

    __tablename__ = "visits"
    __table_args__ = (
        CheckConstraint(f"status in {STATUSES}", name="status"),
        CheckConstraint("starts < ends", name="time"),
        CheckConstraint("(status = 'cancelled') = (cancelled_at is not null)", name="cancelled"),
        ExcludeConstraint(
            ("property_id", "="), (_TIME, "&&"), where=_STANDS, using="gist", name="visits_one_at_a_time"
        ),
        ExcludeConstraint(
            ("person_id", "="), (_TIME, "&&"), where=_STANDS, using="gist", name="visits_one_place_at_a_time"
        ),
        Index("visits_person_id_idx", "person_id", "starts", "id"),
        Index("visits_property_id_idx", "property_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"))
    property_id: Mapped[int] = mapped_column(ForeignKey("properties.id", ondelete="cascade"))
    starts: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    ends: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    status: Mapped[str] = mapped_column(server_default="requested")
    requested_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    cancelled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


@dataclass(frozen=True, slots=True)
class Seen:
    """A visit with the title of its property."""

    id: int
    property_id: int
    title: str
    starts: datetime
    ends: datetime
    status: str


async def add(db: AsyncSession, person_id: int, property_id: int, starts: datetime, ends: datetime) -> int:
    """Book a time; the visit's id. A time that is taken violates one of the two exclusion constraints."""
    row = VisitRow(person_id=person_id, property_id=property_id, starts=starts, ends=ends)
    db.add(row)
    await db.flush()
    return row.id


async def taken(db: AsyncSession, property_id: int, starts: datetime, ends: datetime) -> bool:
    """Whether somebody sees the property within this time."""
    return await db.scalar(_within(starts, ends).where(VisitRow.property_id == property_id)) is not None


async def busy(db: AsyncSession, person_id: int, starts: datetime, ends: datetime) -> bool:
    """Whether the person sees a property within this time."""
    return await db.scalar(_within(starts, ends).where(VisitRow.person_id == person_id)) is not None


async def count_ahead(db: AsyncSession, person_id: int, now: datetime) -> int:
    """How many visits a person has ahead."""
    ahead = select(func.count()).where(
        VisitRow.person_id == person_id, VisitRow.status == "requested", VisitRow.starts > now
    )
    return await db.scalar(ahead) or 0


async def held(db: AsyncSession, visit_id: int, person_id: int) -> Seen | None:
    """A person's visit, held against other changes until the transaction ends."""
    wanted = _seen().where(VisitRow.id == visit_id, VisitRow.person_id == person_id)
    row = (await db.execute(wanted.with_for_update(of=VisitRow))).one_or_none()
    return None if row is None else Seen(*row)


async def cancel(db: AsyncSession, visit_id: int) -> None:
    """Cancel a visit, which frees its time."""
    cancelled = update(VisitRow).where(VisitRow.id == visit_id)
    await db.execute(cancelled.values(status="cancelled", cancelled_at=func.now()))


async def of(
    db: AsyncSession,
    person_id: int,
    *,
    status: str | None,
    before: tuple[datetime, int] | None,
    limit: int,
) -> Sequence[Seen]:
    """A person's visits, the latest first; `before` is the start and the id of one."""
    wanted = _seen().where(VisitRow.person_id == person_id)
    if status is not None:
        wanted = wanted.where(VisitRow.status == status)
    if before is not None:
        starts, visit_id = before
        earlier = and_(VisitRow.starts == starts, VisitRow.id < visit_id)
        wanted = wanted.where(or_(VisitRow.starts < starts, earlier))
    rows = await db.execute(wanted.order_by(VisitRow.starts.desc(), VisitRow.id.desc()).limit(limit))
    return [Seen(*row) for row in rows]


def _seen() -> Select[int, int, str, datetime, datetime, str]:
    return select(
        VisitRow.id, VisitRow.property_id, Property.title, VisitRow.starts, VisitRow.ends, VisitRow.status
    ).join(Property, Property.id == VisitRow.property_id)


def _within(starts: datetime, ends: datetime) -> Select[int]:
    return (
        select(VisitRow.id)
        .where(VisitRow.status == "requested", VisitRow.starts < ends, VisitRow.ends > starts)
        .limit(1)
    )
