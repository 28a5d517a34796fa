"""Activities: what was done, by whom and through what. Rows are added, never changed or removed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import (
    BigInteger,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Text,
    Uuid,
    delete,
    func,
    select,
    text,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, aliased, mapped_column

from storage.base import Base
from storage.engine import driver

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import ColumnElement, Select
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which activities to find: those that somebody did, and those that were done on their behalf."""

    person_id: int
    tool: str | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None
    """Only those with a smaller id."""


class Found(NamedTuple):
    """An activity, and when it was taken back, if it was."""

    row: ActivityRow
    undone_at: datetime | None


async def found(db: AsyncSession, wanted: Wanted, limit: int) -> Sequence[Found]:
    """Activities, the latest first."""
    # Two walks of two indexes, each as long as the page: one for both would sort all that there is.
    own, others = ActivityRow.person_id, ActivityRow.whose_id
    behind = others == wanted.person_id, own.is_distinct_from(wanted.person_id)
    walks = [_walk(wanted, limit, own == wanted.person_id), _walk(wanted, limit, *behind)]
    ids = union_all(*(select(walk.subquery().c.id) for walk in walks))
    taken = aliased(ActivityRow)
    rows = (
        select(ActivityRow, taken.at)
        .outerjoin(taken, taken.undoes == ActivityRow.id)
        .where(ActivityRow.id.in_(ids))
        .order_by(ActivityRow.id.desc())
        .limit(limit)
    )
    return [Found(*row) for row in await db.execute(rows)]


def _walk(wanted: Wanted, limit: int, *whose: ColumnElement[bool]) -> Select[int]:
    fits = [*whose]
    if wanted.tool is not None:
        fits.append(ActivityRow.tool == wanted.tool)
    if wanted.subject is not None:
        fits.append(ActivityRow.subjects.contains([wanted.subject]))
    if wanted.since is not None:
        fits.append(ActivityRow.at >= wanted.since)
    if wanted.until is not None:
        fits.append(ActivityRow.at < wanted.until)
    if wanted.before is not None:
        fits.append(ActivityRow.id < wanted.before)
    return select(ActivityRow.id).where(*fits).order_by(ActivityRow.id.desc()).limit(limit)


async def done_by(db: AsyncSession, activity_id: int, person_id: int) -> Found | None:
    """What a person did under this id."""
    taken = aliased(ActivityRow)
    wanted = (
        select(ActivityRow, taken.at)
        .outerjoin(taken, taken.undoes == ActivityRow.id)
        .where(ActivityRow.id == activity_id, ActivityRow.person_id == person_id)
    )
    row = (await db.execute(wanted)).one_or_none()
    return None if row is None else Found(*row)


async def take_back(db: AsyncSession, activity_id: int) -> dict[str, Any] | None:
    """The arguments that take something back, once: whoever asks at the same time waits and gets None."""
    taken = delete(UndoRow).where(UndoRow.activity_id == activity_id)
    return await db.scalar(taken.returning(UndoRow.arguments))


_LATER: Final = """
with fields as materialized (
    select mine->>'kind' || ':' || (mine->>'id') as subject, mine ?| array['before', 'after'] as named, array(
        select jsonb_object_keys(coalesce(mine->'before', '{}') || coalesce(mine->'after', '{}'))) as names
    from activities, jsonb_array_elements(touched) as mine
    where id = $1 and not mine ? 'how')
select later.tool, later.at from activities as later
where later.id > $1 and later.subjects && array(select subject from fields)
  and coalesce(later.undoes, 0) < $1
  and not exists (select from activities as taken where taken.undoes = later.id)
  and exists (
    select from fields, jsonb_array_elements(later.touched) as theirs
    where theirs->>'kind' || ':' || (theirs->>'id') = subject and theirs->>'how' is distinct from 'about'
      and (not named or not theirs ?| array['before', 'after'] or names && array(
        select jsonb_object_keys(coalesce(theirs->'before', '{}') || coalesce(theirs->'after', '{}')))))
order by later.id limit 1"""


class Later(NamedTuple):
    """A write that came after another."""

    tool: str
    at: datetime


async def later(db: AsyncSession, activity_id: int) -> Later | None:
    """The first write that came after this one, still stands, and touches or rests on what this one changed.

    Of a subject that both touched, they must have named the same field, or one of them none in particular.
    """
    row = await (await driver(db)).fetchrow(_LATER, activity_id)
    return None if row is None else Later(*row)


async def forget_undos(db: AsyncSession, now: datetime, limit: int) -> int:
    """Remove how things could have been taken back whose time is over, and say how many."""
    over = select(UndoRow.activity_id).where(UndoRow.until < now).limit(limit)
    gone = delete(UndoRow).where(UndoRow.activity_id.in_(over)).returning(UndoRow.activity_id)
    return len((await db.scalars(gone)).all())


async def count_over(db: AsyncSession, now: datetime) -> int:
    """How many ways back there are whose time is over."""
    over = select(func.count()).select_from(UndoRow).where(UndoRow.until < now)
    return await db.scalar(over) or 0
