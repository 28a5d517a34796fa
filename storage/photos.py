"""Photos: pictures and floor plans of properties, from the moment somebody wants to send one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    func,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.engine import driver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

KINDS: Final = ("photo", "floor_plan")
STATES: Final = ("waiting", "received", "ready", "refused")
FOLDERS: Final = {"photo": "photos", "floor_plan": "plans"}
WIDTHS: Final = (320, 640, 1280, 1920)
GIVEN: Final = "given"
"""The name, in a photo's folder, of what was sent; it goes once the sizes are made."""

FILES: Final = (*(f"{width}.webp" for width in WIDTHS), "1280.jpg")
MEDIA: Final = "/media/"
_SHOWN: Final = re.compile(r"/media/(?:photos|plans)/[\w-]+/(\d+)\.webp")
_BAND: Final = 1 << 16
PLAIN: Final = 4
"""A hash with hardly more bits set, or unset, is that of a plain surface, which looks like any other."""


class PhotoRow(Base):
    """A picture of a property. A trigger keeps `properties.photos` in step with those that are ready."""

    __tablename__ = "photos"
    __table_args__ = (
        CheckConstraint(f"kind in {KINDS}", name="kind"),
        CheckConstraint(f"state in {STATES}", name="state"),
        CheckConstraint("char_length(caption) <= 200", name="caption"),
        Index("photos_property_id_idx", "property_id", "position", "id"),
        Index("photos_person_id_idx", "person_id", postgresql_where=text("person_id is not null")),
        Index("photos_bands_idx", "bands", postgresql_using="gin"),
        Index("photos_held_idx", "id", postgresql_where=text("held")),
        Index(
            "photos_unfinished_idx",
            "added_at",
            postgresql_where=text("state = 'waiting' or removed_at is not null"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    property_id: Mapped[int] = mapped_column(ForeignKey("properties.id", ondelete="cascade"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="set null"))
    """Whoever sent it."""

    kind: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="waiting")
    folder: Mapped[str] = mapped_column(unique=True)
    """Where its files are: a kind and a name that nobody can guess."""

    position: Mapped[int]
    caption: Mapped[str | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    placeholder: Mapped[str | None]
    """A few pixels of it as a `data:` address, to be shown until it has come."""

    likeness: Mapped[int | None] = mapped_column(BigInteger)
    """Its perceptual hash (dHash, 64 bits): of two that look alike, few bits differ."""

    bands: Mapped[list[int] | None] = mapped_column(ARRAY(Integer))
    """The hash in four parts, each with its place: two hashes that differ in three bits share one."""

    problem: Mapped[str | None]
    """Why it was refused, as a code."""

    held: Mapped[bool] = mapped_column(server_default="false")
    """Whether it waits until staff have looked at it, since it came to what is shown already."""

    added_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    removed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


@dataclass(frozen=True, slots=True)
class Seen:
    """What a picture turned out to be."""

    width: int
    height: int
    placeholder: str
    likeness: int


class Held(NamedTuple):
    """A picture that waits for a look."""

    id: int
    property_id: int
    title: str
    kind: str
    path: str
    caption: str | None
    added_at: datetime
    alike: list[int]
    """Other properties with a picture that looks the same."""


class Taken(NamedTuple):
    """One that is being decided about."""

    id: int
    folder: str
    person_id: int | None
    owner_id: int | None
    title: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Another property with a picture that looks like one of this property's."""

    property_id: int
    photo_id: int
    own_id: int
    bits: int
    """How many bits of the hashes differ."""


def files(folder: str) -> list[str]:
    """The names of all sizes in a photo's folder."""
    return [f"{folder}/{file}" for file in FILES]


def given(folder: str) -> str:
    """The name of what was sent."""
    return f"{folder}/{GIVEN}"


def at_most(path: str, width: int) -> str:
    """The same picture at most so wide, where it is one of ours; any other path as it is."""
    found = _SHOWN.fullmatch(path)
    return path if found is None else f"{path[: found.start(1)]}{width}.webp"


async def add(
    db: AsyncSession, property_id: int, person_id: int, kind: str, folder: str, caption: str | None
) -> PhotoRow:
    """A place for a picture, behind those that are there."""
    last = select(func.coalesce(func.max(PhotoRow.position), 0)).where(PhotoRow.property_id == property_id)
    row = PhotoRow(
        property_id=property_id,
        person_id=person_id,
        kind=kind,
        folder=folder,
        caption=caption,
        position=(await db.scalar(last) or 0) + 1,
        state="waiting",
    )
    db.add(row)
    await db.flush()
    return row


async def count(db: AsyncSession, property_id: int) -> int:
    """How many pictures a property has, those on their way included."""
    wanted = select(func.count()).where(
        PhotoRow.property_id == property_id, PhotoRow.removed_at.is_(None), PhotoRow.state != "refused"
    )
    return await db.scalar(wanted) or 0


async def get(db: AsyncSession, photo_id: int, *, hold: bool = False) -> PhotoRow | None:
    """A picture, also one that was removed. With `hold` it stays so until the transaction ends."""
    wanted = select(PhotoRow).where(PhotoRow.id == photo_id)
    return await db.scalar(wanted.with_for_update() if hold else wanted)


async def of(db: AsyncSession, property_id: int) -> Sequence[PhotoRow]:
    """The pictures of a property in their order, floor plans last."""
    wanted = select(PhotoRow).where(PhotoRow.property_id == property_id, PhotoRow.removed_at.is_(None))
    order = (PhotoRow.kind == "floor_plan", PhotoRow.position, PhotoRow.id)
    return (await db.scalars(wanted.order_by(*order))).all()


async def change(db: AsyncSession, photo_id: int, **values: Any) -> None:
    """Write columns of a picture."""
    await db.execute(update(PhotoRow).where(PhotoRow.id == photo_id).values(**values))


_HOLD_HOME: Final = "select from properties where id = $1 for no key update"
_TRUSTED: Final = """
select p.status in ('draft', 'review') and l.approved is null
  or coalesce(s.role <> 'member' and s.id is distinct from p.owner_id, false)
from photos f join properties p on p.id = f.property_id
left join listings l on l.property_id = p.id left join people s on s.id = f.person_id
where f.id = $1"""
_ANOTHER: Final = """
update listings l set submission = l.submission + 1 from photos f
where f.id = $1 and l.property_id = f.property_id and l.submitted_at is not null"""


async def hold_home(db: AsyncSession, property_id: int) -> None:
    """Have whoever else decides about a property, or changes it, wait for the end of the transaction.

    Whoever holds a picture as well does so after this.
    """
    await (await driver(db)).execute(_HOLD_HOME, property_id)


async def joins(db: AsyncSession, photo_id: int) -> None:
    """Say that a picture is among those of its property: what waits for a review is another submission."""
    await (await driver(db)).execute(_ANOTHER, photo_id)


async def hold_removed(db: AsyncSession, property_id: int) -> None:
    """Have pictures that were removed wait for a look, should they be taken back: nobody approved them."""
    removed = (PhotoRow.property_id == property_id, PhotoRow.removed_at.is_not(None))
    await db.execute(update(PhotoRow).where(*removed).values(held=True))


async def develop(db: AsyncSession, photo_id: int, seen: Seen) -> None:
    """Say what a picture turned out to be.

    It is shown with its property from now on; where that was approved already, once staff have looked at it,
    unless they sent it for its owner.
    """
    trusted: bool | None = await (await driver(db)).fetchval(_TRUSTED, photo_id)
    await joins(db, photo_id)
    # Each place has a range of its own, so that equal parts in different places are not taken for one.
    bands = [at * _BAND + (seen.likeness >> 16 * at) % _BAND for at in range(4)]
    plain = not PLAIN < (seen.likeness % 2**64).bit_count() < 64 - PLAIN
    await change(
        db,
        photo_id,
        state="ready",
        held=not trusted,
        width=seen.width,
        height=seen.height,
        placeholder=seen.placeholder,
        likeness=seen.likeness,
        bands=None if plain else bands,
    )


_ORDER: Final = """
update photos set position = place
from unnest(cast($1 as bigint[])) with ordinality as wanted (id, place)
where photos.id = wanted.id and position <> place"""


async def order(db: AsyncSession, ids: Sequence[int]) -> None:
    """Number pictures in this order, from 1."""
    await (await driver(db)).execute(_ORDER, list(ids))


_FORGET: Final = """
delete from photos where id in (
  select id from photos
  where (state = 'waiting' or removed_at is not null)
    and (state = 'waiting' and added_at < $1 or removed_at < $2)
  order by added_at limit $3 for update skip locked)
returning id"""


async def forget(db: AsyncSession, sent_before: datetime, removed_before: datetime, limit: int) -> int:
    """Remove what was never sent and what was removed long enough ago; the files follow by themselves."""
    return len(await (await driver(db)).fetch(_FORGET, sent_before, removed_before, limit))


_WAIT: Final = "h.held and h.state = 'ready' and h.removed_at is null"
_HELD: Final = f"""
select h.id, h.property_id, p.title, h.kind, '{MEDIA}' || h.folder || '/1280.webp', h.caption, h.added_at,
  array(
    select distinct o.property_id from photos o
    where o.bands && h.bands and o.property_id <> h.property_id and o.state = 'ready' and o.removed_at is null
      and bit_count((o.likeness # h.likeness)::bit(64)) <= 3 order by o.property_id limit 5)
from photos h join properties p on p.id = h.property_id
where {_WAIT} and h.id > $1 order by h.id limit $2"""  # noqa: S608 -- made of constants
_TAKE_HELD: Final = f"""
select h.id, h.folder, h.person_id, p.owner_id, p.title
from photos h join properties p on p.id = h.property_id
where h.property_id = $1 and h.id = any($2::bigint[]) and {_WAIT} order by h.id for update of h"""  # noqa: S608 -- likewise


async def held(db: AsyncSession, *, after: int, limit: int) -> list[Held]:
    """Pictures that wait for a look, the longest first; `after` is the id of one."""
    return [Held(*row) for row in await (await driver(db)).fetch(_HELD, after, limit)]


async def take_held(db: AsyncSession, property_id: int, ids: Sequence[int]) -> list[Taken]:
    """Those of these pictures of a property that wait for a look, held until the transaction ends."""
    await hold_home(db, property_id)
    rows = await (await driver(db)).fetch(_TAKE_HELD, property_id, list(ids))
    return [Taken(*row) for row in rows]


_ALIKE: Final = """
select other.property_id, other.id as photo_id, own.id as own_id,
  bit_count((other.likeness # own.likeness)::bit(64))::int as bits
from photos own join photos other on other.bands && own.bands and other.property_id <> own.property_id
where own.property_id = $1 and own.kind = 'photo' and own.state = 'ready' and own.removed_at is null
  and other.kind = 'photo' and other.state = 'ready' and other.removed_at is null
  and bit_count((other.likeness # own.likeness)::bit(64)) <= $2
order by bits, photo_id limit $3"""


async def alike(db: AsyncSession, property_id: int, *, bits: int = 3, limit: int = 20) -> list[Alike]:
    """Pictures of other properties that look like one of this property's: at most so many bits differ.

    What differs in up to three bits is always found, by an index; of the rest what shares a part of its hash.
    """
    rows = await (await driver(db)).fetch(_ALIKE, property_id, bits, limit)
    return [Alike(**row) for row in rows]


async def waits(db: AsyncSession, folder: str) -> bool:
    """Whether the photo of a folder waits for its file."""
    wanted = select(PhotoRow.id).where(PhotoRow.folder == folder, PhotoRow.state == "waiting")
    return await db.scalar(wanted) is not None
