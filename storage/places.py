"""Places: localities, sectors, societies, metro stations and office hubs, by id and normalised name."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from geoalchemy2 import Geography
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    SmallInteger,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

KINDS = ("city", "locality", "sector", "society", "metro", "hub")


class Place(Base):
    __tablename__ = "places"
    __table_args__ = (
        UniqueConstraint("kind", "slug"),
        CheckConstraint(f"kind in {KINDS}", name="kind"),
        CheckConstraint("same_as <> id", name="same_as"),
        Index("places_geog_idx", "geog", postgresql_using="gist"),
        Index("places_same_as_idx", "same_as", postgresql_where=text("same_as is not null")),
        Index("places_follows_from_idx", "id", postgresql_where=text("follows_from is not null")),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    kind: Mapped[str]
    slug: Mapped[str]
    """The normalised name, such as `sector 57` or `dlf phase 2`."""

    name: Mapped[str]
    """The name as it is shown, such as `DLF Phase 2`."""

    geog: Mapped[str | None] = mapped_column(Geography("POINT", srid=4326, spatial_index=False))
    detail: Mapped[str | None]
    """What tells namesakes apart: the metro line, or a society's locality."""

    rank: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    same_as: Mapped[int | None] = mapped_column(ForeignKey("places.id"))
    """The place that this is only another name of. That one is itself no other's name."""

    own_name: Mapped[bool] = mapped_column(server_default=false())
    """Whether somebody here named it, so that what comes with the product no longer does."""

    merged_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """When it was merged into another, where it was a place of its own before."""

    follows_from: Mapped[int | None] = mapped_column(BigInteger)
    """Its properties from this id on still have to follow what became of it."""


class KnownPlace(NamedTuple):
    """A place that comes with the product."""

    kind: str
    slug: str
    name: str
    lat: float | None
    lng: float | None
    detail: str | None = None
    rank: int = 0


_SYNC: Final = """
insert into places as p (kind, slug, name, detail, rank, geog)
select kind, slug, name, detail, rank, ST_SetSRID(ST_MakePoint(lng, lat), 4326)::geography
from unnest(cast(:kinds as text[]), cast(:slugs as text[]), cast(:names as text[]), cast(:details as text[]),
            cast(:ranks as int[]), cast(:lats as float8[]), cast(:lngs as float8[]))
  as known (kind, slug, name, detail, rank, lat, lng)
on conflict (kind, slug) do update
set name = case when p.own_name then p.name else excluded.name end, detail = excluded.detail,
  rank = excluded.rank, geog = coalesce(excluded.geog, p.geog)
where p.same_as is null
  and ((not p.own_name and p.name <> excluded.name)
    or (p.detail, p.rank) is distinct from (excluded.detail, excluded.rank)
    or (excluded.geog is not null and ST_AsBinary(p.geog) is distinct from ST_AsBinary(excluded.geog)))"""
_SETTLE: Final = """
update properties p
set locality_id = coalesce(locality.same_as, p.locality_id),
  sector_id = coalesce(sector.same_as, p.sector_id),
  society_id = coalesce(society.same_as, p.society_id)
from properties q
left join places locality on locality.id = q.locality_id
left join places sector on sector.id = q.sector_id
left join places society on society.id = q.society_id
where q.id = any(cast(:ids as bigint[])) and p.id = q.id
  and exists (select from places where same_as is not null)
  and num_nonnulls(locality.same_as, sector.same_as, society.same_as) > 0"""
_MEANT: Final = """
select kind, slug, coalesce(same_as, id) from places
where (kind, slug) in (select * from unnest(cast(:kinds as text[]), cast(:slugs as text[])))
order by id for key share"""
_MEANT_IDS: Final = """
select coalesce(same_as, id) from places where id = any(cast(:ids as int[])) order by id for key share"""


async def sync(db: AsyncSession, known: Sequence[KnownPlace]) -> int:
    """Bring the places that come with the product up to date, leaving others; answers how many changed."""
    unique = {(place.kind, place.slug): place for place in known}.values()
    wrote = await db.execute(
        text(_SYNC),
        {
            "kinds": [place.kind for place in unique],
            "slugs": [place.slug for place in unique],
            "names": [place.name for place in unique],
            "details": [place.detail for place in unique],
            "ranks": [place.rank for place in unique],
            "lats": [place.lat for place in unique],
            "lngs": [place.lng for place in unique],
        },
    )
    return getattr(wrote, "rowcount", 0)


async def settle(db: AsyncSession, property_ids: Collection[int]) -> None:
    """Let these properties stand in the places that were meant, where theirs are other names of them.

    Whoever writes the places of properties does this afterwards: it sees what was merged meanwhile, and what
    is merged later waits for the end of this transaction before it says that no more have to follow.
    """
    await db.execute(text(_SETTLE), {"ids": sorted(property_ids)})


async def meant(db: AsyncSession, slugs: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The ids of the places of these kinds and slugs, whatever names of them these are; they stay so until
    the transaction ends."""
    given = {"kinds": [kind for kind, _ in slugs], "slugs": [slug for _, slug in slugs]}
    return {(kind, slug): id_ for kind, slug, id_ in await db.execute(text(_MEANT), given)}


async def meant_ids(db: AsyncSession, ids: Collection[int]) -> set[int]:
    """The ids of the places that these ids mean; they stay so until the transaction ends."""
    return set((await db.scalars(text(_MEANT_IDS), {"ids": sorted(ids)})).all())
