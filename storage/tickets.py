"""Consent tickets: what waits for a person to confirm it, exactly as it was shown."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    Uuid,
    delete,
    func,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select
    from sqlalchemy.ext.asyncio import AsyncSession

KINDS: Final = ("page", "host", "chat")
OUTCOMES: Final = ("done", "declined", "void")
Outcome = Literal["done", "declined", "void"]


class TicketRow(Base):
    """One thing that waits for one person. It is decided at most once."""

    __tablename__ = "tickets"
    __table_args__ = (
        CheckConstraint(f"kind in {KINDS}", name="kind"),
        CheckConstraint(f"outcome in {OUTCOMES}", name="outcome"),
        CheckConstraint("(decided_at is null) = (outcome is null)", name="decided"),
        Index("tickets_person_id_idx", "person_id", "made_at"),
        Index("tickets_expires_at_idx", "expires_at"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, server_default=text("gen_random_uuid()"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"))
    kind: Mapped[str]
    """Where it may be confirmed: see `tools.consent.Kind`."""

    tool: Mapped[str]
    arguments: Mapped[dict[str, Any]] = mapped_column(JSONB)
    preview: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """What the person was shown, in both languages."""

    state_hash: Mapped[bytes] = mapped_column(LargeBinary)
    """Of the tool, the arguments and the state that was previewed: a ticket is good for nothing else."""

    nonce_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Of the secret with which a widget's button confirms."""

    session_id: Mapped[int | None] = mapped_column(BigInteger)
    client: Mapped[str | None]
    """The app or browser that asked, as the person knows it."""

    surface: Mapped[str]
    turn: Mapped[str | None]
    key: Mapped[str | None]
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    decided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    outcome: Mapped[str | None]
    reason: Mapped[str | None]
    """What the person said when declining."""

    answer: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """What the tool answered."""


async def issue(db: AsyncSession, **values: Any) -> TicketRow:
    """A new ticket; `client` is looked up by the session."""
    label = text("(select label from sessions where id = :session)").bindparams(session=values["session_id"])
    row = TicketRow(**values, client=label)
    db.add(row)
    await db.flush()
    await db.refresh(row)
    return row


async def get(db: AsyncSession, ticket_id: UUID, person_id: int) -> TicketRow | None:
    """A person's ticket."""
    return await db.scalar(_one(ticket_id, person_id))


async def held(db: AsyncSession, ticket_id: UUID, person_id: int) -> TicketRow | None:
    """A person's ticket, held against everybody else who would decide it until the transaction ends."""
    return await db.scalar(_one(ticket_id, person_id).with_for_update())


async def decide(
    db: AsyncSession,
    ticket_id: UUID,
    outcome: Outcome,
    *,
    reason: str | None = None,
    answer: dict[str, Any] | None = None,
) -> bool:
    """Decide a ticket that is not decided yet; whether it was."""
    decided = (
        update(TicketRow)
        .where(TicketRow.id == ticket_id, TicketRow.decided_at.is_(None))
        .values(outcome=outcome, decided_at=func.now(), reason=reason, answer=answer)
        .returning(TicketRow.id)
    )
    return await db.scalar(decided) is not None


async def void_twins(db: AsyncSession, row: TicketRow) -> None:
    """Void what else of the person waits for the very same thing, but for what runs of the chat wait for."""
    twins = update(TicketRow).where(
        TicketRow.person_id == row.person_id,
        TicketRow.state_hash == row.state_hash,
        TicketRow.id != row.id,
        TicketRow.decided_at.is_(None),
        TicketRow.surface != "agent",
    )
    await db.execute(twins.values(outcome="void", decided_at=func.now()))


async def count_waiting(db: AsyncSession, person_id: int, session_id: int | None, now: datetime) -> int:
    """How many tickets that one sign-in of a person asked for can still be decided."""
    waiting = _waiting(person_id, now).where(TicketRow.session_id.is_not_distinct_from(session_id))
    return await db.scalar(select(func.count()).select_from(waiting.subquery())) or 0


async def waiting(
    db: AsyncSession,
    person_id: int,
    now: datetime,
    *,
    session_id: int | None = None,
    every: bool,
    before: tuple[datetime, UUID] | None,
    limit: int,
) -> Sequence[TicketRow]:
    """A person's tickets that can still be decided, the newest first: `every` one, or one sign-in's."""
    found = _waiting(person_id, now).order_by(TicketRow.made_at.desc(), TicketRow.id.desc()).limit(limit)
    if not every:
        found = found.where(TicketRow.session_id.is_not_distinct_from(session_id))
    if before is not None:
        found = found.where(tuple_(TicketRow.made_at, TicketRow.id) < tuple_(*before))
    return (await db.scalars(found)).all()


async def orphaned(db: AsyncSession, row: TicketRow) -> bool:
    """Whether the sign-in that asked for a ticket has been ended."""
    ended = text("select true from sessions where id = :id and ended_at is not null")
    return await db.scalar(ended, {"id": row.session_id}) is not None


async def forget(db: AsyncSession, kept: timedelta, limit: int) -> int:
    """Remove tickets that expired longer than `kept` ago, and say how many."""
    old = _expired(kept).with_only_columns(TicketRow.id).limit(limit).with_for_update(skip_locked=True)
    removed = await db.scalars(delete(TicketRow).where(TicketRow.id.in_(old)).returning(TicketRow.id))
    return len(removed.all())


async def count_old(db: AsyncSession, kept: timedelta) -> int:
    """How many tickets expired longer than `kept` ago."""
    return await db.scalar(select(func.count()).select_from(_expired(kept).subquery())) or 0


def _expired(kept: timedelta) -> Select[TicketRow]:
    return select(TicketRow).where(TicketRow.expires_at < func.now() - kept)


def _waiting(person_id: int, now: datetime) -> Select[TicketRow]:
    return select(TicketRow).where(
        TicketRow.person_id == person_id, TicketRow.decided_at.is_(None), TicketRow.expires_at > now
    )


def _one(ticket_id: UUID, person_id: int) -> Select[TicketRow]:
    return select(TicketRow).where(TicketRow.id == ticket_id, TicketRow.person_id == person_id)
