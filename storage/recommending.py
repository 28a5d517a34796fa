"""Recommending: what somebody has shown a liking for, and what they may like, found from several sides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from storage.engine import driver
from storage.search_counts import counts
from storage.search_filters import Filters, Where, conditions
from storage.search_plans import Wanted, reached, unswiped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

RECENT: Final = 12
"""How many likes, and how many views, say what somebody likes now."""

HALF_LIFE: Final = 30.0
"""Days after which a liking counts half."""

HOT: Final = 300
"""How many of the most popular properties are looked through for those that match."""

HOT_IN_A_CELL: Final = 20
POPULAR: Final = "popular"


@dataclass(frozen=True, slots=True)
class Liking:
    """A property that somebody likes or has looked at, and how much that says now."""

    property_id: int
    weight: float
    liked: bool
    """Whether they said so; otherwise they looked at it."""

    purpose: str
    bedrooms: int | None
    price: int
    lat: float | None
    lng: float | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A property that somebody may like, and what speaks for it."""

    property_id: int
    sources: tuple[str, ...]
    """From which sides it was found."""

    locality_id: int | None
    society_id: int | None
    score: int
    """How complete and trustworthy the listing is, 0-1000."""

    likes: int
    heat: float
    similarity: float | None
    """To what is liked most like it, less where that is long ago; null where nothing is liked."""

    like: int | None
    """That property."""


_LIKINGS: Final = f"""
with said as (
  select property_id, swiped_at as at, case choice when 'super_like' then 1.3 else 1.0 end as worth,
    true as liked
  from swipes where person_id = $1 and choice <> 'pass' order by swiped_at desc limit {RECENT}
), seen as (
  select v.property_id, v.seen_at as at, 0.4 as worth, false as liked
  from (select property_id, seen_at from views where person_id = $1 order by seen_at desc limit {RECENT}) v
  where not exists (select from swipes w where w.person_id = $1 and w.property_id = v.property_id)
)
select p.id, t.worth * power(0.5, greatest(extract(epoch from $2 - t.at), 0) / 86400 / {HALF_LIFE}), t.liked,
  p.purpose, p.bedrooms, round(p.price)::int8, ST_Y(p.geog::geometry), ST_X(p.geog::geometry)
from (select * from said union all select * from seen) t join properties p on p.id = t.property_id
order by t.liked desc, t.at desc, p.id"""


async def likings(db: AsyncSession, person_id: int, now: datetime) -> list[Liking]:
    """What somebody said they like, the last first, then what they looked at without a word."""
    connection = await driver(db)
    rows = await connection.fetch(_LIKINGS, person_id, now)
    return [Liking(row[0], float(row[1]), *row[2:]) for row in rows]


@dataclass(frozen=True, slots=True)
class Sought:
    """From which sides to look, for whom, and what they like."""

    sides: Mapping[str, Wanted]
    popular: Filters
    """What the most popular ones must meet."""

    person_id: int | None
    without: tuple[int, ...]
    limit: int
    """How many of the most popular ones."""

    likings: Sequence[Liking]
    model: str
    """Of the vectors that say how alike two properties are."""


async def candidates(db: AsyncSession, sought: Sought) -> list[Candidate]:
    """What is found from all sides, each property once, in no order."""
    asked, params = statement(sought, await counts(db))
    connection = await driver(db)
    names = (*sought.sides, POPULAR)
    rows: Sequence[Any] = await connection.fetch(asked, *params)
    return [Candidate(row[0], _named(row[1], names), *row[2:]) for row in rows]


def _named(sides: Sequence[int], names: Sequence[str]) -> tuple[str, ...]:
    return tuple(names[side] for side in sides)


def statement(sought: Sought, held: Any) -> tuple[str, list[Any]]:
    """The one question for all of them, and its parameters."""
    where = Where()
    sides = [reached(wanted, held, where) for wanted in sought.sides.values()]
    parts = [*(f"select property_id from ({side}) side" for side in sides), _popular(sought, where)]
    found = " union all ".join(
        f"select property_id, {at} as side from ({part}) found" for at, part in enumerate(parts)
    )
    own = "false"
    if sought.person_id is not None:
        person = where.value(sought.person_id, "int8")
        own = f"exists (select from properties p where p.owner_id = {person} and p.id = c.property_id)"
    ids = where.value([each.property_id for each in sought.likings], "int8[]")
    weights = where.value([each.weight for each in sought.likings], "float8[]")
    model = where.value(sought.model, "text")
    return (
        f"""
with c as materialized (
  select property_id, array_agg(distinct side) as sides from ({found}) every group by property_id
), liked as materialized (
  select l.id, l.weight, v.vector from unnest({ids}, {weights}) l (id, weight)
  join property_vectors v on v.model = {model} and v.property_id = l.id
)
select c.property_id, c.sides, s.locality_id, s.society_id, s.score::int,
  coalesce(i.likes + i.super_likes, 0), coalesce(i.heat, 0), near.similarity, near.id
from c join property_search s on s.property_id = c.property_id
left join property_interest i on i.property_id = c.property_id
left join property_vectors v on v.model = {model} and v.property_id = c.property_id
left join lateral (
  select l.id, l.weight * -(l.vector <#> v.vector) as similarity from liked l
  order by 2 desc nulls last limit 1
) near on true
where not {own}""",
        where.params,
    )


def _popular(sought: Sought, where: Where) -> str:
    filters = sought.popular
    where.clauses = []
    conditions(filters, where)
    if sought.without:
        where.clauses.append(f"property_id <> all({where.value(list(sought.without), 'int8[]')})")
    if sought.person_id is not None:
        where.clauses.append(unswiped(sought.person_id, where))
    chosen = str(where)
    purposes = where.value(list(filters.purposes), "int2[]")
    # The most popular come first, and no more of them are looked at than it takes to find enough that match.
    return f"""
select hot.property_id from (
  {_hottest(filters, purposes, where)} order by heat desc, property_id offset 0
) hot cross join lateral (
  select from property_search
  where property_id = hot.property_id and purpose = any({purposes}) and {chosen} offset 0
) matching
limit {where.value(sought.limit, "int8")}"""


def _hottest(filters: Filters, purposes: str, where: Where) -> str:
    """What is most popular: in each cell of the area that is asked for, or else anywhere."""
    cells = filters.cells()
    if cells is None:
        each, place, most = f"unnest({purposes}) a (purpose)", "", HOT
    else:
        each = f"unnest({purposes}) a (purpose), unnest({where.value(cells, 'int4[]')}) b (cell)"
        place, most = "i.cell = b.cell and ", HOT_IN_A_CELL
    return f"""
  select found.* from {each}, lateral (
    select i.property_id, i.heat from property_interest i
    where {place}i.purpose = a.purpose and i.heat > 0 order by i.heat desc limit {most}
  ) found"""
