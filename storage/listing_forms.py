"""Listings as their owners fill them in: one, its places by name, and writing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import insert, literal, select, text, update

from storage import places, search_index
from storage.listings import Property

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

SOURCE: Final = "owner"
"""The source of what is offered here by members."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A listing as it is kept: what is offered, and where it stands in its life."""

    id: int
    source: str
    owner_id: int | None
    status: str
    purpose: str
    kind: str
    title: str
    description: str
    price: Decimal
    area_sqft: Decimal | None
    bedrooms: int | None
    balconies: int | None
    furnishing: str | None
    facing: str | None
    age_band: str | None
    floor_band: str | None
    possession: str | None
    amenities_yes: int
    tenants: list[str]
    flags: list[str]
    photos: list[str]
    locality_id: int | None
    sector_id: int | None
    society_id: int | None
    locality: str | None
    sector: str | None
    society: str | None
    lat: float | None
    lng: float | None
    first_seen_at: datetime
    updated_at: datetime
    version: int
    approved: str | None
    approved_words: str | None
    approved_price: Decimal | None
    submission: int
    submitted_at: datetime | None
    submitted_by: int | None
    evidence_at: datetime
    reminded_at: datetime | None
    expired: bool
    available_from: date | None


class PlaceIds(NamedTuple):
    """Where it is, by the ids of places."""

    locality_id: int | None
    sector_id: int | None
    society_id: int | None


_KEPT: Final = """
select p.id, p.source, p.owner_id, p.status, p.purpose, p.kind, p.title, p.description, p.price, p.area_sqft,
  p.bedrooms, p.balconies, p.furnishing, p.facing, p.age_band, p.floor_band, p.possession, p.amenities_yes,
  p.tenants, p.flags, p.photos, p.locality_id, p.sector_id, p.society_id,
  locality.name as locality, sector.name as sector, society.name as society,
  ST_Y(p.geog::geometry) as lat, ST_X(p.geog::geometry) as lng, p.first_seen_at, p.updated_at,
  coalesce(l.version, 0) as version, l.approved, l.approved_words, l.approved_price,
  coalesce(l.submission, 0) as submission, l.submitted_at,
  l.submitted_by, coalesce(l.evidence_at, p.updated_at) as evidence_at, l.reminded_at,
  coalesce(l.expired, false) as expired, l.available_from
from properties p
left join listings l on l.property_id = p.id
left join places locality on locality.id = p.locality_id
left join places sector on sector.id = p.sector_id
left join places society on society.id = p.society_id
"""


async def one(db: AsyncSession, property_id: int, *, hold: bool = False) -> Kept | None:
    """A listing in any state; with `hold` nobody else changes it until the transaction ends."""
    wanted = f"{_KEPT} where p.id = :id{' for update of p' if hold else ''}"
    row = (await db.execute(text(wanted), {"id": property_id})).one_or_none()
    return None if row is None else Kept(*row)


async def owned(
    db: AsyncSession, owner_id: int, *, statuses: Sequence[str], before: int | None, limit: int
) -> Sequence[Kept]:
    """What a person offers, the newest first; in these states."""
    wanted = f"""{_KEPT} where p.owner_id = :owner and p.status = any(cast(:statuses as text[]))
      and p.id < coalesce(cast(:before as bigint), {2**63 - 1}) order by p.id desc limit :limit"""
    given = {"owner": owner_id, "statuses": list(statuses), "before": before, "limit": limit}
    return [Kept(*row) for row in await db.execute(text(wanted), given)]


async def waiting(db: AsyncSession, *, after: tuple[datetime, int] | None, limit: int) -> Sequence[Kept]:
    """What waits for a review, the longest first; `after` is the time and the id of one."""
    at, last = after or (None, 0)
    wanted = f"""{_KEPT} where l.submitted_at is not null and p.status = 'review'
      and (l.submitted_at, l.property_id) > (coalesce(cast(:at as timestamptz), '-infinity'), :last)
    order by l.submitted_at, l.property_id limit :limit"""
    return [Kept(*row) for row in await db.execute(text(wanted), {"at": at, "last": last, "limit": limit})]


async def place_ids(db: AsyncSession, named: Sequence[places.KnownPlace | None]) -> PlaceIds:
    """The ids of a locality, a sector and a society, each of them known to the gazetteer."""
    there = [place for place in named if place is not None]
    if there:
        await places.sync(db, there)
    ids = await places.meant(db, [(place.kind, place.slug) for place in there])
    return PlaceIds(*(ids[place.kind, place.slug] if place else None for place in named))


def _written(columns: dict[str, Any]) -> dict[str, Any]:
    """A form's columns, with its point as it is stored."""
    values = {name: value for name, value in columns.items() if name not in ("lat", "lng")}
    lat, lng = columns["lat"], columns["lng"]
    return {**values, "geog": None if lat is None else f"SRID=4326;POINT({lng} {lat})"}


async def add(db: AsyncSession, owner_id: int, source_id: str, now: datetime, columns: dict[str, Any]) -> int:
    """Keep a new draft; its id."""
    row = Property(
        source=SOURCE,
        source_id=source_id,
        owner_id=owner_id,
        status="draft",
        first_seen_at=now,
        updated_at=now,
        **_written(columns),
    )
    db.add(row)
    await db.flush()
    return row.id


async def rewrite(db: AsyncSession, property_id: int, now: datetime, columns: dict[str, Any]) -> None:
    """Write what is offered over what was."""
    changed = update(Property).where(Property.id == property_id)
    await db.execute(changed.values(**_written(columns), updated_at=now))


async def follow(db: AsyncSession, property_id: int) -> None:
    """Have searches find a listing as it is now, or no longer."""
    await search_index.refresh(db, [property_id])


_COPIED: Final = (
    "purpose", "kind", "title", "description", "price", "area_sqft", "bedrooms", "balconies", "furnishing",
    "facing", "age_band", "floor_band", "building_band", "possession", "amenities_yes", "amenities_no",
    "tenants", "flags", "geog", "locality_id", "sector_id", "society_id",
)  # fmt: skip


async def copy(db: AsyncSession, property_id: int, owner_id: int, source_id: str, now: datetime) -> int:
    """Keep a new draft that says what another listing says, without its photos; its id."""
    new = {"source": SOURCE, "source_id": source_id, "owner_id": owner_id, "status": "draft"}
    new |= {"first_seen_at": now, "updated_at": now}
    columns = [Property.__table__.c[name] for name in _COPIED]
    copied = select(*(literal(value) for value in new.values()), *columns).where(Property.id == property_id)
    made = insert(Property).from_select([*new, *_COPIED], copied).returning(Property.id)
    new_id = (await db.execute(made)).scalar_one()
    await places.settle(db, [new_id])
    return new_id


async def count(db: AsyncSession, owner_id: int) -> int:
    """How many listings somebody has that are not archived."""
    counted = "select count(*) from properties where owner_id = :owner and status <> 'archived'"
    return (await db.execute(text(counted), {"owner": owner_id})).scalar_one()
