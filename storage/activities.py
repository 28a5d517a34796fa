"""Activities: what was done, by whom and through what. Rows are added, never changed or removed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import ARRAY, BigInteger, DateTime, ForeignKey, Identity, Index, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.engine import driver

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession


class ActivityRow(Base):
    """One write. A trigger refuses, to every role, to update, delete or truncate.

    It holds ids of people and no personal data, so that it can outlive an erased account.
    """

    __tablename__ = "activities"
    __table_args__ = (
        Index("activities_person_id_idx", "person_id", "id"),
        Index("activities_whose_id_idx", "whose_id", "id", postgresql_where=text("whose_id is not null")),
        Index("activities_subjects_idx", "subjects", postgresql_using="gin"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))
    person_id: Mapped[int | None] = mapped_column(BigInteger)
    """Who did it."""

    whose_id: Mapped[int | None] = mapped_column(BigInteger)
    """On whose behalf, where that is somebody else."""

    session_id: Mapped[int | None] = mapped_column(BigInteger)
    client: Mapped[str | None]
    """The app or browser that it was done with, as the person knows it."""

    surface: Mapped[str]
    turn: Mapped[str | None]
    """The turn of the conversation in which it was done."""

    tool: Mapped[str]
    subjects: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    """What was touched, such as `property:5`."""

    touched: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default="[]")
    """The same with `before` and `after`, personal fields masked."""

    key: Mapped[str | None]
    """The idempotency key."""

    ticket_id: Mapped[UUID | None] = mapped_column(Uuid)
    """What a person confirmed before it was done."""

    undo: Mapped[str | None]
    """The tool that takes it back. With which arguments is in `undos`, since they may be personal."""

    undo_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    undoes: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    """The activity that this one took back."""


class UndoRow(Base):
    """How something can be taken back, for as long as it can: whoever takes it back, takes this row."""

    __tablename__ = "undos"
    __table_args__ = (Index("undos_person_id_idx", "person_id"), Index("undos_until_idx", "until"))

    # No foreign key: checking one needs the right to update what nobody may update.
    activity_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"))
    """Who can take it back: whoever did it."""

    arguments: Mapped[dict[str, Any]] = mapped_column(JSONB)
    until: Mapped[datetime] = mapped_column(DateTime(timezone=True))


@dataclass(frozen=True, slots=True)
class Back:
    """How a write is taken back."""

    tool: str
    arguments: Mapping[str, Any]
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A write, to be recorded."""

    person_id: int | None
    whose_id: int | None = None
    session_id: int | None = None
    surface: str
    turn: str | None = None
    tool: str
    touched: Sequence[Mapping[str, Any]] = ()
    key: str | None = None
    ticket_id: UUID | None = None
    back: Back | None = None
    undoes: int | None = None


_RECORD: Final = """
insert into activities (person_id, whose_id, session_id, client, surface, turn, tool, subjects, touched, key,
    ticket_id, undo, undo_until, undoes)
values ($1, $2, $3, (select label from sessions where id = $3), $4, $5, $6, $7, $8::text::jsonb, $9, $10,
    $11, $12, $13)
returning id"""
_BACK: Final = """
, back as (
    insert into undos (activity_id, person_id, arguments, until)
    select id, $1, $14::text::jsonb, $12 from recorded)
select id from recorded"""
_RECORD_WITH_UNDO: Final = f"with recorded as ({_RECORD}){_BACK}"


async def record(db: AsyncSession, done: Done) -> int:
    """Add a row for a write to its own transaction; its id."""
    subjects = list(dict.fromkeys(f"{each['kind']}:{each['id']}" for each in done.touched))
    back = done.back
    values: list[Any] = [
        done.person_id,
        done.whose_id,
        done.session_id,
        done.surface,
        done.turn,
        done.tool,
        subjects,
        to_json(done.touched).decode(),
        done.key,
        done.ticket_id,
        None if back is None else back.tool,
        None if back is None else back.until,
        done.undoes,
    ]
    raw = await driver(db)
    if back is None:
        return await raw.fetchval(_RECORD, *values)
    return await raw.fetchval(_RECORD_WITH_UNDO, *values, to_json(back.arguments).decode())
