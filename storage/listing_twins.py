"""Twins: other listings that may be of the same home, by where it is, what it is, and how it looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import text

from storage import photos

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

MOST: Final = 5


class Twin(NamedTuple):
    """Another listing, and in what it is like this one."""

    property_id: int
    title: str
    status: str
    same_owner: bool
    same_society: bool
    metres: int | None
    """How far apart they are, where both positions are exact."""

    price_apart: float
    """By what share the prices differ."""

    area_apart: float | None
    alike_photos: int


# Nearness comes by the index of searches: what is not live is found by its society, owner and photos.
_TWINS: Final = """
with this as (
  select p.*, 'approximate_location' = any(p.flags) as vague from properties p where p.id = :id
),
near as (
  select s.property_id from this t join property_search s on s.purpose = :purpose
    and ST_DWithin(s.geog, t.geog, 150) where not t.vague
  union
  select p.id from this t join properties p on p.society_id = t.society_id
  union
  select p.id from this t join properties p on p.owner_id = t.owner_id
  union
  select unnest(cast(:alike as bigint[]))
)
select p.id as property_id, p.title, p.status, coalesce(p.owner_id = t.owner_id, false) as same_owner,
  coalesce(p.society_id = t.society_id, false) as same_society,
  case when t.vague or 'approximate_location' = any(p.flags) then null
    else round(ST_Distance(p.geog, t.geog))::int end as metres,
  abs(ln(p.price / t.price))::float8 as price_apart,
  abs(ln(p.area_sqft / t.area_sqft))::float8 as area_apart
from this t join near on near.property_id <> t.id join properties p on p.id = near.property_id
where p.status not in ('draft', 'archived') and p.purpose = t.purpose
  and (:waiting or p.status <> 'review' or p.owner_id = t.owner_id) and (
    p.id = any(cast(:alike as bigint[]))
    or p.kind = t.kind and p.bedrooms is not distinct from t.bedrooms and abs(ln(p.price / t.price)) <= 0.1
      and abs(ln(p.area_sqft / t.area_sqft)) <= 0.03
      and (t.vague or 'approximate_location' = any(p.flags) or ST_DWithin(p.geog, t.geog, 150))
  )
order by p.id = any(cast(:alike as bigint[])) desc, abs(ln(p.price / t.price)), p.id limit :most"""


async def twins(db: AsyncSession, property_id: int, purpose: int, *, waiting: bool = False) -> Sequence[Twin]:
    """Listings that may be of the same home, the likest first.

    `purpose` is the property's, as its position in `storage.listings.PURPOSES`. They are within 150 metres
    or of one society, of the same kind and size, and for about the same price; or a photo looks the same.
    What others have handed in, and nobody has seen so far, is among them where `waiting` says so.
    """
    alike: dict[int, int] = {}
    for each in await photos.alike(db, property_id):
        alike[each.property_id] = alike.get(each.property_id, 0) + 1
    given = {"id": property_id, "purpose": purpose, "alike": list(alike), "most": MOST, "waiting": waiting}
    rows = (await db.execute(text(_TWINS), given)).mappings()
    return [Twin(alike_photos=alike.get(row["property_id"], 0), **row) for row in rows]
