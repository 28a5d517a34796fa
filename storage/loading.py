"""Bulk loading: rows are copied into a temporary table, judged against each other there, then merged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import text

from storage import places
from storage.engine import driver

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal

    from sqlalchemy.ext.asyncio import AsyncSession


class PlaceName(NamedTuple):
    """A place as a row names it."""

    kind: str
    slug: str
    name: str


class Offer(NamedTuple):
    """What is offered, and for how much: rupees, whole to buy and by the month otherwise."""

    row: int
    """Its number in the source, counted from 1."""

    source_id: str
    purpose: str
    kind: str
    title: str
    description: str
    price: Decimal


class Features(NamedTuple):
    """What it is like. None is unknown; amenities are bits of `tools.discovery.vocabulary`."""

    area_sqft: Decimal | None
    bedrooms: int | None
    balconies: int | None
    furnishing: str | None
    facing: str | None
    age_band: str | None
    floor_band: str | None
    building_band: str | None
    possession: str | None
    amenities_yes: int
    amenities_no: int
    tenants: list[str]


class Whereabouts(NamedTuple):
    """Where it is."""

    lat: float | None
    lng: float | None
    locality_kind: str | None
    locality_slug: str | None
    locality_name: str | None
    sector_slug: str | None
    sector_name: str | None
    society_slug: str | None
    society_name: str | None


class Trace(NamedTuple):
    """What is known about the row itself."""

    flags: list[str]
    photos: list[str]
    first_seen_at: datetime | None
    """When it was listed, where that is known; None is now."""

    checksum: str
    """Of everything that the row says: a row whose checksum is stored already is left alone."""

    content: str
    """Of what a reader would see, without the source's id."""


class Staged(NamedTuple):
    """One property on its way into `properties`."""

    offer: Offer
    features: Features
    whereabouts: Whereabouts
    trace: Trace


class Merged(NamedTuple):
    """What became of the staged rows."""

    added: list[int]
    changed: list[int]
    unchanged: int


_STAGED: Final = Offer._fields + Features._fields + Whereabouts._fields + Trace._fields
_STAGE: Final = """
create temporary table staged (
  row bigint not null, source_id text not null, purpose text not null, kind text not null,
  title text not null, description text not null, price numeric(14, 2) not null, area_sqft numeric(12, 2),
  bedrooms smallint, balconies smallint, furnishing text, facing text,
  age_band text, floor_band text, building_band text, possession text,
  lat double precision, lng double precision, locality_kind text, locality_slug text, locality_name text,
  sector_slug text, sector_name text, society_slug text, society_name text,
  amenities_yes bigint not null, amenities_no bigint not null, tenants text[] not null, flags text[] not null,
  photos text[] not null, first_seen_at timestamptz, checksum text not null, content text not null
) on commit drop"""


async def begin(db: AsyncSession, source: str) -> None:
    """Make the temporary table. A second load of the same source waits until this transaction has ended."""
    await db.execute(text("set local statement_timeout = '30min'"))
    await db.execute(
        text("select pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": f"load {source}"}
    )
    await db.execute(text(_STAGE))


async def copy(db: AsyncSession, rows: Sequence[Staged]) -> None:
    """Append these rows to the temporary table."""
    connection = await driver(db)
    records = (offer + features + where + trace for offer, features, where, trace in rows)
    await connection.copy_records_to_table("staged", records=records, columns=_STAGED)


async def refuse_repeated_ids(db: AsyncSession) -> list[int]:
    """Drop every row whose source id an earlier row has; answers their numbers."""
    return await _rows(
        db,
        """
        delete from staged s using (
          select row, row_number() over (partition by source_id order by row) as nth from staged
        ) each
        where each.row = s.row and each.nth > 1 returning s.row""",
    )


async def flag_repeated_content(db: AsyncSession) -> list[int]:
    """Flag every row that reads the same as an earlier one; answers their numbers."""
    return await _rows(
        db,
        """
        update staged s set flags = flags || array['duplicate'] from (
          select row, row_number() over (partition by content order by row) as nth from staged
        ) each
        where each.row = s.row and each.nth > 1 returning s.row""",
    )


_OUTLIERS: Final = """
with peers as (
  select row, purpose, kind, bedrooms, price, area_sqft, flags from staged
  union all
  select null, purpose, kind, bedrooms, price, area_sqft, flags from properties p
  where source = :source and not exists (select from staged s where s.source_id = p.source_id)
),
measured as (
  select row, purpose, kind, coalesce(bedrooms, 0) as bedrooms,
    flags && array['rent_listed_as_sale', 'sale_listed_as_rent', 'other_town'] as is_doubtful,
    ln(case when :flag = 'area_outlier' then area_sqft
       when kind in ('plot', 'shop', 'office') then price / area_sqft else price end) as x
  from peers
),
centres as (
  select purpose, kind, bedrooms, percentile_cont(0.5) within group (order by x) as centre
  from measured where x is not null and not is_doubtful group by 1, 2, 3 having count(*) >= 20
),
spreads as (
  select purpose, kind, bedrooms, centre,
    greatest(5 * 1.4826 * percentile_cont(0.5) within group (order by abs(x - centre)), ln(5)) as far
  from measured join centres using (purpose, kind, bedrooms)
  where x is not null and not is_doubtful group by 1, 2, 3, 4
)
update staged s set flags = s.flags || array[cast(:flag as text)]
from measured m join spreads using (purpose, kind, bedrooms)
where m.row = s.row and abs(m.x - centre) > far and not s.flags @> array[cast(:flag as text)]
returning s.row"""


async def flag_outliers(db: AsyncSession, source: str) -> dict[str, list[int]]:
    """Flag prices and areas that lie far outside those of their like; answers row numbers by flag.

    Alike are properties of one source, purpose, kind and number of bedrooms. Far is more than five robust
    standard deviations (1.4826 median absolute deviations) of the logarithm, and at least a factor of five.
    For land and business space, which have no bedrooms, the price a square foot stands in for the price.
    """
    return {
        flag: await _rows(db, _OUTLIERS, {"source": source, "flag": flag})
        for flag in ("price_outlier", "area_outlier")
    }


async def locate(db: AsyncSession) -> dict[str, list[int]]:
    """Give rows without coordinates those of their society, sector or locality; answers rows by flag."""
    approximate = await _rows(
        db,
        """
        update staged s set flags = flags || array['approximate_location'], lat = ST_Y(at), lng = ST_X(at)
        from (
          select each.row, coalesce(society.geog, sector.geog, locality.geog)::geometry as at
          from staged each
          left join places society on society.kind = 'society' and society.slug = each.society_slug
          left join places sector on sector.kind = 'sector' and sector.slug = each.sector_slug
          left join places locality
            on locality.kind = each.locality_kind and locality.slug = each.locality_slug
          where each.lat is null
        ) found
        where found.row = s.row and at is not null returning s.row""",
    )
    nowhere = await _rows(
        db,
        "update staged set flags = flags || array['no_location'] where lat is null returning row",
    )
    return {"approximate_location": approximate, "no_location": nowhere}


_ADD_PLACES: Final = """
with named as (
  select locality_kind as kind, locality_slug as slug, locality_name as name, null as detail, lat, lng
  from staged where locality_slug is not null
  union all
  select 'sector', sector_slug, sector_name, null, lat, lng from staged where sector_slug is not null
  union all
  select 'society', society_slug, society_name, locality_name, lat, lng from staged
  where society_slug is not null
)
insert into places as p (kind, slug, name, detail, geog)
select kind, slug, min(name), mode() within group (order by detail),
  ST_SetSRID(ST_MakePoint(percentile_cont(0.5) within group (order by lng),
                          percentile_cont(0.5) within group (order by lat)), 4326)::geography
from named group by kind, slug order by kind, slug
on conflict (kind, slug) do update set geog = excluded.geog where p.geog is null and excluded.geog is not null
returning p.id"""


async def add_places(db: AsyncSession) -> int:
    """Add the places that the staged rows name and nobody knows yet, at their rows' median coordinates."""
    return len((await db.execute(text(_ADD_PLACES))).all())


async def analyze(db: AsyncSession) -> None:
    """Let the planner know what was staged. Do it once before rows are joined with others."""
    await db.execute(text("analyze staged"))


_MERGE: Final = """
insert into properties as p (
  source, source_id, first_seen_at,
  purpose, kind, title, description, price, area_sqft, bedrooms, balconies, furnishing, facing,
  age_band, floor_band, building_band, possession, amenities_yes, amenities_no, tenants, flags, photos,
  checksum, geog, locality_id, sector_id, society_id
)
select cast(:source as text), s.source_id, coalesce(s.first_seen_at, now()),
  s.purpose, s.kind, s.title, s.description, s.price, s.area_sqft, s.bedrooms, s.balconies,
  s.furnishing, s.facing, s.age_band, s.floor_band, s.building_band, s.possession, s.amenities_yes,
  s.amenities_no, s.tenants, s.flags, s.photos, s.checksum,
  ST_SetSRID(ST_MakePoint(s.lng, s.lat), 4326)::geography, locality.id, sector.id, society.id
from staged s
left join places locality on locality.kind = s.locality_kind and locality.slug = s.locality_slug
left join places sector on sector.kind = 'sector' and sector.slug = s.sector_slug
left join places society on society.kind = 'society' and society.slug = s.society_slug
where not exists (
  select from properties old
  where old.source = cast(:source as text) and old.source_id = s.source_id and old.checksum = s.checksum
)
order by s.row
on conflict (source, source_id) do update set (
  purpose, kind, title, description, price, area_sqft, bedrooms, balconies, furnishing, facing,
  age_band, floor_band, building_band, possession, amenities_yes, amenities_no, tenants, flags, photos,
  checksum, geog, locality_id, sector_id, society_id, updated_at
) = (
  excluded.purpose, excluded.kind, excluded.title, excluded.description, excluded.price,
  excluded.area_sqft, excluded.bedrooms, excluded.balconies, excluded.furnishing, excluded.facing,
  excluded.age_band, excluded.floor_band, excluded.building_band, excluded.possession,
  excluded.amenities_yes, excluded.amenities_no, excluded.tenants, excluded.flags,
  array(select path from unnest(p.photos) path where path like '/media/%') || excluded.photos,
  excluded.checksum, excluded.geog, excluded.locality_id, excluded.sector_id, excluded.society_id, now()
)
returning p.id, (xmax = 0) as is_new"""


async def merge(db: AsyncSession, source: str) -> Merged:
    """Add new rows and change changed ones, keeping when they were first seen; answers their ids.

    A row that names a place by another name of it stands in the place itself.
    """
    staged = (await db.execute(text("select count(*) from staged"))).scalar_one()
    touched = (await db.execute(text(_MERGE), {"source": source})).all()
    await places.settle(db, [row.id for row in touched])
    added = [row.id for row in touched if row.is_new]
    changed = [row.id for row in touched if not row.is_new]
    return Merged(added, changed, staged - len(touched))


async def _rows(db: AsyncSession, statement: str, values: dict[str, str] | None = None) -> list[int]:
    return sorted((await db.execute(text(statement), values or {})).scalars())
