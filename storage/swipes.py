"""Swipes: what people think of properties, one word each, and how much interest there is in a property."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    SmallInteger,
    text,
)
from sqlalchemy.dialects.postgresql import DOUBLE_PRECISION
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.engine import driver

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from sqlalchemy.ext.asyncio import AsyncSession

CHOICES: Final = ("pass", "like", "super_like")


class SwipeRow(Base):
    """What a person thinks of a property. A trigger keeps `property_interest` in step."""

    __tablename__ = "swipes"
    __table_args__ = (
        CheckConstraint(f"choice in {CHOICES}", name="choice"),
        Index("swipes_person_id_idx", "person_id", "swiped_at", "property_id"),
        Index("swipes_liked_idx", "person_id", "swiped_at", postgresql_where=text("choice <> 'pass'")),
        Index("swipes_property_id_idx", "property_id", "swiped_at"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"), primary_key=True)
    property_id: Mapped[int] = mapped_column(
        ForeignKey("properties.id", ondelete="cascade"), primary_key=True
    )
    choice: Mapped[str]
    swiped_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class InterestRow(Base):
    """How much interest there is in a property, over all people; no row where there never was any."""

    __tablename__ = "property_interest"
    __table_args__ = (
        Index("property_interest_heat_idx", "purpose", "heat", postgresql_include=["property_id"]),
        Index("property_interest_cell_idx", "cell", "purpose", "heat", postgresql_include=["property_id"]),
    )

    property_id: Mapped[int] = mapped_column(
        ForeignKey("properties.id", ondelete="cascade"), primary_key=True, autoincrement=False
    )
    purpose: Mapped[int | None] = mapped_column(SmallInteger)
    cell: Mapped[int | None]
    """Its purpose and cell in the search index, when somebody last was interested."""

    likes: Mapped[int] = mapped_column(server_default="0")
    super_likes: Mapped[int] = mapped_column(server_default="0")
    passes: Mapped[int] = mapped_column(server_default="0")
    views: Mapped[int] = mapped_column(BigInteger, server_default="0")
    heat: Mapped[float] = mapped_column(DOUBLE_PRECISION, server_default="0")
    """What it comes to when recent interest counts more: what is newer weighs more, so nothing needs to be
    lowered as time goes by. See `heat_at`."""


@dataclass(frozen=True, slots=True)
class Swiped:
    """A property that a person has swiped, as it is now."""

    property_id: int
    choice: str
    swiped_at: datetime
    title: str
    purpose: str
    price: Decimal
    status: str


@dataclass(frozen=True, slots=True)
class Interest:
    """How much interest there is in a property."""

    likes: int
    """Super-likes are counted beside them, not among them."""

    super_likes: int
    passes: int
    views: int


class Last(NamedTuple):
    """What a person swiped last."""

    property_id: int
    choice: str


_INSERT: Final = """
insert into swipes (person_id, property_id, choice, swiped_at) values ($1, $2, $3, $4)
on conflict do nothing returning true"""
_HOLD: Final = "select choice from swipes where person_id = $1 and property_id = $2 for update"
_CHANGE: Final = "update swipes set choice = $3, swiped_at = $4 where person_id = $1 and property_id = $2"
_REMOVE: Final = "delete from swipes where person_id = $1 and property_id = $2 returning choice"
_LAST: Final = """
select property_id, choice from swipes where person_id = $1
order by swiped_at desc, property_id desc limit 1 for update"""


async def choose(db: AsyncSession, person_id: int, property_id: int, choice: str, at: datetime) -> str | None:
    """Keep what somebody thinks of a property; answers what they thought before, None for nothing."""
    connection = await driver(db)
    while True:
        if await connection.fetchval(_INSERT, person_id, property_id, choice, at):
            return None
        before: str | None = await connection.fetchval(_HOLD, person_id, property_id)
        # Nothing stands there where it was taken back in between.
        if before is not None:
            if before != choice:
                await connection.execute(_CHANGE, person_id, property_id, choice, at)
            return before


async def take_back(db: AsyncSession, person_id: int, property_id: int) -> str | None:
    """Forget what somebody thinks of a property; answers what that was."""
    return await (await driver(db)).fetchval(_REMOVE, person_id, property_id)


async def last(db: AsyncSession, person_id: int) -> Last | None:
    """What somebody swiped last, held until the transaction ends."""
    row = await (await driver(db)).fetchrow(_LAST, person_id)
    return None if row is None else Last(*row)


_HISTORY: Final = """
select w.property_id, w.choice, w.swiped_at, p.title, p.purpose, p.price, p.status
from swipes w join properties p on p.id = w.property_id
where w.person_id = $1 and (w.swiped_at, w.property_id) < ($2, $3) and w.choice = any($4::text[])
order by w.swiped_at desc, w.property_id desc limit $5"""


async def history(
    db: AsyncSession, person_id: int, choices: Sequence[str], before: tuple[datetime, int], limit: int
) -> list[Swiped]:
    """What somebody has swiped with one of these words, the last first, before a moment and property."""
    rows = await (await driver(db)).fetch(_HISTORY, person_id, *before, list(choices), limit)
    return [Swiped(*row) for row in rows]


_COUNTED: Final = """
select choice, count(*), count(*) filter (where swiped_at >= $2) from swipes where person_id = $1
group by choice"""
_WHERE_LIKED: Final = """
select l.name, count(*) from swipes w
join properties p on p.id = w.property_id join places l on l.id = coalesce(p.locality_id, p.sector_id)
where w.person_id = $1 and w.choice <> 'pass' group by l.name order by count(*) desc, l.name limit $2"""
_PRICED: Final = """
select p.purpose, count(*), percentile_disc(0.5) within group (order by p.price) from swipes w
join properties p on p.id = w.property_id
where w.person_id = $1 and w.choice <> 'pass' group by p.purpose order by count(*) desc, p.purpose"""


async def counted(db: AsyncSession, person_id: int, since: datetime) -> dict[str, tuple[int, int]]:
    """How often somebody said which word, in all and since then."""
    rows = await (await driver(db)).fetch(_COUNTED, person_id, since)
    return {choice: (number, recent) for choice, number, recent in rows}


async def where_liked(db: AsyncSession, person_id: int, limit: int) -> list[tuple[str, int]]:
    """The places where somebody likes most properties, and how many there."""
    return [(name, number) for name, number in await (await driver(db)).fetch(_WHERE_LIKED, person_id, limit)]


async def priced(db: AsyncSession, person_id: int) -> list[tuple[str, int, Decimal]]:
    """By purpose: how many somebody likes, and their median price."""
    rows = await (await driver(db)).fetch(_PRICED, person_id)
    return [(purpose, number, price) for purpose, number, price in rows]


_INTEREST: Final = """
select property_id, likes, super_likes, passes, views from property_interest where property_id = any($1)"""


async def interest(db: AsyncSession, ids: Sequence[int]) -> dict[int, Interest]:
    """How much interest there is in these properties; those that nobody ever saw are left out."""
    rows: Sequence[Any] = await (await driver(db)).fetch(_INTEREST, list(ids))
    return {row[0]: Interest(*row[1:]) for row in rows}
