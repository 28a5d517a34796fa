"""Ways to reach the first few matches: walk an ordered index, scan the cells, or go outwards from a point.

PostgreSQL would choose between them by estimates that know nothing of circles, and choose badly. So each
plan fixes its own shape: what reads an index stands behind `offset 0`, where the planner does not look on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from storage.search_filters import Where, conditions, distance

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


def hits(wanted: Wanted, counts: Counts) -> tuple[str, list[Any]]:
    """SQL that gives `property_id`, `key` and `d2` of the page's rows, and its parameters."""
    where = Where()
    cells = wanted.filters.cells()
    if wanted.sort == "distance":
        return (_outwards if len(wanted.filters.circles) == 1 else _scan)(wanted, cells, where), where.params
    matches = counts.estimate(wanted.filters, cells)
    dense = matches * matches > wanted.limit * counts.total(wanted.filters.purposes)
    plan = _walk if dense and not wanted.filters.inside else _scan
    return plan(wanted, cells, where), where.params


def _chosen(wanted: Wanted, where: Where) -> str:
    """All conditions but those of purpose and cells."""
    where.clauses = []
    conditions(wanted.filters, where)
    if wanted.without:
        where.clauses.append(f"property_id <> all({where.value(list(wanted.without), 'int8[]')})")
    return str(where)


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
    after = f" and {order.after(where, wanted.after)}" if wanted.after else ""
    branches = [
        f"""(select * from (
  select * from property_search
  where purpose = {where.value(purpose, "int2")}{after} order by {order.by} offset 0
) walked where {chosen} limit {limit})"""
        for purpose in wanted.filters.purposes
    ]
    return _page(order, metres, " union all ".join(branches), limit)


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


def _outwards(wanted: Wanted, _cells: list[int] | None, where: Where) -> str:
    """Take the nearest by the index, which knows a sphere only; then all in their reach, in exact order."""
    order = ORDERS["distance"]
    circle = wanted.filters.circles[0]
    limit = where.value(wanted.limit, "int8")
    point = f"{where.value(f'SRID=4326;POINT({circle.lng} {circle.lat})', 'text')}::geography"
    radius = where.value(circle.radius, "float8")
    metres, chosen = measured(wanted.filters, where), _chosen(wanted, where)
    after = f" and {_after_distance(wanted.after, metres, where)}" if wanted.after else ""
    purposes = [where.value(purpose, "int2") for purpose in wanted.filters.purposes]
    nearest = " union all ".join(
        f"""(select {metres} as d2 from (
  select * from property_search where purpose = {purpose} order by geog <-> (select p from here) offset 0
) near where {chosen}{after} limit {limit})"""
        for purpose in purposes
    )
    reached = " union all ".join(
        f"""select * from (select * from property_search where purpose = {purpose}
  and ST_DWithin(geog, (select p from here), (select r from reach)) offset 0) near where {chosen}{after}"""
        for purpose in purposes
    )
    return f"""with here as materialized (select {point} as p),
near as materialized ({nearest}),
reach as materialized (
  select case when count(*) < {limit} then {radius} else least({radius}, sqrt(max(d2))) end * 1.01 + 1 as r
  from (select d2 from near order by d2 limit {limit}) nearest
)
{_page(order, "d2", f"select *, {metres} as d2 from ({reached}) reached", limit)}"""


def _after_distance(after: Position, metres: str, where: Where) -> str:
    key, property_id = where.value(after.key, "float8"), where.value(after.id, "int8")
    return f"({metres}, property_id) > ({key}, {property_id})"


def _page(order: Order, metres: str, rows: str, limit: str) -> str:
    key = order.column if order.column != "d2" else metres
    return f"""select property_id, {key} as key, {metres} as d2
from ({rows}) page order by {order.by} limit {limit}"""
