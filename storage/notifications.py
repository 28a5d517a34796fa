"""Notifications: what a person was told, each once, in both languages, and what became of it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.engine import driver

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

Fate = Literal["sent", "digest", "dropped"]
FATES: Final[tuple[Fate, ...]] = ("sent", "digest", "dropped")
CATEGORIES: Final = ("transactional", "system", "marketing")
_UNREAD: Final = text("listed and read_at is null")
_WAITS: Final = text("fate = 'digest' and digested_at is null")


class NotificationRow(Base):
    """One thing that one person is told. The same thing twice, by its type and key, is one row."""

    __tablename__ = "notifications"
    __table_args__ = (
        CheckConstraint(f"fate in {FATES}", name="fate"),
        CheckConstraint(f"category in {CATEGORIES}", name="category"),
        UniqueConstraint("person_id", "type", "key"),
        Index("notifications_person_id_id_idx", "person_id", "id", postgresql_where=text("listed")),
        Index("notifications_unread_idx", "person_id", postgresql_where=_UNREAD),
        Index("notifications_digest_idx", "person_id", postgresql_where=_WAITS),
        Index("notifications_at_idx", "at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"))
    type: Mapped[str]
    """Its name in `tools.notice_types.TYPES`."""

    key: Mapped[str]
    """What it is about: within its type it is told once for each."""

    category: Mapped[str]
    said: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """By language, the title and the text, as they were when it happened."""

    link: Mapped[str | None]
    """A page of ours, from the slash on."""

    fate: Mapped[str]
    """`sent`; `digest`, where it was one too many and is told in the digest; or `dropped`, where it was one
    too many or too late."""

    listed: Mapped[bool] = mapped_column(Boolean)
    """Whether it stands in the inbox."""

    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    """After that it is sent nowhere any more; the inbox keeps it."""

    read_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    digested_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class Told(NamedTuple):
    """A notification as it is shown and sent."""

    id: int
    person_id: int
    type: str
    category: str
    said: dict[str, list[str]]
    """By language, the title and the text."""

    link: str | None
    at: datetime
    expires_at: datetime
    read_at: datetime | None

    def in_(self, language: str) -> tuple[str, str]:
        """The title and the text in a language."""
        title, body = self.said[language]
        return title, body


class Counts(NamedTuple):
    """How many of a type somebody was sent of late."""

    day: int
    week: int


class New(NamedTuple):
    """A notification to be kept."""

    person_id: int
    type: str
    key: str
    category: str
    said: Mapping[str, tuple[str, str]]
    link: str | None
    fate: Fate
    listed: bool
    at: datetime
    expires_at: datetime


_FAMILY: Final = 360_361 << 40
"""Where the advisory locks of people's notifications begin; a person's id is added."""

_COLUMNS: Final = "id, person_id, type, category, said::text, link, at, expires_at, read_at"
_HOLD: Final = "select pg_advisory_xact_lock($1)"
_ADD: Final = """
insert into notifications (person_id, type, key, category, said, link, fate, listed, at, expires_at)
values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9, $10)
on conflict (person_id, type, key) do nothing returning id"""
_COUNT_SENT: Final = """
select count(*) filter (where at > $3::timestamptz - interval '1 day'), count(*)
from notifications
where person_id = $1 and type = $2 and fate = 'sent' and at > $3::timestamptz - interval '7 days'"""
_GET: Final = f"select {_COLUMNS} from notifications where id = $1"
_OF: Final = f"""
select {_COLUMNS} from notifications
where person_id = $1 and listed and ($2::bigint is null or id < $2)
  and (not $3 or read_at is null) and ($4::text is null or category = $4)
order by id desc limit $5"""
_UNREAD_OF: Final = "select count(*) from notifications where person_id = $1 and listed and read_at is null"
_READ: Final = """
update notifications set read_at = $3
where person_id = $1 and listed and read_at is null and ($2::bigint[] is null or id = any($2))"""
_THEIRS: Final = "select count(*) from notifications where person_id = $1 and listed and id = any($2)"
_WAITING: Final = """
select distinct person_id from notifications as waits
where fate = 'digest' and digested_at is null and person_id > $1 and not exists (
    select from notifications as told
    where told.person_id = waits.person_id and told.fate = 'digest' and told.digested_at >= $3)
order by 1 limit $2"""
_DIGEST: Final = f"""
with done as (
    update notifications set digested_at = $2
    where person_id = $1 and fate = 'digest' and digested_at is null returning *)
select {_COLUMNS} from done where read_at is null order by id"""
_FORGET: Final = """
delete from notifications where ctid = any(array(
    select ctid from notifications where at < $1::timestamptz order by at limit $2 for update skip locked))"""
_COUNT_OLD: Final = "select count(*) from notifications where at < $1::timestamptz"


async def hold(db: AsyncSession, person_id: int) -> None:
    """Let nobody else tell this person anything until the transaction ends: caps are counted under it."""
    await (await driver(db)).execute(_HOLD, _FAMILY + person_id)


async def add(db: AsyncSession, new: New) -> int | None:
    """Keep a notification and say its id; None where the person was told the same before."""
    connection = await driver(db)
    said = json.dumps(new.said, ensure_ascii=False)
    return await connection.fetchval(_ADD, *new[:4], said, *new[5:])


async def sent(db: AsyncSession, person_id: int, type_: str, now: datetime) -> Counts:
    """How many of a type were sent to a person within a day and within a week of now."""
    row = await (await driver(db)).fetchrow(_COUNT_SENT, person_id, type_, now)
    return Counts(*(row or (0, 0)))


async def get(db: AsyncSession, id_: int) -> Told | None:
    """The notification of that id."""
    row = await (await driver(db)).fetchrow(_GET, id_)
    return None if row is None else _told(row)


async def of(
    db: AsyncSession,
    person_id: int,
    *,
    before: int | None,
    unread: bool = False,
    category: str | None = None,
    limit: int,
) -> list[Told]:
    """A person's inbox, the newest first; `before` is the id of one."""
    rows = await (await driver(db)).fetch(_OF, person_id, before, unread, category, limit)
    return [_told(row) for row in rows]


async def unread(db: AsyncSession, person_id: int) -> int:
    """How many notifications in a person's inbox are unread."""
    return await (await driver(db)).fetchval(_UNREAD_OF, person_id)


async def read(db: AsyncSession, person_id: int, ids: Sequence[int] | None, now: datetime) -> int:
    """Mark these as read, or all where no ids are given; how many were unread until now."""
    done = await (await driver(db)).execute(_READ, person_id, ids, now)
    return int(done.rpartition(" ")[2])


async def theirs(db: AsyncSession, person_id: int, ids: Sequence[int]) -> int:
    """How many of these stand in the person's inbox."""
    return await (await driver(db)).fetchval(_THEIRS, person_id, ids)


async def with_digest(db: AsyncSession, after: int, limit: int, since: datetime) -> list[int]:
    """People for whom something waits for the digest, and who had none since, by id, after that one."""
    return [row[0] for row in await (await driver(db)).fetch(_WAITING, after, limit, since)]


async def digest(db: AsyncSession, person_id: int, now: datetime) -> list[Told]:
    """Take what waits for a person's digest; what they have not read yet, the oldest first."""
    return [_told(row) for row in await (await driver(db)).fetch(_DIGEST, person_id, now)]


async def forget(db: AsyncSession, before: datetime, limit: int) -> int:
    """Remove notifications from before that moment, the oldest first, and say how many."""
    done = await (await driver(db)).execute(_FORGET, before, limit)
    return int(done.rpartition(" ")[2])


async def count_old(db: AsyncSession, before: datetime) -> int:
    """How many notifications are from before that moment."""
    return await (await driver(db)).fetchval(_COUNT_OLD, before)


def _told(row: Any) -> Told:
    id_, person_id, type_, category, said, *rest = row
    return Told(id_, person_id, type_, category, json.loads(said), *rest)
