"""Links to shortlists, for family and friends, and what they say about the properties there."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    delete,
    func,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.engine import driver

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

May = Literal["view", "comment"]


class ShortlistLinkRow(Base):
    """A link to one of a person's shortlists. Only a hash of what stands in it is kept."""

    __tablename__ = "shortlist_links"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        CheckConstraint("may in ('view', 'comment')", name="may"),
        Index("shortlist_links_person_id_idx", "person_id"),
        Index("shortlist_links_list_id_idx", "list_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"))
    list_id: Mapped[int | None] = mapped_column(ForeignKey("named_shortlists.id", ondelete="cascade"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary)
    may: Mapped[str]
    whom: Mapped[str | None]
    """Whom it was made for, in the words of whoever made it."""

    with_notes: Mapped[bool]
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class ShortlistCommentRow(Base):
    """What somebody said about a list, or about a property on it."""

    __tablename__ = "shortlist_comments"
    __table_args__ = (
        Index("shortlist_comments_person_id_idx", "person_id", "id"),
        Index("shortlist_comments_list_id_idx", "list_id"),
        Index("shortlist_comments_property_id_idx", "property_id"),
        Index("shortlist_comments_author_id_idx", "author_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"))
    """Whose list it is."""

    list_id: Mapped[int | None] = mapped_column(ForeignKey("named_shortlists.id", ondelete="cascade"))
    property_id: Mapped[int | None] = mapped_column(ForeignKey("properties.id", ondelete="cascade"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="cascade"))
    """Whoever said it, where they had signed in."""

    name: Mapped[str]
    """What they call themselves."""

    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class Link(NamedTuple):
    """A link that leads to a list."""

    id: int
    list_id: int | None
    may: May
    whom: str | None
    with_notes: bool
    made_at: datetime
    expires_at: datetime


class Opened(NamedTuple):
    """What a link opens."""

    id: int
    person_id: int
    owner: str | None
    """The name of whose list it is."""

    list_id: int | None
    list: str | None
    may: May
    with_notes: bool
    expires_at: datetime


class Comment(NamedTuple):
    """A comment as it is shown."""

    id: int
    property_id: int | None
    author_id: int | None
    name: str
    text: str
    at: datetime


_LINK: Final = "id, list_id, may, whom, with_notes, made_at, expires_at"
_ADD: Final = """
insert into shortlist_links (person_id, list_id, token_hash, may, whom, with_notes, made_at, expires_at)
values ($1, $2, $3, $4, $5, $6, $7, $8) returning id"""
_OF: Final = f"select {_LINK} from shortlist_links where person_id = $1 and expires_at > $2 order by id"
_REVOKE: Final = "delete from shortlist_links where id = $1 and person_id = $2 returning list_id"
_OPEN: Final = """
select k.id, k.person_id, p.name, k.list_id, n.name, k.may, k.with_notes, k.expires_at
from shortlist_links k join people p on p.id = k.person_id
left join named_shortlists n on n.id = k.list_id
where k.token_hash = $1 and k.expires_at > $2 and p.erased_at is null"""
_FORGET: Final = """
delete from shortlist_links where id = any(array(
  select id from shortlist_links where expires_at <= $1 order by id limit $2 for update skip locked))"""
_SAY: Final = """
insert into shortlist_comments (person_id, list_id, property_id, author_id, name, text, at)
values ($1, $2, $3, $4, $5, $6, $7) returning id"""
_COMMENTS: Final = """
select id, property_id, author_id, name, text, at from shortlist_comments
where person_id = $1 and list_id is not distinct from $2 and ($3::bigint is null or id < $3)
order by id desc limit $4"""
_COUNT: Final = "select count(*) from shortlist_comments where person_id = $1"
_UNSAY: Final = """
delete from shortlist_comments where id = $1 and (person_id = $2 or author_id = $2)
returning person_id, property_id"""


async def add(db: AsyncSession, person_id: int, link: Link, token_hash: bytes) -> int:
    """Keep a link and say its id, which the given one has not yet."""
    values = (link.list_id, token_hash, link.may, link.whom, link.with_notes, link.made_at, link.expires_at)
    return await (await driver(db)).fetchval(_ADD, person_id, *values)


async def of(db: AsyncSession, person_id: int, now: datetime) -> list[Link]:
    """Somebody's links that have not ended."""
    return [Link(*row) for row in await (await driver(db)).fetch(_OF, person_id, now)]


async def revoke(db: AsyncSession, person_id: int, link_id: int) -> bool:
    """End one of somebody's links; whether there was such a one."""
    return await (await driver(db)).fetchrow(_REVOKE, link_id, person_id) is not None


async def opened(db: AsyncSession, token_hash: bytes, now: datetime) -> Opened | None:
    """What a link opens, unless it has ended."""
    row = await (await driver(db)).fetchrow(_OPEN, token_hash, now)
    return None if row is None else Opened(*row)


async def forget(db: AsyncSession, now: datetime, limit: int) -> int:
    """Remove links that have ended, and say how many."""
    done = await (await driver(db)).execute(_FORGET, now, limit)
    return int(done.rpartition(" ")[2])


async def say(
    db: AsyncSession,
    whose: tuple[int, int | None],
    about: int | None,
    by: tuple[int | None, str],
    said: str,
    now: datetime,
) -> int:
    """Keep what somebody said about a list, `whose` person and id, or about a property on it; its id."""
    return await (await driver(db)).fetchval(_SAY, *whose, about, *by, said, now)


async def comments(
    db: AsyncSession, person_id: int, list_id: int | None, *, before: int | None, limit: int
) -> list[Comment]:
    """What was said about a list, the last first; `before` is the id of a comment."""
    rows = await (await driver(db)).fetch(_COMMENTS, person_id, list_id, before, limit)
    return [Comment(*row) for row in rows]


async def count(db: AsyncSession, person_id: int) -> int:
    """How much was said about all lists of somebody."""
    return await (await driver(db)).fetchval(_COUNT, person_id)


async def take_down(db: AsyncSession, comment_id: int) -> int | None:
    """Remove a comment whoever made it: whose list it was on, where it was still there."""
    gone = delete(ShortlistCommentRow).where(ShortlistCommentRow.id == comment_id)
    return await db.scalar(gone.returning(ShortlistCommentRow.person_id))


async def unsay(db: AsyncSession, person_id: int, comment_id: int) -> tuple[int, int | None] | None:
    """Remove a comment on somebody's own list, or of their own: whose list it was on, and about what."""
    row = await (await driver(db)).fetchrow(_UNSAY, comment_id, person_id)
    return None if row is None else (*row,)
