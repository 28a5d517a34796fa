"""How many properties a question would find, estimated in this process from small tables of counts."""

from __future__ import annotations

import time
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

import asyncpg

from storage.engine import driver

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.ext.asyncio import AsyncSession

    from storage.search_filters import Filters

FRESH: Final = 60.0
"""Seconds that the tables are used before they are read again; an old estimate costs time, never a result."""

RETRY: Final = 30.0
"""Seconds until reading is tried again where it took too long."""

_QUANTILES: Final = 40
_SAMPLE: Final = 20_000
_UNKNOWN: Final = 0.3
"""The share of properties that is assumed to pass a filter nobody counts."""


@dataclass(slots=True)
class Counts:
    """Properties by purpose, cell and bedrooms, and the spread of their prices."""

    totals: dict[int, int] = field(default_factory=dict[int, int])
    cells: dict[tuple[int, int], dict[int | None, int]] = field(
        default_factory=dict[tuple[int, int], dict[int | None, int]]
    )
    bedrooms: dict[int, dict[int | None, int]] = field(default_factory=dict[int, dict[int | None, int]])
    prices: dict[int, list[int]] = field(default_factory=dict[int, list[int]])
    kinds: dict[int, dict[int, float]] = field(default_factory=dict[int, dict[int, float]])
    stale_after: float = 0.0

    def estimate(self, filters: Filters, cells: Iterable[int] | None) -> float:
        """About how many match; right within a factor of two for place, bedrooms and price."""
        return sum(self._of(purpose, filters, cells) for purpose in filters.purposes)

    def total(self, purposes: Iterable[int]) -> int:
        """How many there are of these purposes."""
        return sum(self.totals.get(purpose, 0) for purpose in purposes)

    def _of(self, purpose: int, filters: Filters, cells: Iterable[int] | None) -> float:
        found = float(self._placed(purpose, filters.bedrooms, cells))
        if filters.kinds:
            shares = self.kinds.get(purpose, {})
            found *= sum(shares.get(kind, 0.0) for kind in filters.kinds)
        return found * self._priced(purpose, filters) * _UNKNOWN ** _uncounted(filters)

    def _placed(self, purpose: int, bedrooms: tuple[int, ...], cells: Iterable[int] | None) -> int:
        if cells is None:
            tables = [self.bedrooms.get(purpose, {})]
        else:
            tables = [table for cell in cells if (table := self.cells.get((purpose, cell)))]
        if not bedrooms:
            return sum(sum(table.values()) for table in tables)
        return sum(table.get(number, 0) for table in tables for number in bedrooms)

    def _priced(self, purpose: int, filters: Filters) -> float:
        prices = self.prices.get(purpose)
        if not prices:
            return 1.0
        least = 0 if filters.price_min is None else bisect_left(prices, filters.price_min)
        most = len(prices) if filters.price_max is None else bisect_right(prices, filters.price_max)
        return max(most - least, 0.5) / len(prices)


def _uncounted(filters: Filters) -> int:
    asked = (
        filters.furnishings,
        filters.facings,
        filters.floors,
        filters.ages,
        filters.amenities,
        filters.tenants,
        filters.metro_max,
        filters.area_min or filters.area_max,
    )
    return sum(1 for each in asked if each)


_held: WeakKeyDictionary[Any, Counts] = WeakKeyDictionary()


async def counts(db: AsyncSession) -> Counts:
    """The counts of this database, read at most once a minute in this process.

    One search reads them while the others go on with the old ones. Where reading takes too long, as from a
    cold disk, there are none for a while: the search still finds everything, by a plan that may be slower.
    """
    engine = db.get_bind()
    now = time.monotonic()
    held = _held.get(engine)
    if held is not None and held.stale_after > now:
        return held
    if held is not None:
        held.stale_after = now + FRESH
    try:
        fresh = await _read(db)
    except asyncpg.QueryCanceledError:
        fresh = held or Counts(stale_after=now + RETRY)
    _held[engine] = fresh
    return fresh


async def _read(db: AsyncSession) -> Counts:
    started = time.monotonic()
    connection = await driver(db)
    held = Counts()
    for purpose, cell, bedrooms, number in await connection.fetch(_CELLS):
        held.totals[purpose] = held.totals.get(purpose, 0) + number
        overall = held.bedrooms.setdefault(purpose, {})
        overall[bedrooms] = overall.get(bedrooms, 0) + number
        if cell is not None:
            held.cells.setdefault((purpose, cell), {})[bedrooms] = number
    share = min(100.0, 100.0 * _SAMPLE / max(sum(held.totals.values()), 1))
    for purpose, prices, kinds in await connection.fetch(_SPREAD, share):
        held.prices[purpose] = list(prices)
        held.kinds[purpose] = {kind: kinds.count(kind) / len(kinds) for kind in set(kinds)}
    now = time.monotonic()
    held.stale_after = now + max(FRESH, 500 * (now - started))
    return held


_CELLS: Final = (
    "select purpose, cell, bedrooms, count(*) from property_search group by purpose, cell, bedrooms"
)
_SPREAD: Final = f"""
select purpose,
  percentile_disc(array(select n / {_QUANTILES}.0 from generate_series(1, {_QUANTILES}) n))
    within group (order by price),
  array_agg(kind)
from property_search tablesample system ($1)
group by purpose"""
