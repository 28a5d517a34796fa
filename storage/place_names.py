"""What staff see and admins decide of places: how many properties stand in each, what it is called, and which
are one and the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from sqlalchemy import text

from storage import places, search_index

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession

Kind = Literal["locality", "sector", "society"]
KINDS: Final[tuple[Kind, ...]] = ("locality", "sector", "society")
"""What properties stand in, and admins name."""


class Counted(NamedTuple):
    """A place as staff see it."""

    id: int
    kind: Kind
    slug: str
    name: str
    detail: str | None
    own_name: bool
    lat: float | None
    lng: float | None
    properties: int
    """Those that are not live, too."""

    live: int
    staff: int
    """How many members of staff say that they know it."""

    follows: bool
    """Whether its properties are still on their way, or still to be indexed under its name."""


class Name(NamedTuple):
    """Another name of a place."""

    id: int
    name: str
    slug: str
    merged_at: datetime | None
    """When it was merged, where it was a place of its own before."""


class Alike(NamedTuple):
    """Two places that may be the same, the first with more live properties."""

    id: int
    other_id: int
    likeness: float
    metres: int | None


# Properties count under the place that is meant while they are still on their way to it.
_IN: Final = """
select count(*) as n, count(*) filter (where p.status = 'live') as live from properties p
where p.locality_id = any(f.ids) or p.sector_id = any(f.ids) or p.society_id = any(f.ids)"""
_COUNTED: Final = f"""
with found as (
  select m.id, m.kind, m.slug, m.name, m.detail, m.own_name, m.geog,
    m.follows_from is not null or bool_or(o.follows_from is not null) as follows,
    array_agg(o.id) filter (where o.follows_from is not null) || m.id as ids
  from places m left join places o on o.same_as = m.id
  where {{wanted}}
  group by m.id {{rest}}
)
select f.id, f.kind, f.slug, f.name, f.detail, f.own_name, ST_Y(f.geog::geometry), ST_X(f.geog::geometry),
  inside.n, inside.live, (select count(distinct staff_id) from staff_areas a where a.place_id = any(f.ids)),
  coalesce(f.follows, false)
from found f cross join lateral ({_IN}) inside order by f.name, f.id"""  # noqa: S608 -- made of constants
_LISTED: Final = _COUNTED.format(
    wanted="""m.same_as is null and m.kind = any(cast(:kinds as text[]))
    and (m.name, m.id) > (cast(:name as text), cast(:above as int))
    and (cast(:like as text) is null or m.id in (
      select coalesce(same_as, id) from places
      where kind = any(cast(:kinds as text[])) and slug like cast(:like as text)))""",
    rest="order by m.name, m.id limit :limit",
)
_ONE: Final = _COUNTED.format(
    wanted=f"m.same_as is null and m.id = :id and m.kind in {KINDS}",
    rest="",
)
_NAMES: Final = "select id, name, slug, merged_at from places where same_as = :id order by name, id"
_BY_SLUG: Final = """
select coalesce(same_as, id), same_as is not null, merged_at is not null from places
where kind = :kind and slug = :slug"""
_HOLD: Final = """
select id from places where id = any(cast(:ids as int[])) and same_as is null order by id for no key update"""
_NAME: Final = "update places set name = :name, own_name = true, follows_from = 0 where id = :id"
_ALSO: Final = """
insert into places (kind, slug, name, own_name, same_as)
values (:kind, :slug, :name, true, :id) on conflict (kind, slug) do nothing"""
_FORGET: Final = """
delete from places where same_as = :id and slug = :slug and merged_at is null and follows_from is null"""
_MERGE: Final = """
update places set same_as = :into, merged_at = case when id = :id then :now else merged_at end,
  follows_from = case when id = :id then 0 else follows_from end
where :id in (id, same_as)"""
_ALIKE: Final = """
with live as (
  select kind, id, slug, geog,
    (select count(*) from property_search s
     where (m.kind = 'locality' and s.locality_id = m.id) or (m.kind = 'society' and s.society_id = m.id)
       or (m.kind = 'sector' and (s.sector_id = m.id or s.locality_id = m.id))) as n
  from places m where same_as is null and kind = any(cast(:kinds as text[]))
)
select a.id, b.id, similarity(a.slug, b.slug)::float8, round(ST_Distance(a.geog, b.geog))::int
from live a join live b on a.kind = b.kind and a.id <> b.id
  and (a.n > b.n or (a.n = b.n and a.id < b.id)) and b.n > 0
where similarity(a.slug, b.slug) >= :least
  and regexp_replace(a.slug, '[^0-9]', '', 'g') = regexp_replace(b.slug, '[^0-9]', '', 'g')
  and coalesce(ST_DWithin(a.geog, b.geog, :metres), true)
order by 3 desc, a.id, b.id limit :limit"""


async def listed(
    db: AsyncSession, kinds: Sequence[Kind], like: str | None, after: tuple[str, int], limit: int
) -> list[Counted]:
    """Places by name, of these kinds, those of which some name holds `like`; `after` is a name and an id."""
    given = {"kinds": list(kinds), "like": like and f"%{like}%", "name": after[0], "above": after[1]}
    return [Counted(*row) for row in await db.execute(text(_LISTED), given | {"limit": limit})]


async def one(db: AsyncSession, place_id: int) -> Counted | None:
    """A place, which is not another name of one."""
    row = (await db.execute(text(_ONE), {"id": place_id})).one_or_none()
    return None if row is None else Counted(*row)


async def names(db: AsyncSession, place_id: int) -> list[Name]:
    """The other names of a place, but for those that come with the product."""
    return [Name(*row) for row in await db.execute(text(_NAMES), {"id": place_id})]


async def means(db: AsyncSession, kind: str, slug: str) -> tuple[int, bool, bool] | None:
    """Which place a slug means, whether it is only another name of it, and whether that was merged."""
    row = (await db.execute(text(_BY_SLUG), {"kind": kind, "slug": slug})).one_or_none()
    return None if row is None else (row[0], row[1], row[2])


async def hold(db: AsyncSession, *ids: int) -> bool:
    """Whether these are places, and nobody else names or merges them until the transaction ends."""
    return len((await db.scalars(text(_HOLD), {"ids": list(ids)})).all()) == len(ids)


async def name(db: AsyncSession, place_id: int, called: str) -> None:
    """Call a place so, for good; what is derived from its name follows in a job."""
    await db.execute(text(_NAME), {"id": place_id, "name": called})


async def also(db: AsyncSession, place: Counted, slug: str, called: str) -> None:
    """Let another name mean a place. One that is there already stays as it is."""
    given = {"kind": place.kind, "slug": slug, "name": called, "id": place.id}
    await db.execute(text(_ALSO), given)


async def forget(db: AsyncSession, place_id: int, slug: str) -> bool:
    """Let another name mean a place no longer; whether it was one that had never been a place itself."""
    gone = await db.execute(text(_FORGET), {"id": place_id, "slug": slug})
    return getattr(gone, "rowcount", 0) > 0


async def merge(db: AsyncSession, place_id: int, into: int, now: datetime) -> None:
    """Let a place, and every other name of it, be other names of another; its properties follow in a job."""
    await db.execute(text(_MERGE), {"id": place_id, "into": into, "now": now})


async def alike(
    db: AsyncSession, kinds: Sequence[Kind], *, least: float, metres: int, limit: int
) -> list[Alike]:
    """Pairs of places that are spelt alike, with the same numbers, and are near each other; likest first."""
    given = {"kinds": list(kinds), "least": least, "metres": metres, "limit": limit}
    return [Alike(*row) for row in await db.execute(text(_ALIKE), given)]


# What stands under another name although nothing is said to follow was written at the very moment of the end.
_LEFT: Final = """
update places m set follows_from = 0
where m.same_as is not null and m.follows_from is null and (
  exists (select from properties p where p.locality_id = m.id)
  or exists (select from properties p where p.sector_id = m.id)
  or exists (select from properties p where p.society_id = m.id)
  or exists (select from staff_areas a where a.place_id = m.id))"""
# Whoever writes a property of this place now has locked it by its key, and is waited for.
_NEXT: Final = """
select id, same_as, follows_from from places where follows_from is not null order by id limit 1 for update"""
_AREAS: Final = """
with moved as (delete from staff_areas where place_id = :id returning staff_id)
insert into staff_areas (staff_id, place_id) select staff_id, :into from moved on conflict do nothing"""
_SOME: Final = """
select id from properties
where (locality_id = :id or sector_id = :id or society_id = :id) and id >= :above
order by id limit :limit"""
_FOLLOWED: Final = "update places set follows_from = :above where id = :id"
_TO_FOLLOW: Final = "select count(*) from places where follows_from is not null"


async def look_again(db: AsyncSession) -> int:
    """Have everything follow again that stands under what is only another name of a place; how many names."""
    return getattr(await db.execute(text(_LEFT)), "rowcount", 0)


async def follow(db: AsyncSession, limit: int) -> tuple[int, int]:
    """Move the next properties to the place that is meant, and index them under its name; how many, and how
    many places remain."""
    row = (await db.execute(text(_NEXT))).one_or_none()
    if row is None:
        return 0, 0
    if row.same_as is not None:
        await db.execute(text(_AREAS), {"id": row.id, "into": row.same_as})
    given = {"id": row.id, "above": row.follows_from, "limit": limit}
    ids = list((await db.scalars(text(_SOME), given)).all())
    if ids:
        await places.settle(db, ids)
        await search_index.refresh(db, ids)
    above = ids[-1] + 1 if len(ids) == limit else None
    await db.execute(text(_FOLLOWED), {"id": row.id, "above": above})
    return len(ids), (await db.execute(text(_TO_FOLLOW))).scalar_one()
