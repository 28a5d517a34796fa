"""Watched properties: what is known of them, how watches are gone through for edits, and the news."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, DateTime, ForeignKey, Identity, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.engine import driver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession


class WatchedRow(Base):
    """What the person of a watch knows of a property: the state that news is found from."""

    __tablename__ = "watched"
    __table_args__ = (
        CheckConstraint("status in ('live', 'paused', 'gone')", name="status"),
        Index("watched_property_id_idx", "property_id"),
    )

    watch_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("watches.id", ondelete="cascade"), primary_key=True, autoincrement=False
    )
    property_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("properties.id", ondelete="cascade"), primary_key=True, autoincrement=False
    )
    status: Mapped[str]
    price: Mapped[Decimal] = mapped_column(Numeric(14, 2))


class WatchChangeRow(Base):
    """A piece of news."""

    __tablename__ = "watch_changes"
    __table_args__ = (
        Index("watch_changes_watch_id_idx", "watch_id", "id"),
        Index("watch_changes_property_id_idx", "property_id"),
        Index("watch_changes_at_idx", "at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    watch_id: Mapped[int] = mapped_column(ForeignKey("watches.id", ondelete="cascade"))
    property_id: Mapped[int | None] = mapped_column(ForeignKey("properties.id", ondelete="cascade"))
    kind: Mapped[str]
    before: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    after: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    told_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class PropertyMarkRow(Base):
    """A property that was added or edited, written by a trigger while anybody watches anything."""

    __tablename__ = "property_marks"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    property_id: Mapped[int] = mapped_column(BigInteger)


class WatchSweepRow(Base):
    """Marked properties that the watches are gone through for, and how far."""

    __tablename__ = "watch_sweeps"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    property_ids: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    after: Mapped[int] = mapped_column(BigInteger, server_default="0")


class Known(NamedTuple):
    """What is known of a property: live, paused or gone, and its price when it was last live."""

    status: Literal["live", "paused", "gone"]
    price: Decimal


class News(NamedTuple):
    """A piece of news, to be kept."""

    watch_id: int
    property_id: int | None
    kind: str
    before: Decimal | None
    after: Decimal | None


class Told(NamedTuple):
    """A piece of news as it is shown."""

    id: int
    watch_id: int
    watch: str
    property_id: int | None
    title: str | None
    """Of what is not offered now only its kind: nobody has approved what it may say meanwhile."""

    purpose: str | None
    kind: str
    before: Decimal | None
    after: Decimal | None
    at: datetime
    told_at: datetime | None
    offered: bool


class Sweep(NamedTuple):
    """Properties to go through the watches for, and the last watch that was done."""

    id: int
    property_ids: list[int]
    after: int


_TOLD: Final = """
c.id, c.watch_id, w.name, c.property_id,
  case when p.status = 'live' then p.title
    else upper(left(p.kind, 1)) || replace(substr(p.kind, 2), '_', ' ') end,
  p.purpose, c.kind, c.before, c.after, c.at, c.told_at,
  coalesce(p.status = 'live', false)
from watch_changes c join watches w on w.id = c.watch_id left join properties p on p.id = c.property_id"""
_FORGET_KNOWN: Final = "delete from watched where watch_id = $1"
_MARKS: Final = """
with taken as (
  delete from property_marks where id = any(array(
    select id from property_marks order by id limit $1 for update skip locked)) returning property_id)
insert into watch_sweeps (property_ids)
select array_agg(distinct property_id) from taken having count(*) > 0"""
_SWEEP: Final = "select id, property_ids, after from watch_sweeps order by id limit 1 for update"
_SWEPT: Final = "update watch_sweeps set after = $2 where id = $1"
_SWEPT_ALL: Final = "delete from watch_sweeps where id = $1"
_KNOWN: Final = """
select watch_id, property_id, status, price from watched
where watch_id = any($1) and ($2::bigint[] is null or property_id = any($2))"""
_NOW: Final = """
select id, case when status in ('live', 'paused') then status else 'gone' end, price
from properties where id = any($1)"""
_KNOW: Final = """
insert into watched (watch_id, property_id, status, price)
select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::numeric[])
on conflict (watch_id, property_id) do update set status = excluded.status, price = excluded.price"""
_NEWS: Final = """
insert into watch_changes (watch_id, property_id, kind, before, after, at)
select *, $6 from unnest($1::bigint[], $2::bigint[], $3::text[], $4::numeric[], $5::numeric[])"""
_UNTOLD: Final = f"select {_TOLD} where c.watch_id = any($1) and c.told_at is null order by c.id"
_MARK_TOLD: Final = "update watch_changes set told_at = $2 where watch_id = any($1) and told_at is null"
_CHANGES: Final = f"""
select {_TOLD} where w.person_id = $1 and w.state <> 'ended' and ($2::bigint is null or c.watch_id = $2)
  and ($3::bigint is null or c.id < $3) order by c.id desc limit $4"""
_FORGET_OLD: Final = """
delete from watch_changes where id = any(array(
  select id from watch_changes where at < $1 and told_at is not null
  order by at limit $2 for update skip locked))"""


async def forget_known(db: AsyncSession, watch_id: int) -> None:
    """Forget what is known of the properties of a watch."""
    await (await driver(db)).execute(_FORGET_KNOWN, watch_id)


async def sweep(db: AsyncSession, most: int) -> Sweep | None:
    """The sweep that is under way, else one of properties that were marked since; None without any.

    It is held until the transaction ends, so that two never go through the watches at once.
    """
    connection = await driver(db)
    row = await connection.fetchrow(_SWEEP)
    if row is None:
        await connection.execute(_MARKS, most)
        row = await connection.fetchrow(_SWEEP)
    return None if row is None else Sweep(*row)


async def swept(db: AsyncSession, under_way: Sweep, after: int | None) -> None:
    """Say how far a sweep has come; None ends it."""
    if after is None:
        await (await driver(db)).execute(_SWEPT_ALL, under_way.id)
    else:
        await (await driver(db)).execute(_SWEPT, under_way.id, after)


async def known(
    db: AsyncSession, ids: Sequence[int], property_ids: Sequence[int] | None = None
) -> dict[int, dict[int, Known]]:
    """What is known to these watches, of these properties or of all."""
    found: dict[int, dict[int, Known]] = {each: {} for each in ids}
    for watch_id, property_id, *rest in await (await driver(db)).fetch(_KNOWN, ids, property_ids):
        found[watch_id][property_id] = Known(*rest)
    return found


async def now_of(db: AsyncSession, property_ids: Sequence[int]) -> dict[int, Known]:
    """How these properties stand."""
    return {id_: Known(*rest) for id_, *rest in await (await driver(db)).fetch(_NOW, property_ids)}


async def know(db: AsyncSession, learnt: Sequence[tuple[int, int, Known]]) -> None:
    """Keep what is known now: watch, property and how it stands."""
    if learnt:
        columns = ([each[0] for each in learnt], [each[1] for each in learnt])
        stands = ([each[2].status for each in learnt], [each[2].price for each in learnt])
        await (await driver(db)).execute(_KNOW, *columns, *stands)


async def report(db: AsyncSession, news: Sequence[News], now: datetime) -> None:
    """Keep news."""
    if news:
        await (await driver(db)).execute(_NEWS, *map(list, zip(*news, strict=True)), now)


async def untold(db: AsyncSession, ids: Sequence[int]) -> dict[int, list[Told]]:
    """The news of watches that was not told yet, the oldest first."""
    found: dict[int, list[Told]] = {each: [] for each in ids}
    for row in await (await driver(db)).fetch(_UNTOLD, ids):
        found[row[1]].append(Told(*row))
    return found


async def told(db: AsyncSession, ids: Sequence[int], now: datetime) -> None:
    """Say that all news of these watches was told."""
    await (await driver(db)).execute(_MARK_TOLD, ids, now)


async def changes(
    db: AsyncSession, person_id: int, watch_id: int | None, *, before: int | None, limit: int
) -> list[Told]:
    """The news of somebody's watches, or of one, the newest first; `before` is the id of a piece."""
    rows = await (await driver(db)).fetch(_CHANGES, person_id, watch_id, before, limit)
    return [Told(*row) for row in rows]


async def forget(db: AsyncSession, before: datetime, limit: int) -> int:
    """Remove news from before that moment that was told, the oldest first, and say how many."""
    done = await (await driver(db)).execute(_FORGET_OLD, before, limit)
    return int(done.rpartition(" ")[2])
