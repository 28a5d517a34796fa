"""Ways to reach the first few matches: walk an ordered index, scan cells, or go outwards from a point.

PostgreSQL would choose between them by estimates that know nothing of circles, and choose badly. So each
plan fixes its own shape: what reads an index stands behind `offset 0`, where the planner does not look on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from storage.search_filters import Circle, Where, conditions, distance

if TYPE_CHECKING:
    from storage.search_counts import Counts
    from storage.search_filters import Filters

Sort: TypeAlias = Literal["best", "price", "price_desc", "price_per_sqft", "newest", "distance"]


@dataclass(frozen=True, slots=True)
class Order:
    """A column of the search index, which way, and its type. Equal ones follow by id, the same way."""

    column: str
    descending: bool
    kind: str

    @property
    def by(self) -> str:
        way = " desc" if self.descending else ""
        return f"{self.column}{way}, property_id{way}"

    def after(self, where: Where, position: Position) -> str:
        """The condition of coming after a position."""
        key, property_id = where.value(position.key, self.kind), where.value(position.id, "int8")
        return f"({self.column}, property_id) {'<' if self.descending else '>'} ({key}, {property_id})"


ENOUGH: Final = 4
"""How many times the page's rows a smaller circle is expected to hold, before it is tried first."""

ORDERS: Final[dict[Sort, Order]] = {
    "best": Order("score", True, "int2"),
    "newest": Order("listed_at", True, "timestamptz"),
    "price": Order("price", False, "int8"),
    "price_desc": Order("price", True, "int8"),
    "price_per_sqft": Order("rate", False, "int4"),
    "distance": Order("d2", False, "float8"),
}


@dataclass(frozen=True, slots=True)
class Position:
    """Where a page ended: the order's key of its last row, and that row's id."""

    key: Any
    id: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """One page: which rows, in which order, after what, how many."""

    filters: Filters
    sort: Sort
    after: Position | None
    limit: int
    without: tuple[int, ...] = ()
    """Ids to leave out, because they were shown before in another order."""

    new_to: int | None = None
    """Somebody who has not swiped them yet."""


def hits(wanted: Wanted, counts: Counts) -> tuple[str, list[Any]]:
    """SQL that gives `property_id`, `key` and `d2` of the page's rows, and its parameters."""
    where = Where()
    return reached(wanted, counts, where), where.params


def reached(wanted: Wanted, counts: Counts, where: Where) -> str:
    """The same SQL as a part of another, whose parameters it goes on with."""
    cells = wanted.filters.cells()
    matches = counts.estimate(wanted.filters, cells)
    if wanted.sort == "distance":
        alone = len(wanted.filters.circles) == 1
        return _outwards(wanted, matches, where) if alone else _scan(wanted, cells, where)
    dense = matches * matches > wanted.limit * counts.total(wanted.filters.purposes)
    plan = _walk if dense and not wanted.filters.inside else _scan
    return plan(wanted, cells, where)


def _chosen(wanted: Wanted, where: Where) -> str:
    """All conditions but those of purpose and cells."""
    where.clauses = []
    conditions(wanted.filters, where)
    if wanted.without:
        where.clauses.append(f"property_id <> all({where.value(list(wanted.without), 'int8[]')})")
    if wanted.new_to is not None:
        where.clauses.append(unswiped(wanted.new_to, where))
    return str(where)


def unswiped(person_id: int, where: Where) -> str:
    """The condition that somebody has not swiped `property_id`: one look into an index for each row."""
    # `offset 0` keeps it a look for each row: as a join it would be one with all that they ever swiped.
    mine = (
        f"select w.property_id as swiped from swipes w where w.person_id = {where.value(person_id, 'int8')}"
    )
    return f"not exists (select from ({mine}) mine where mine.swiped = property_id offset 0)"


def measured(filters: Filters, where: Where) -> str:
    """SQL for the squared metres to the nearest of the filters' points; null where they name none."""
    every = [distance(circle, where) for circle in filters.circles]
    if not every:
        return "null::float8"
    return every[0] if len(every) == 1 else f"least({', '.join(every)})"


def _walk(wanted: Wanted, _cells: list[int] | None, where: Where) -> str:
    """Read each purpose in the wanted order, and stop when the page is full. Cost: limit / selectivity."""
    order = ORDERS[wanted.sort]
    limit = where.value(wanted.limit, "int8")
    metres, chosen = measured(wanted.filters, where), _chosen(wanted, where)
    start = Where(where.params)
    if order.column == "price":
        start.between("price", wanted.filters.price_min, wanted.filters.price_max, "int8")
    if wanted.after:
        start.clauses.append(order.after(start, wanted.after))
    purposes = where.value(list(wanted.filters.purposes), "int2[]")
    # Several purposes are one walk to plan, not one each: planning would cost more than walking.
    walked = f"""select walked.* from unnest({purposes}) asked (purpose), lateral (select * from (
  select * from property_search
  where purpose = asked.purpose and {start} order by {order.by} offset 0
) ordered where {chosen} limit {limit}) walked"""
    return _page(order, metres, walked, limit)


def _scan(wanted: Wanted, cells: list[int] | None, where: Where) -> str:
    """Find every match, by cells or by whatever else is selective, then sort. Cost: the number of matches."""
    order = ORDERS[wanted.sort]
    limit = where.value(wanted.limit, "int8")
    metres, chosen = measured(wanted.filters, where), _chosen(wanted, where)
    where.clauses = []
    where.any_of("purpose", wanted.filters.purposes, "int2")
    if cells is not None:
        where.clauses.append(f"cell = any({where.value(cells, 'int4[]')})")
    within = f"select * from property_search where {where} and {chosen} offset 0"
    after = f"where {order.after(where, wanted.after)}" if wanted.after else ""
    placed = f"select * from (select *, {metres} as d2 from ({within}) found) placed {after}"
    return _page(order, "d2", placed, limit)


def _outwards(wanted: Wanted, matches: float, where: Where) -> str:
    """Scan a circle that should hold enough, and the whole one only where it does not, in one question."""
    circle = wanted.filters.circles[0]
    seen = wanted.after.key if wanted.after else 0.0
    share = ENOUGH * wanted.limit / max(matches, 1.0)
    reach = sqrt(seen + share * circle.radius**2)
    if reach > 0.8 * circle.radius:
        return _scan(wanted, wanted.filters.cells(), where)
    small = replace(wanted.filters, circles=(Circle(circle.lat, circle.lng, reach),))
    close = _scan(replace(wanted, filters=small), small.cells(), where)
    whole = _scan(wanted, wanted.filters.cells(), where)
    limit = where.value(wanted.limit, "int8")
    return f"""with close as materialized ({close})
select * from close where (select count(*) from close) >= {limit}
union all
select * from ({whole}) whole where (select count(*) from close) < {limit}"""


def _page(order: Order, metres: str, rows: str, limit: str) -> str:
    key = order.column if order.column != "d2" else metres
    return f"""select property_id, {key} as key, {metres} as d2
from ({rows}) page order by {order.by} limit {limit}"""
