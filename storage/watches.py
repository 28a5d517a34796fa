"""Watches: what people want to hear news of, what is known of it, and the news."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Numeric,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.engine import driver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

Kind = Literal["search", "property", "prices"]
State = Literal["active", "paused", "ended"]
Often = Literal["at_once", "daily", "weekly"]
_ACTIVE: Final = text("state = 'active'")
_WAITS: Final = text("tell_at is not null")


class WatchRow(Base):
    """Something that a person wants to hear news of."""

    __tablename__ = "watches"
    __table_args__ = (
        CheckConstraint("kind in ('search', 'property', 'prices')", name="kind"),
        CheckConstraint("state in ('active', 'paused', 'ended')", name="state"),
        CheckConstraint("often in ('at_once', 'daily', 'weekly')", name="often"),
        Index("watches_person_id_idx", "person_id", "id"),
        Index("watches_property_id_idx", "property_id"),
        Index("watches_active_idx", "id", postgresql_where=_ACTIVE),
        Index("watches_checked_at_idx", "checked_at", postgresql_where=_ACTIVE),
        Index("watches_tell_at_idx", "tell_at", postgresql_where=_WAITS),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"))
    kind: Mapped[str]
    name: Mapped[str]
    question: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """What was asked, as the tool takes it that answers it."""

    property_id: Mapped[int | None] = mapped_column(ForeignKey("properties.id", ondelete="cascade"))
    state: Mapped[str] = mapped_column(server_default="active")
    often: Mapped[str]
    snoozed_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    median: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    """Of a watch on prices: the median that the person knows of."""

    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    checked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    """When all of it was looked at last, past single edits."""

    tell_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """When its news is to be told, where there is any."""

    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class Watch(NamedTuple):
    """A watch as it stands."""

    id: int
    person_id: int
    kind: Kind
    name: str
    question: dict[str, Any]
    property_id: int | None
    state: State
    often: Often
    snoozed_until: datetime | None
    median: Decimal | None
    made_at: datetime
    tell_at: datetime | None


_COLUMNS: Final = (
    "id, person_id, kind, name, question::text, property_id, state, often, snoozed_until, median, made_at, "
    "tell_at"
)
_ADD: Final = """
insert into watches (person_id, kind, name, question, property_id, often, median, made_at, checked_at)
values ($1, $2, $3, $4::jsonb, $5, $6, $7, $8, $8) returning id"""
_GET: Final = f"select {_COLUMNS} from watches where id = $1 and person_id = $2 for update"
_ANYBODYS: Final = f"select {_COLUMNS} from watches where id = $1"
_OF: Final = f"""
select {_COLUMNS} from watches
where person_id = $1 and state <> 'ended' and ($2::bigint is null or id < $2) order by id desc limit $3"""
_COUNT: Final = "select count(*) from watches where person_id = $1 and state <> 'ended'"
_PUT: Final = """
update watches set name = $2, state = $3::text, often = $4, snoozed_until = $5, tell_at = $6,
  ended_at = case when $3::text = 'ended' then coalesce(ended_at, $7::timestamptz) end
where id = $1"""
_CONCERNED: Final = f"""
select {_COLUMNS} from watches
where state = 'active' and kind <> 'prices' and (property_id is null or property_id = any($1)) and id > $2
order by id limit $3 for update"""
_TO_CHECK: Final = f"""
select {_COLUMNS} from watches where state = 'active' and checked_at <= $1
order by checked_at, id limit $2 for update skip locked"""
_CHECKED: Final = "update watches set checked_at = $2 where id = any($1)"
_COUNT_UNCHECKED: Final = "select count(*) from watches where state = 'active' and checked_at <= $1"
_TELL_AT: Final = """
update watches set tell_at = coalesce(tell_at, given.at)
from unnest($1::bigint[], $2::timestamptz[]) as given (id, at) where watches.id = given.id"""
_MEDIAN: Final = "update watches set median = $2 where id = $1"
_DUE: Final = f"""
select {_COLUMNS} from watches where tell_at <= $1 order by tell_at, id limit $2 for update skip locked"""
_COUNT_DUE: Final = "select count(*) from watches where tell_at <= $1"
_TOLD_ALL: Final = "update watches set tell_at = null where id = any($1)"
_FORGET_ENDED: Final = """
delete from watches where id = any(array(
  select id from watches where state = 'ended' and ended_at < $1 limit $2 for update skip locked))"""


async def add(
    db: AsyncSession,
    person_id: int,
    kind: Kind,
    name: str,
    question: dict[str, Any],
    *,
    property_id: int | None,
    often: Often,
    median: Decimal | None,
    now: datetime,
) -> int:
    """Keep a watch and say its id."""
    asked = json.dumps(question, ensure_ascii=False)
    return await (await driver(db)).fetchval(
        _ADD, person_id, kind, name, asked, property_id, often, median, now
    )


async def get(db: AsyncSession, person_id: int, watch_id: int) -> Watch | None:
    """One of somebody's watches, held until the transaction ends."""
    row = await (await driver(db)).fetchrow(_GET, watch_id, person_id)
    return None if row is None else _watch(row)


async def anybodys(db: AsyncSession, watch_id: int) -> Watch | None:
    """The watch of that id."""
    row = await (await driver(db)).fetchrow(_ANYBODYS, watch_id)
    return None if row is None else _watch(row)


async def of(db: AsyncSession, person_id: int, *, before: int | None, limit: int) -> list[Watch]:
    """Somebody's watches that have not ended, the newest first; `before` is the id of one."""
    return [_watch(row) for row in await (await driver(db)).fetch(_OF, person_id, before, limit)]


async def count(db: AsyncSession, person_id: int) -> int:
    """How many watches somebody has that have not ended."""
    return await (await driver(db)).fetchval(_COUNT, person_id)


async def put(db: AsyncSession, watch: Watch, now: datetime) -> None:
    """Keep what a person changed of a watch: name, state, frequency and when its news is told."""
    values = (watch.name, watch.state, watch.often, watch.snoozed_until, watch.tell_at)
    await (await driver(db)).execute(_PUT, watch.id, *values, now)


async def concerned(db: AsyncSession, property_ids: Sequence[int], after: int, limit: int) -> list[Watch]:
    """The next watches that these properties may concern, by id, held until the transaction ends."""
    rows = await (await driver(db)).fetch(_CONCERNED, property_ids, after, limit)
    return [_watch(row) for row in rows]


async def to_check(db: AsyncSession, before: datetime, limit: int) -> list[Watch]:
    """Watches that were not looked at as a whole since, held until the transaction ends."""
    return [_watch(row) for row in await (await driver(db)).fetch(_TO_CHECK, before, limit)]


async def checked(db: AsyncSession, ids: Sequence[int], now: datetime) -> None:
    """Say that these watches were looked at as a whole."""
    await (await driver(db)).execute(_CHECKED, ids, now)


async def count_unchecked(db: AsyncSession, before: datetime) -> int:
    """How many watches were not looked at as a whole since."""
    return await (await driver(db)).fetchval(_COUNT_UNCHECKED, before)


async def tell_at(db: AsyncSession, when: dict[int, datetime]) -> None:
    """Say when the news of watches is to be told, unless that is set already."""
    if when:
        await (await driver(db)).execute(_TELL_AT, list(when), list(when.values()))


async def set_median(db: AsyncSession, watch_id: int, median: Decimal) -> None:
    """Keep the median that the person of a watch on prices knows of."""
    await (await driver(db)).execute(_MEDIAN, watch_id, median)


async def due(db: AsyncSession, now: datetime, limit: int) -> list[Watch]:
    """Watches whose news is to be told, held until the transaction ends; two never get the same."""
    return [_watch(row) for row in await (await driver(db)).fetch(_DUE, now, limit)]


async def count_due(db: AsyncSession, now: datetime) -> int:
    """How many watches have news to be told."""
    return await (await driver(db)).fetchval(_COUNT_DUE, now)


def _watch(row: Any) -> Watch:
    id_, person_id, kind, name, question, *rest = row
    return Watch(id_, person_id, kind, name, json.loads(question), *rest)


async def told(db: AsyncSession, ids: Sequence[int]) -> None:
    """Say that these watches have no news that waits."""
    await (await driver(db)).execute(_TOLD_ALL, ids)


async def forget(db: AsyncSession, before: datetime, limit: int) -> int:
    """Remove watches that ended before that moment, and say how many."""
    done = await (await driver(db)).execute(_FORGET_ENDED, before, limit)
    return int(done.rpartition(" ")[2])
