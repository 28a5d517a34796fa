"""Places: localities, sectors, societies, metro stations and office hubs, by id and normalised name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from geoalchemy2 import Geography
from sqlalchemy import CheckConstraint, Identity, Index, SmallInteger, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

KINDS = ("city", "locality", "sector", "society", "metro", "hub")


class Place(Base):
    __tablename__ = "places"
    __table_args__ = (
        UniqueConstraint("kind", "slug"),
        CheckConstraint(f"kind in {KINDS}", name="kind"),
        Index("places_geog_idx", "geog", postgresql_using="gist"),
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
set name = excluded.name, detail = excluded.detail, rank = excluded.rank,
  geog = coalesce(excluded.geog, p.geog)
where (p.name, p.detail, p.rank) is distinct from (excluded.name, excluded.detail, excluded.rank)
  or (excluded.geog is not null and ST_AsBinary(p.geog) is distinct from ST_AsBinary(excluded.geog))"""


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
