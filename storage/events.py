"""Events: what committed transactions have to tell a person, kept for a day so that it can be told again."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import BigInteger, DateTime, ForeignKey, Identity, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.drivers import Line
from storage.engine import driver

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

KEPT: Final = timedelta(hours=24)
"""For how long an event can be told again."""


class EventRow(Base):
    """Something that happened, for one person. A person's ids grow in the order of the commits."""

    __tablename__ = "events"
    __table_args__ = (Index("events_person_id_id_idx", "person_id", "id"), Index("events_at_idx", "at"))

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"))
    name: Mapped[str]
    """What happened, such as `visit.requested`."""

    about: Mapped[dict[str, Any]] = mapped_column(JSONB)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))


class Event(NamedTuple):
    """An event as it is told."""

    id: int
    person_id: int
    name: str
    about: dict[str, Any]
    at: datetime


class Place(NamedTuple):
    """How far a person's events go."""

    latest: int
    """The id of the newest, 0 where there is none."""

    kept: bool
    """Whether the event that was asked for is still there, and so all that came after it."""


_FAMILY: Final = 360_360 << 40
"""Where the advisory locks of people's events begin; a person's id is added."""

_HOLD: Final = "select pg_advisory_xact_lock($1 + person) from unnest($2::bigint[]) as people (person)"
_ADD: Final = """
insert into events (person_id, name, about)
select person, name, about::jsonb
from unnest($1::bigint[], $2::text[], $3::text[]) with ordinality as told (person, name, about, place)
order by place"""
_AFTER: Final = """
select found.id, found.person_id, found.name, found.about::text, found.at
from unnest($1::bigint[], $2::bigint[]) as wanted (person, last)
cross join lateral (
    select * from events where person_id = wanted.person and id > wanted.last order by id limit $3) as found
order by found.id"""
_PLACE: Final = """
select coalesce((select max(id) from events where person_id = $1), 0),
       exists (select from events where person_id = $1 and id = $2)"""
_FORGET: Final = """
delete from events where ctid = any(array(
    select ctid from events where at < now() - $1::interval order by at limit $2 for update skip locked))"""
_COUNT_OLD: Final = "select count(*) from events where at < now() - $1::interval"


async def add(db: AsyncSession, told: Sequence[tuple[int, str, Mapping[str, Any]]]) -> None:
    """Keep events, each as whom, name and about, as the last thing that a transaction does.

    Until it ends, others who would tell the same people something wait: what has the higher id was
    committed later, so that a reader who has seen an id has seen everything below it.
    """
    connection = await driver(db)
    await connection.execute(_HOLD, _FAMILY, sorted({whom for whom, _, _ in told}))
    people, names, about = zip(*told, strict=True)
    await connection.execute(_ADD, people, names, [json.dumps(each, default=str) for each in about])


async def after(db: AsyncSession | Line, last: Mapping[int, int], limit: int) -> list[Event]:
    """What these people were told after the event with the id that each of them has seen last.

    At most `limit` for each, the oldest first.
    """
    connection = db if isinstance(db, Line) else await driver(db)
    rows = await connection.fetch(_AFTER, list(last), list(last.values()), limit)
    return [Event(row[0], row[1], row[2], json.loads(row[3]), row[4]) for row in rows]


async def place(line: Line, person_id: int, id_: int | None) -> Place:
    """Where a person stands who has seen this event last, or None."""
    (row,) = await line.fetch(_PLACE, person_id, id_)
    return Place(*row)


async def forget(db: AsyncSession, limit: int) -> int:
    """Remove events that are older than `KEPT`, the oldest first, and say how many."""
    done = await (await driver(db)).execute(_FORGET, KEPT, limit)
    return int(done.rpartition(" ")[2])


async def count_old(db: AsyncSession) -> int:
    """How many events are older than `KEPT`."""
    return await (await driver(db)).fetchval(_COUNT_OLD, KEPT)
