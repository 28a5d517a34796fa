"""The life of a listing: since when it stands where it does, what was decided about it, and its prices."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Numeric,
    Text,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.listings import STATUSES, Property

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from sqlalchemy.ext.asyncio import AsyncSession

ROLES = ("owner", "carer", "admin", "reviewer", "clock")
"""In which role somebody moved a listing on: the `carer` is a member of staff who looks after it, and the
`clock` is nobody."""


class ListingRow(Base):
    """What is known of a property because somebody looks after its listing here.

    Imported properties have none until somebody does.
    """

    __tablename__ = "listings"
    __table_args__ = (
        Index(
            "listings_submitted_idx",
            "submitted_at",
            "property_id",
            postgresql_where=text("submitted_at is not null"),
        ),
        Index("listings_evidence_idx", "evidence_at", "property_id"),
    )

    property_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("properties.id", ondelete="cascade"), primary_key=True, autoincrement=False
    )
    version: Mapped[int] = mapped_column(Integer, server_default="1")
    """Rises with every change, so that nobody changes what they have not seen."""

    approved: Mapped[str | None]
    """A checksum of what it is and where, as it was approved."""

    approved_words: Mapped[str | None]
    """A checksum of its title and description, as they were read by whoever approved it."""

    approved_price: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    """What it cost then."""

    submission: Mapped[int] = mapped_column(Integer, server_default="0")
    """How often it was handed in for review."""

    submitted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """Since when it waits for a review; null where it does not."""

    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="set null"))
    evidence_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    """When somebody last said, by a deed, that it is still to be had."""

    reminded_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """When its owner was last asked whether it is; null after every answer."""

    expired: Mapped[bool] = mapped_column(server_default="false")
    """Whether it was paused because nobody answered."""

    available_from: Mapped[date | None] = mapped_column(Date)


class MoveRow(Base):
    """A listing that moved on, or was decided about."""

    __tablename__ = "listing_moves"
    __table_args__ = (
        CheckConstraint(f"now in {STATUSES}", name="now"),
        CheckConstraint(f"as_role in {ROLES}", name="as_role"),
        Index("listing_moves_property_id_idx", "property_id", "id"),
        Index("listing_moves_by_id_idx", "by_id"),
        # Whoever decides about a submission is the only one who does.
        Index(
            "listing_moves_decided_idx",
            "property_id",
            "submission",
            unique=True,
            postgresql_where=text("as_role = 'reviewer'"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("properties.id", ondelete="cascade"))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    was: Mapped[str | None]
    now: Mapped[str]
    as_role: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="set null"))
    reason: Mapped[str | None] = mapped_column(Text)
    submission: Mapped[int] = mapped_column(Integer)


class PriceRow(Base):
    """A price that changed. A trigger of `properties` writes it, whoever changes the price."""

    __tablename__ = "listing_prices"
    __table_args__ = (Index("listing_prices_property_id_idx", "property_id", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("properties.id", ondelete="cascade"))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    was: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    price: Mapped[Decimal] = mapped_column(Numeric(14, 2))


class Move(NamedTuple):
    """A listing that moved on: when, from where to where, by whom in which role, and why."""

    at: datetime
    was: str | None
    now: str
    as_role: str
    by_id: int | None = None
    reason: str | None = None
    submission: int = 0


class Price(NamedTuple):
    """A price that changed."""

    at: datetime
    was: Decimal
    price: Decimal


async def begin(db: AsyncSession, property_id: int, now: datetime, **values: Any) -> None:
    """Keep that somebody looks after a listing, where that was not kept."""
    row = insert(ListingRow).values(property_id=property_id, evidence_at=now, **values)
    await db.execute(row.on_conflict_do_nothing())


async def change(db: AsyncSession, property_id: int, **values: Any) -> None:
    """Change what is known of a listing, which makes a new version of it."""
    changed = update(ListingRow).where(ListingRow.property_id == property_id)
    await db.execute(changed.values(**values, version=ListingRow.version + 1))


async def move(db: AsyncSession, property_id: int, made: Move) -> None:
    """Set a listing's status, and keep that and why.

    A second decision about one submission violates `listing_moves_decided_idx`.
    """
    db.add(MoveRow(property_id=property_id, **made._asdict()))
    await db.flush()
    moved = update(Property).where(Property.id == property_id)
    await db.execute(moved.values(status=made.now, updated_at=made.at))


async def moves(db: AsyncSession, property_id: int, limit: int) -> Sequence[Move]:
    """How a listing moved on, the latest first."""
    columns = [MoveRow.__table__.c[name] for name in Move._fields]
    wanted = select(*columns).where(MoveRow.property_id == property_id).order_by(MoveRow.id.desc())
    return [Move(*row) for row in await db.execute(wanted.limit(limit))]


async def prices(db: AsyncSession, property_id: int, limit: int) -> Sequence[Price]:
    """How a property's price changed, the latest first."""
    wanted = select(PriceRow.at, PriceRow.was, PriceRow.price).where(PriceRow.property_id == property_id)
    rows = await db.execute(wanted.order_by(PriceRow.id.desc()).limit(limit))
    return [Price(*row) for row in rows]
