"""Shortlists: the properties that a person wants to come back to, on one list or on several."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import BigInteger, DateTime, ForeignKey, Identity, Index, Text, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.engine import driver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession


class NamedShortlistRow(Base):
    """A list that a person gave a name, beside the one that everybody has and that needs no row."""

    __tablename__ = "named_shortlists"
    __table_args__ = (UniqueConstraint("person_id", "key"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"))
    name: Mapped[str]
    key: Mapped[str]
    """The name in lower case: two lists of a person do not differ by that alone."""

    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class ShortlistRow(Base):
    """A property that a person keeps. It is on one of their lists."""

    __tablename__ = "shortlists"
    __table_args__ = (
        UniqueConstraint("person_id", "property_id"),
        Index("shortlists_person_id_idx", "person_id", "id"),
        Index("shortlists_property_id_idx", "property_id"),
        Index("shortlists_list_id_idx", "list_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"))
    property_id: Mapped[int] = mapped_column(ForeignKey("properties.id", ondelete="cascade"))
    list_id: Mapped[int | None] = mapped_column(ForeignKey("named_shortlists.id", ondelete="set null"))
    """Null on the list that everybody has."""

    note: Mapped[str | None] = mapped_column(Text)
    rank: Mapped[int | None] = mapped_column(BigInteger)
    """Its place, the highest first; null where it was never moved, which counts as its id. Moving only ever
    exchanges the ranks of a list among its properties, so that no two are alike."""

    added_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class Added(NamedTuple):
    """A row of a shortlist, and whether it is new."""

    id: int
    new: bool


class Entry(NamedTuple):
    """A property that somebody keeps, and where."""

    id: int
    list_id: int | None
    list: str | None
    """The name of the list; None for the one that everybody has."""

    note: str | None


class Shortlisted(NamedTuple):
    """A property on a shortlist, as it is now."""

    at: int
    """Its rank."""

    property_id: int
    title: str
    purpose: str
    kind: str
    price: Decimal
    status: str
    bedrooms: int | None
    area_sqft: Decimal | None
    place: str | None
    photo: str | None
    list: str | None
    note: str | None
    added_at: datetime


class Named(NamedTuple):
    """A person's list, and how much is on it."""

    id: int | None
    name: str | None
    properties: int
    comments: int


_ADD: Final = """
insert into shortlists as s (person_id, property_id, list_id, note) values ($1, $2, $3, $4)
on conflict (person_id, property_id) do update set person_id = s.person_id
returning id, xmax = 0"""
"""An update that changes nothing gives the row that is there, also one that was added at the same moment."""

_REMOVE: Final = "delete from shortlists where person_id = $1 and property_id = $2 returning id"
_COUNT: Final = "select count(*) from shortlists where person_id = $1"
_ENTRY: Final = """
select s.id, s.list_id, n.name, s.note from shortlists s left join named_shortlists n on n.id = s.list_id
where s.person_id = $1 and s.property_id = $2"""
_HOLD: Final = "select from shortlists where person_id = $1 and property_id = $2 for update"
_OF: Final = """
with shown as materialized (
  select id, property_id, list_id, note, added_at, coalesce(rank, id) as at from shortlists
  where person_id = $1 and ($2 or list_id is not distinct from $3)
    and ($4::bigint is null or coalesce(rank, id) < $4)
  order by at desc limit $5)
select s.at, p.id, p.title, p.purpose, p.kind, p.price, p.status, p.bedrooms, p.area_sqft, l.name,
  p.photos[1], n.name, s.note, s.added_at
from shown s
join properties p on p.id = s.property_id
left join places l on l.id = coalesce(p.society_id, p.sector_id, p.locality_id)
left join named_shortlists n on n.id = s.list_id
order by s.at desc"""
_HELD: Final = """
select id, property_id, coalesce(rank, id) as at from shortlists
where person_id = $1 and list_id is not distinct from $2 order by at desc for update"""
_RANK: Final = """
update shortlists set rank = given.rank from unnest($1::bigint[], $2::bigint[]) as given (id, rank)
where shortlists.id = given.id and coalesce(shortlists.rank, shortlists.id) <> given.rank"""
_CHANGE: Final = "update shortlists set list_id = $2, note = $3 where id = $1"
_NAMED: Final = "select id from named_shortlists where person_id = $1 and key = lower($2::text)"
_LISTS: Final = """
with lists as (
  select id, name from named_shortlists where person_id = $1 union all select null, null)
select l.id, l.name,
  (select count(*) from shortlists s where s.person_id = $1 and s.list_id is not distinct from l.id),
  (select count(*) from shortlist_comments c where c.person_id = $1 and c.list_id is not distinct from l.id)
from lists l order by l.id nulls first"""
_NAME: Final = """
insert into named_shortlists as n (person_id, name, key) values ($1, $2::text, lower($2::text))
on conflict (person_id, key) do update set key = n.key returning id"""
_COUNT_LISTS: Final = "select count(*) from named_shortlists where person_id = $1"
_GET: Final = "select name from named_shortlists where id = $1 and person_id = $2 for update"
_RENAME: Final = "update named_shortlists set name = $2::text, key = lower($2::text) where id = $1"
_DELETE: Final = "delete from named_shortlists where id = $1"


async def add(
    db: AsyncSession, person_id: int, property_id: int, list_id: int | None = None, note: str | None = None
) -> Added:
    """Keep a property for somebody, unless it is kept already, on whichever list."""
    row = await (await driver(db)).fetchrow(_ADD, person_id, property_id, list_id, note)
    assert row is not None
    return Added(*row)


async def remove(db: AsyncSession, person_id: int, property_id: int) -> int | None:
    """Take a property off somebody's shortlist; the id of the row that was there."""
    return await (await driver(db)).fetchval(_REMOVE, person_id, property_id)


async def count(db: AsyncSession, person_id: int) -> int:
    """How many properties somebody keeps."""
    return await (await driver(db)).fetchval(_COUNT, person_id)


async def entry(db: AsyncSession, person_id: int, property_id: int, *, hold: bool = False) -> Entry | None:
    """Where somebody keeps a property, if they do; with `hold` it stays there until the transaction ends."""
    connection = await driver(db)
    if hold:
        # First, so that what is read then is what whoever was waited for has left.
        await connection.execute(_HOLD, person_id, property_id)
    row = await connection.fetchrow(_ENTRY, person_id, property_id)
    return None if row is None else Entry(*row)


async def of(
    db: AsyncSession,
    person_id: int,
    *,
    before: int | None,
    limit: int,
    every: bool = True,
    list_id: int | None = None,
) -> list[Shortlisted]:
    """What somebody keeps, in their order, on `every` list or on one; `before` is the rank of one."""
    rows = await (await driver(db)).fetch(_OF, person_id, every, list_id, before, limit)
    return [Shortlisted(*row) for row in rows]


async def held(db: AsyncSession, person_id: int, list_id: int | None) -> list[tuple[int, int, int]]:
    """Id, property and rank of what is on a list, in order; nobody else moves it until the end."""
    return [(*row,) for row in await (await driver(db)).fetch(_HELD, person_id, list_id)]


async def rank(db: AsyncSession, ids: Sequence[int], ranks: Sequence[int]) -> None:
    """Give rows their ranks."""
    await (await driver(db)).execute(_RANK, ids, ranks)


async def change(db: AsyncSession, entry_id: int, list_id: int | None, note: str | None) -> None:
    """Move a row to a list, with a note."""
    await (await driver(db)).execute(_CHANGE, entry_id, list_id, note)


async def named(db: AsyncSession, person_id: int, name: str) -> int | None:
    """The id of somebody's list of that name."""
    return await (await driver(db)).fetchval(_NAMED, person_id, name)


async def lists(db: AsyncSession, person_id: int) -> list[Named]:
    """Somebody's lists, the one that everybody has first."""
    return [Named(*row) for row in await (await driver(db)).fetch(_LISTS, person_id)]


async def name(db: AsyncSession, person_id: int, called: str) -> int:
    """The id of somebody's list of that name, which is made where there is none."""
    return await (await driver(db)).fetchval(_NAME, person_id, called)


async def count_lists(db: AsyncSession, person_id: int) -> int:
    """How many lists somebody has named."""
    return await (await driver(db)).fetchval(_COUNT_LISTS, person_id)


async def get(db: AsyncSession, person_id: int, list_id: int) -> str | None:
    """The name of one of somebody's lists, held until the transaction ends."""
    return await (await driver(db)).fetchval(_GET, list_id, person_id)


async def rename(db: AsyncSession, list_id: int, called: str) -> None:
    """Give a list another name."""
    await (await driver(db)).execute(_RENAME, list_id, called)


async def delete(db: AsyncSession, list_id: int) -> None:
    """Remove a list with its links and comments. What was on it goes to the list that everybody has."""
    await (await driver(db)).execute(_DELETE, list_id)
