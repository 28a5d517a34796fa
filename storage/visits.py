"""Visits: who sees which property, when, and who shows it. No two of one of these overlap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, Literal

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    func,
    literal,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint, aggregate_order_by
from sqlalchemy.orm import Mapped, aliased, mapped_column

from storage.base import Base
from storage.listings import Property
from storage.people import PersonRow
from storage.places import Place

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.ext.asyncio import AsyncSession

Side = Literal["visitor", "host"]
By = Literal["visitor", "host", "platform"]
Status = Literal["requested", "confirmed", "completed", "cancelled", "missed"]
STATUSES: Final = ("requested", "confirmed", "completed", "cancelled", "missed")
STANDING: Final = ("requested", "confirmed")
"""In these a visit holds its time."""

SIDES: Final = ("host", "visitor")
REASONS: Final = (
    "plans_changed", "found_another", "cannot_come", "no_longer_offered", "nobody_free", "not_confirmed",
    "other",
)  # fmt: skip
INTERESTS: Final = ("high", "medium", "low", "none")
_STANDS: Final = text(f"status in {STANDING}")
_TIME: Final = text("tstzrange(starts, ends)")
_TURN: Final = 360_921
_TURNS: Final = text(
    "select pg_advisory_xact_lock(:turn, hashint8(each)) from unnest(cast(:ids as bigint[])) as each"
)


def _apart(name: str, column: str) -> ExcludeConstraint:
    return ExcludeConstraint((column, "="), (_TIME, "&&"), where=_STANDS, using="gist", name=name)


class VisitRow(Base):
    """A visit. It holds its time, `starts` included and `ends` not, while it is requested or confirmed."""

    __tablename__ = "visits"
    __table_args__ = (
        CheckConstraint(f"status in {STATUSES}", name="status"),
        CheckConstraint("starts < ends", name="time"),
        CheckConstraint("(status = 'cancelled') = (cancelled_at is not null)", name="cancelled"),
        CheckConstraint(
            f"(status = 'requested') = (awaits is not null) and awaits in {SIDES}", name="awaits"
        ),
        CheckConstraint("cancelled_by in ('visitor', 'host', 'platform')", name="cancelled_by"),
        CheckConstraint(f"reason in {REASONS}", name="reason"),
        CheckConstraint(f"visitor_interest in {INTERESTS} and host_interest in {INTERESTS}", name="interest"),
        CheckConstraint("host_id <> person_id", name="own_home"),
        _apart("visits_one_at_a_time", "property_id"),
        _apart("visits_one_place_at_a_time", "person_id"),
        _apart("visits_one_host_at_a_time", "host_id"),
        Index("visits_person_id_idx", "person_id", "starts", "id"),
        Index("visits_property_id_idx", "property_id"),
        Index("visits_host_id_idx", "host_id", "starts", "id"),
        Index("visits_standing_idx", "starts", "id", postgresql_where=_STANDS),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"))
    property_id: Mapped[int] = mapped_column(ForeignKey("properties.id", ondelete="cascade"))
    host_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="set null"))
    """Who shows it; null while nobody has been found."""

    starts: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    ends: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    status: Mapped[str] = mapped_column(server_default="requested")
    awaits: Mapped[str | None] = mapped_column(server_default="host")
    """Whose yes a requested visit waits for."""

    requested_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    cancelled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    cancelled_by: Mapped[str | None]
    reason: Mapped[str | None]
    revision: Mapped[int] = mapped_column(server_default="0")
    """How often its time or its standing has changed: a calendar takes the highest."""

    visitor_interest: Mapped[str | None]
    visitor_feedback: Mapped[str | None]
    host_interest: Mapped[str | None]
    """How much whoever showed it took the visitor to be interested."""

    host_notes: Mapped[str | None]
    follow_up_on: Mapped[date | None]


@dataclass(frozen=True, slots=True)
class Seen:
    """A visit, with what its property is called and where it is, and the names of both."""

    id: int
    person_id: int
    property_id: int
    host_id: int | None
    starts: datetime
    ends: datetime
    status: Status
    awaits: Side | None
    changed_at: datetime
    cancelled_by: By | None
    reason: str | None
    revision: int
    visitor_interest: str | None
    visitor_feedback: str | None
    host_interest: str | None
    host_notes: str | None
    follow_up_on: date | None
    title: str
    place: str | None
    visitor: str | None
    host: str | None
    host_role: str | None

    @property
    def stands(self) -> bool:
        return self.status in STANDING

    def side_of(self, person_id: int) -> Side | None:
        """On which side somebody is; None where it is no visit of theirs."""
        if person_id == self.person_id:
            return "visitor"
        return "host" if person_id == self.host_id else None


async def take_turns(db: AsyncSession, *whose: int) -> None:
    """Wait until no other transaction books with any of these: a property as its negative id, people.

    The constraints keep visits apart by themselves; two that wait for each other in one would be a deadlock.
    """
    await db.execute(_TURNS, {"turn": _TURN, "ids": sorted(set(whose))})


async def add(
    db: AsyncSession,
    person_id: int,
    property_id: int,
    starts: datetime,
    ends: datetime,
    *,
    host_id: int | None = None,
) -> int:
    """Book a time; the visit's id. A time that is taken violates one of three exclusion constraints."""
    row = VisitRow(person_id=person_id, property_id=property_id, starts=starts, ends=ends, host_id=host_id)
    db.add(row)
    await db.flush()
    return row.id


async def taken(
    db: AsyncSession, property_id: int, starts: datetime, ends: datetime, *, but: int = 0
) -> bool:
    """Whether somebody sees the property within this time, in another visit than `but`."""
    found = _within(starts, ends, but).where(VisitRow.property_id == property_id)
    return await db.scalar(found) is not None


async def busy(db: AsyncSession, person_id: int, starts: datetime, ends: datetime, *, but: int = 0) -> bool:
    """Whether the person sees a property within this time, in another visit than `but`."""
    found = _within(starts, ends, but).where(VisitRow.person_id == person_id)
    return await db.scalar(found) is not None


async def showing(db: AsyncSession, host_id: int, starts: datetime, ends: datetime, *, but: int = 0) -> bool:
    """Whether somebody shows a property within this time, in another visit than `but`."""
    found = _within(starts, ends, but).where(VisitRow.host_id == host_id)
    return await db.scalar(found) is not None


async def shown_within(db: AsyncSession, host_id: int, starts: datetime, ends: datetime) -> Collection[int]:
    """The visits that somebody shows within a time."""
    found = select(VisitRow.id).where(VisitRow.host_id == host_id, *_overlapping(starts, ends))
    return (await db.scalars(found.order_by(VisitRow.starts))).all()


async def count_ahead(db: AsyncSession, person_id: int, now: datetime) -> int:
    """How many visits a person has ahead."""
    ahead = select(func.count()).where(
        VisitRow.person_id == person_id, VisitRow.status.in_(STANDING), VisitRow.starts > now
    )
    return await db.scalar(ahead) or 0


async def held(db: AsyncSession, visit_id: int, person_id: int | None = None) -> Seen | None:
    """A visit of that person, on either side, held against changes until the transaction ends.

    Without a person, any visit.
    """
    wanted = seen().where(VisitRow.id == visit_id)
    if person_id is not None:
        wanted = wanted.where(or_(VisitRow.person_id == person_id, VisitRow.host_id == person_id))
    # Once held it is read anew: whoever was waited for may have changed what it is joined with.
    row = (await db.execute(wanted.with_for_update(of=VisitRow))).one_or_none()
    return None if row is None else Seen(*row)


async def get(db: AsyncSession, visit_id: int, person_id: int) -> Seen | None:
    """A visit of that person, on either side."""
    mine = or_(VisitRow.person_id == person_id, VisitRow.host_id == person_id)
    row = (await db.execute(seen().where(VisitRow.id == visit_id, mine))).one_or_none()
    return None if row is None else Seen(*row)


async def change(db: AsyncSession, visit_id: int, **values: Any) -> None:
    """Change a visit; what calendars show of it has a new revision."""
    changed = update(VisitRow).where(VisitRow.id == visit_id)
    anew = {"changed_at": func.now(), "revision": VisitRow.revision + 1}
    await db.execute(changed.values(**values, **anew))


async def cancel(db: AsyncSession, visit_id: int, by: By, reason: str | None) -> None:
    """Cancel a visit, which frees its time."""
    how = {"cancelled_at": func.now(), "cancelled_by": by, "reason": reason}
    await change(db, visit_id, status="cancelled", awaits=None, **how)


async def note(db: AsyncSession, visit_id: int, **values: Any) -> None:
    """Keep what somebody says of a visit, which no calendar shows."""
    await db.execute(update(VisitRow).where(VisitRow.id == visit_id).values(**values))


def seen() -> Select[*tuple[Any, ...]]:
    """Visits as `Seen` has them."""
    visitor, host = aliased(PersonRow), aliased(PersonRow)
    where = (
        select(func.string_agg(Place.name, aggregate_order_by(literal(", "), Place.kind != "society")))
        .where(Place.id.in_([Property.society_id, func.coalesce(Property.sector_id, Property.locality_id)]))
        .correlate(Property)
        .scalar_subquery()
    )
    row = VisitRow
    return (
        select(
            row.id, row.person_id, row.property_id, row.host_id, row.starts, row.ends, row.status, row.awaits,
            row.changed_at, row.cancelled_by, row.reason, row.revision, row.visitor_interest,
            row.visitor_feedback, row.host_interest, row.host_notes, row.follow_up_on, Property.title, where,
            visitor.name, host.name, host.role,
        )
        .join(Property, Property.id == row.property_id)
        .join(visitor, visitor.id == row.person_id)
        .outerjoin(host, host.id == row.host_id)
    )  # fmt: skip


def _overlapping(starts: datetime, ends: datetime) -> tuple[ColumnElement[bool], ...]:
    return VisitRow.status.in_(STANDING), VisitRow.starts < ends, VisitRow.ends > starts


def _within(starts: datetime, ends: datetime, but: int) -> Select[int]:
    return select(VisitRow.id).where(VisitRow.id != but, *_overlapping(starts, ends)).limit(1)
