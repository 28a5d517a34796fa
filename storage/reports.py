"""Reports: what people say should not be here, and what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.engine import driver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

KINDS: Final = "('property', 'photo', 'enquiry', 'comment')"
OUTCOMES: Final = "('dismissed', 'taken_down', 'warned', 'blocked')"
_OPEN: Final = text("outcome is null")


class ReportRow(Base):
    """What one person said of one thing. It stays when the thing is gone, as it was said then."""

    __tablename__ = "reports"
    __table_args__ = (
        CheckConstraint(f"kind in {KINDS}", name="kind"),
        CheckConstraint(f"outcome in {OUTCOMES}", name="outcome"),
        CheckConstraint("(outcome is null) = (handled_at is null)", name="handled"),
        Index("reports_open_idx", "kind", "target", "reporter_id", unique=True, postgresql_where=_OPEN),
        Index("reports_target_idx", "kind", "target"),
        Index("reports_reporter_id_idx", "reporter_id", "at"),
        Index("reports_reported_id_idx", "reported_id"),
        Index("reports_handled_by_idx", "handled_by"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="set null"))
    kind: Mapped[str]
    target: Mapped[int] = mapped_column(BigInteger)
    """The id of what is meant, among those of its kind."""

    property_id: Mapped[int | None] = mapped_column(BigInteger)
    """The property that it is about."""

    reported_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="set null"))
    """Whose it is; null for guests, and for listings that came from elsewhere."""

    reason: Mapped[str]
    words: Mapped[str]
    quoted: Mapped[str]
    """What stood there when it was reported."""

    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    outcome: Mapped[str | None]
    note: Mapped[str | None]
    handled_by: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="set null"))
    handled_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class Subject(NamedTuple):
    """What can be reported: which property it is about, whose it is, and what stands there."""

    property_id: int | None
    reported_id: int | None
    quoted: str


_PROPERTY: Final = """
select id, owner_id, left(title || E'\\n' || description, 2000)
from properties where id = $1 and status in ('live', 'paused')"""
_PHOTO: Final = """
select p.id, coalesce(p.owner_id, ph.person_id), coalesce(ph.caption || E'\\n', '') || '/media/' || ph.folder
    || '/1280.webp'
from photos ph join properties p on p.id = ph.property_id
where ph.id = $1 and ph.state = 'ready' and ph.removed_at is null and p.status in ('live', 'paused')"""
_ENQUIRY: Final = """
select e.property_id, other.id, coalesce((
    select string_agg(said.text, E'\\n' order by said.id) from (
        select id, text from enquiry_messages
        where enquiry_id = e.id and by_id = other.id order by id desc limit 5) said), '')
from enquiries e
join people other on other.id = case when e.person_id = $2 then e.carer_id else e.person_id end
where e.id = $1 and $2 in (e.person_id, e.carer_id)"""
_COMMENT: Final = """
select property_id, author_id, name || ': ' || text
from shortlist_comments where id = $1 and person_id = $2"""
_SUBJECTS: Final = {"property": _PROPERTY, "photo": _PHOTO, "enquiry": _ENQUIRY, "comment": _COMMENT}
_OF_A_PERSON: Final = frozenset({"enquiry", "comment"})
"""What only one who takes part in it sees."""


async def subject(db: AsyncSession, kind: str, id_: int, person_id: int) -> Subject | None:
    """What somebody means by an id; None where they see no such thing."""
    given = (id_, person_id) if kind in _OF_A_PERSON else (id_,)
    row = await (await driver(db)).fetchrow(_SUBJECTS[kind], *given)
    return None if row is None else Subject(*row)


async def add(db: AsyncSession, row: dict[str, object]) -> int | None:
    """Keep a report; None where the person's report of the same waits already."""
    added = (
        insert(ReportRow)
        .values(row)
        .on_conflict_do_nothing(index_elements=["kind", "target", "reporter_id"], index_where=_OPEN)
    )
    return await db.scalar(added.returning(ReportRow.id))


async def waiting_of(db: AsyncSession, kind: str, target: int, person_id: int) -> int | None:
    """The report of somebody about something that waits."""
    meant = (ReportRow.kind == kind, ReportRow.target == target, ReportRow.reporter_id == person_id)
    return await db.scalar(select(ReportRow.id).where(*meant, ReportRow.outcome.is_(None)))


async def made(db: AsyncSession, person_id: int, since: datetime) -> int:
    """How much somebody has reported since then."""
    mine = (ReportRow.reporter_id == person_id, ReportRow.at > since)
    return await db.scalar(select(func.count()).select_from(ReportRow).where(*mine)) or 0


async def get(db: AsyncSession, id_: int) -> ReportRow | None:
    """A report."""
    return await db.get(ReportRow, id_, populate_existing=True)


async def first_open(db: AsyncSession, *, after: int, limit: int) -> Sequence[ReportRow]:
    """The first report of everything that waits, the longest first."""
    firsts = select(func.min(ReportRow.id)).where(ReportRow.outcome.is_(None))
    firsts = firsts.group_by(ReportRow.kind, ReportRow.target)
    found = select(ReportRow).where(ReportRow.id.in_(firsts), ReportRow.id > after)
    return (await db.scalars(found.order_by(ReportRow.id).limit(limit))).all()


async def waiting(db: AsyncSession, kind: str, target: int, *, hold: bool = False) -> Sequence[ReportRow]:
    """All that waits about one thing, the first first; with `hold` nobody else handles it meanwhile."""
    meant = (ReportRow.kind == kind, ReportRow.target == target, ReportRow.outcome.is_(None))
    found = select(ReportRow).where(*meant).order_by(ReportRow.id)
    return (await db.scalars(found.with_for_update() if hold else found)).all()


async def earlier(db: AsyncSession, row: ReportRow, limit: int) -> Sequence[ReportRow]:
    """What was decided about the same thing or the same person, the latest first."""
    about = (ReportRow.kind == row.kind) & (ReportRow.target == row.target)
    if row.reported_id is not None:
        about |= ReportRow.reported_id == row.reported_id
    found = select(ReportRow).where(about, ReportRow.outcome.is_not(None))
    return (await db.scalars(found.order_by(ReportRow.handled_at.desc(), ReportRow.id).limit(limit))).all()


async def handle(
    db: AsyncSession, ids: Sequence[int], outcome: str, note: str | None, by: int, now: datetime
) -> None:
    """Keep what came of reports."""
    came = {"outcome": outcome, "note": note, "handled_by": by, "handled_at": now}
    await db.execute(update(ReportRow).where(ReportRow.id.in_(ids)).values(**came))
