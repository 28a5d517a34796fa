"""Enquiries: what somebody and whoever looks after a property say to each other, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Text,
    UniqueConstraint,
    Uuid,
    and_,
    case,
    exists,
    func,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, aliased, mapped_column

from storage.base import Base
from storage.listings import Property
from storage.people import PersonRow
from storage.portfolios import FIRST_CARER
from storage.tickets import TicketRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncSession

STAGES: Final = ("new", "contacted", "visiting", "negotiating", "won", "lost")

_LEFT: Final = text(f"""
select e.id, next.id as next_id
from enquiries e
join properties h on h.id = e.property_id
left join people c on c.id = e.carer_id and c.erased_at is null and c.deletes_at is null
  and (c.role <> 'member' or c.id = h.owner_id)
cross join lateral ({FIRST_CARER.format(home="e.property_id", but="e.person_id")}) next
where c.id is null and e.ended_at is null
  and not exists (
    select from blocks b
    where (b.person_id, b.blocked_id) in ((e.person_id, next.id), (next.id, e.person_id)))
order by e.last_at desc, e.id limit :limit
for no key update of e skip locked""")  # noqa: S608 -- made of constants


class EnquiryRow(Base):
    """What one person asks about one property, and who answers."""

    __tablename__ = "enquiries"
    __table_args__ = (
        UniqueConstraint("property_id", "person_id"),
        CheckConstraint(f"stage in {STAGES}", name="stage"),
        CheckConstraint("person_id <> carer_id", name="others"),
        Index("enquiries_person_id_idx", "person_id", "last_at", "id"),
        Index("enquiries_carer_id_idx", "carer_id", "last_at", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("properties.id", ondelete="cascade"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"))
    """Who asks."""

    carer_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="set null"))
    """Who answers: the member of staff who looks after the property, or its owner. Null where they have left
    and nobody has come after them."""

    stage: Mapped[str] = mapped_column(server_default="new")
    opened_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    last_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    """When something was last said."""

    answered_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """When whoever looks after it first answered."""

    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """When it was won or lost."""

    ticket_id: Mapped[UUID | None] = mapped_column(Uuid)
    """With which the owner was asked to show their contact. Tickets are forgotten a while after they end."""

    shared_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """Since when the two know how to reach each other."""


class MessageRow(Base):
    """Something that one said to the other, as it was passed on."""

    __tablename__ = "enquiry_messages"
    __table_args__ = (
        Index("enquiry_messages_enquiry_id_idx", "enquiry_id", "id"),
        Index("enquiry_messages_by_id_idx", "by_id", "at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    enquiry_id: Mapped[int] = mapped_column(ForeignKey("enquiries.id", ondelete="cascade"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="set null"))
    """Null, and without words, where whoever said it has left."""

    text: Mapped[str] = mapped_column(Text)
    masked: Mapped[bool] = mapped_column(Boolean)
    """Whether something in it was hidden; what it was is kept nowhere."""

    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class NoteRow(Base):
    """What whoever looks after a property notes about an enquiry, for themselves."""

    __tablename__ = "enquiry_notes"
    __table_args__ = (
        Index("enquiry_notes_enquiry_id_idx", "enquiry_id", "id"),
        Index("enquiry_notes_by_id_idx", "by_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    enquiry_id: Mapped[int] = mapped_column(ForeignKey("enquiries.id", ondelete="cascade"))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


@dataclass(frozen=True, slots=True)
class Lead:
    """An enquiry with what both sides are shown of it."""

    id: int
    property_id: int
    title: str
    owner_id: int | None
    person_id: int
    person: str | None
    carer_id: int | None
    carer: str | None
    carer_role: str | None
    stage: str
    opened_at: datetime
    last_at: datetime
    answered_at: datetime | None
    shared_at: datetime | None
    last: str | None
    last_by: int | None
    """0 where whoever said it has left."""

    asked: bool
    """Whether the owner was asked to show their contact and has not decided."""

    declined: bool
    """Whether they said no."""

    @property
    def answers(self) -> bool:
        """Whether whoever answers still may: a member of staff, or the owner."""
        return self.carer_id is not None and (self.carer_role != "member" or self.carer_id == self.owner_id)


@dataclass(frozen=True, slots=True)
class Message:
    id: int
    by_id: int | None
    text: str
    masked: bool
    at: datetime


async def open_(
    db: AsyncSession, property_id: int, person_id: int, carer_id: int, now: datetime
) -> tuple[int, bool]:
    """What a person asks about a property, held, and whether it is new. `carer_id` answers from now on."""
    values = {"property_id": property_id, "person_id": person_id, "carer_id": carer_id}
    made = insert(EnquiryRow).values(**values, opened_at=now, last_at=now)
    made = made.on_conflict_do_update(
        index_elements=["property_id", "person_id"], set_={"carer_id": carer_id, **_anew(carer_id)}
    )
    row = (await db.execute(made.returning(EnquiryRow.id, EnquiryRow.opened_at))).one()
    return row[0], row[1] == now


async def lead(db: AsyncSession, enquiry_id: int, now: datetime, *, hold: bool = False) -> Lead | None:
    """An enquiry. With `hold` others who would change it wait until the transaction ends."""
    if hold:
        held = select(EnquiryRow.id).where(EnquiryRow.id == enquiry_id).with_for_update(key_share=True)
        await db.execute(held)
    row = (await db.execute(_leads(now).where(EnquiryRow.id == enquiry_id))).one_or_none()
    return None if row is None else Lead(*row)


async def between(db: AsyncSession, property_id: int, person_id: int, now: datetime) -> Lead | None:
    """What a person has asked about a property."""
    wanted = _leads(now).where(EnquiryRow.property_id == property_id, EnquiryRow.person_id == person_id)
    row = (await db.execute(wanted)).one_or_none()
    return None if row is None else Lead(*row)


async def of(
    db: AsyncSession,
    person_id: int,
    now: datetime,
    *,
    side: str | None,
    stage: str | None,
    before: tuple[datetime, int] | None,
    limit: int,
) -> Sequence[Lead]:
    """A person's enquiries, the one that something was last said in first.

    `side` is `asked`, for those that they made, or `received`, for those that they answer or that are about
    what they own.
    """
    wanted = _leads(now).where(_sides(person_id, side))
    if stage is not None:
        wanted = wanted.where(EnquiryRow.stage == stage, EnquiryRow.person_id != person_id)
    if before is not None:
        wanted = wanted.where(tuple_(EnquiryRow.last_at, EnquiryRow.id) < tuple_(*before))
    rows = await db.execute(wanted.order_by(EnquiryRow.last_at.desc(), EnquiryRow.id.desc()).limit(limit))
    return [Lead(*row) for row in rows]


async def visiting(db: AsyncSession, property_id: int, person_id: int) -> None:
    """Let what somebody asked about a property have come as far as a visit, if it had not come that far."""
    earlier = update(EnquiryRow).where(
        EnquiryRow.property_id == property_id,
        EnquiryRow.person_id == person_id,
        EnquiryRow.stage.in_(("new", "contacted")),
    )
    await db.execute(earlier.values(stage="visiting"))


async def count(db: AsyncSession, person_id: int) -> tuple[dict[str, int], int]:
    """How many enquiries a person has received, by stage, and how many wait for their answer."""
    last = _last(MessageRow.by_id)
    waits = and_(EnquiryRow.carer_id == person_id, last == EnquiryRow.person_id)
    counted = select(EnquiryRow.stage, func.count(), func.count().filter(waits))
    rows = (await db.execute(counted.where(_sides(person_id, "received")).group_by(EnquiryRow.stage))).all()
    return {stage: n for stage, n, _ in rows}, sum(waiting for *_, waiting in rows)


async def change(db: AsyncSession, enquiry_id: int, **values: Any) -> None:
    """Change columns of an enquiry."""
    await db.execute(update(EnquiryRow).where(EnquiryRow.id == enquiry_id).values(**values))


async def say(
    db: AsyncSession, enquiry_id: int, by_id: int, text: str, now: datetime, *, masked: bool
) -> int:
    """Keep what somebody says in an enquiry; its id."""
    row = MessageRow(enquiry_id=enquiry_id, by_id=by_id, text=text, masked=masked, at=now)
    db.add(row)
    await db.flush()
    first = case((EnquiryRow.carer_id == by_id, func.coalesce(EnquiryRow.answered_at, now)))
    first = func.coalesce(first, EnquiryRow.answered_at)
    contacted = case(
        (and_(EnquiryRow.stage == "new", EnquiryRow.carer_id == by_id), "contacted"), else_=EnquiryRow.stage
    )
    await change(db, enquiry_id, last_at=now, answered_at=first, stage=contacted)
    return row.id


async def messages(db: AsyncSession, enquiry_id: int, *, before: int | None, limit: int) -> Sequence[Message]:
    """What was said in an enquiry, the latest first; `before` is the id of one."""
    wanted = select(MessageRow.id, MessageRow.by_id, MessageRow.text, MessageRow.masked, MessageRow.at).where(
        MessageRow.enquiry_id == enquiry_id
    )
    if before is not None:
        wanted = wanted.where(MessageRow.id < before)
    rows = await db.execute(wanted.order_by(MessageRow.id.desc()).limit(limit))
    return [Message(*row) for row in rows]


async def note(db: AsyncSession, enquiry_id: int, by_id: int, text: str, now: datetime) -> int:
    """Keep a note about an enquiry; its id."""
    row = NoteRow(enquiry_id=enquiry_id, by_id=by_id, text=text, at=now)
    db.add(row)
    await db.flush()
    return row.id


async def notes(db: AsyncSession, enquiry_id: int, by_id: int, limit: int) -> Sequence[tuple[str, datetime]]:
    """What somebody noted about an enquiry, the latest first."""
    wanted = select(NoteRow.text, NoteRow.at).where(NoteRow.enquiry_id == enquiry_id, NoteRow.by_id == by_id)
    return [(text, at) for text, at in await db.execute(wanted.order_by(NoteRow.id.desc()).limit(limit))]


async def opened(db: AsyncSession, person_id: int, back: int) -> datetime | None:
    """When somebody began an enquiry, `back` times ago; None where they did not so often."""
    when = select(EnquiryRow.opened_at).where(EnquiryRow.person_id == person_id)
    return await db.scalar(when.order_by(EnquiryRow.opened_at.desc()).offset(back - 1).limit(1))


async def said(db: AsyncSession, person_id: int, back: int) -> datetime | None:
    """When somebody said something in any enquiry, `back` times ago."""
    when = select(MessageRow.at).where(MessageRow.by_id == person_id)
    return await db.scalar(when.order_by(MessageRow.at.desc()).offset(back - 1).limit(1))


async def repeated(db: AsyncSession, person_id: int, text: str, since: datetime) -> int:
    """In how many enquiries somebody has said the very same."""
    where = MessageRow.by_id == person_id, MessageRow.text == text, MessageRow.at > since
    return await db.scalar(select(func.count(MessageRow.enquiry_id.distinct())).where(*where)) or 0


async def unanswered(db: AsyncSession, enquiry_id: int, by_id: int) -> int:
    """How often somebody has said something since the other last did."""
    other = select(func.max(MessageRow.id)).where(
        MessageRow.enquiry_id == enquiry_id, MessageRow.by_id.is_distinct_from(by_id)
    )
    after = MessageRow.id > func.coalesce(other.scalar_subquery(), 0)
    since = select(func.count()).where(MessageRow.enquiry_id == enquiry_id, after)
    return await db.scalar(since) or 0


async def move(db: AsyncSession, giver: int, taker: int, property_ids: Sequence[int]) -> int:
    """Let one answer what another was asked about these properties and has not ended; how many enquiries."""
    moved = (
        update(EnquiryRow)
        .where(
            EnquiryRow.property_id.in_(property_ids),
            EnquiryRow.carer_id == giver,
            EnquiryRow.person_id != taker,
            EnquiryRow.ended_at.is_(None),
        )
        .values(carer_id=taker, **_anew(taker))
    )
    return len((await db.scalars(moved.returning(EnquiryRow.id))).all())


async def left(db: AsyncSession, now: datetime, limit: int) -> Sequence[tuple[Lead, int]]:
    """Enquiries that have not ended and whose carer has left, or is none any more, with who answers next.

    They are held until the transaction ends; those that others hold are left out.
    """
    found = (await db.execute(_LEFT, {"limit": limit})).all()
    next_: dict[int, int] = {row.id: row.next_id for row in found}
    rows = await db.execute(_leads(now).where(EnquiryRow.id.in_(next_)).order_by(EnquiryRow.id))
    return [(Lead(*row), next_[row[0]]) for row in rows]


async def hand_on(db: AsyncSession, enquiry_id: int, taker: int) -> None:
    """Let somebody answer an enquiry from now on."""
    handed = update(EnquiryRow).where(EnquiryRow.id == enquiry_id)
    await db.execute(handed.values(carer_id=taker, **_anew(taker)))


def _anew(carer_id: int) -> dict[str, Any]:
    """What two knew of each other is not known to a third who answers from now on."""
    same = EnquiryRow.carer_id == carer_id
    return {name: case((same, getattr(EnquiryRow, name))) for name in ("shared_at", "ticket_id")}


def _sides(person_id: int, side: str | None) -> ColumnElement[bool]:
    own = select(Property.id).where(Property.owner_id == person_id)
    asked = EnquiryRow.person_id == person_id
    staff = exists().where(PersonRow.id == person_id, PersonRow.role != "member")
    given = and_(EnquiryRow.carer_id == person_id, staff)
    received = and_(or_(given, EnquiryRow.property_id.in_(own)), ~asked)
    return {"asked": asked, "received": received}.get(side or "", or_(asked, received))


def _last(what: Any) -> Any:
    """What stands in the latest message of an enquiry."""
    latest = select(what).where(MessageRow.enquiry_id == EnquiryRow.id).order_by(MessageRow.id.desc())
    return latest.limit(1).correlate(EnquiryRow).scalar_subquery()


def _leads(now: datetime) -> Any:
    person, carer = aliased(PersonRow), aliased(PersonRow)
    ticket = TicketRow.id == EnquiryRow.ticket_id
    waits = exists().where(ticket, TicketRow.decided_at.is_(None), TicketRow.expires_at > now)
    declined = exists().where(ticket, TicketRow.outcome == "declined")
    return (
        select(
            EnquiryRow.id, EnquiryRow.property_id, Property.title, Property.owner_id, person.id, person.name,
            carer.id, carer.name, carer.role, EnquiryRow.stage, EnquiryRow.opened_at, EnquiryRow.last_at,
            EnquiryRow.answered_at, EnquiryRow.shared_at, _last(MessageRow.text),
            _last(func.coalesce(MessageRow.by_id, 0)), waits, declined,
        )
        .join(Property, Property.id == EnquiryRow.property_id)
        .join(person, person.id == EnquiryRow.person_id)
        .outerjoin(carer, carer.id == EnquiryRow.carer_id)
    )  # fmt: skip
