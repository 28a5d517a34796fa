"""What surrounds a page of the search: counts of other questions, and facets of this one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from storage.engine import driver
from storage.search_filters import Filters, Where, matching

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

MOST: Final = 1000
"""No count goes beyond this: "1,000 or more" is told by one above it."""

FACETED: Final[tuple[str, ...]] = (
    "purpose",
    "kind",
    "bedrooms",
    "furnishing",
    "facing",
    "possession",
    "locality_id",
)


async def count_each(db: AsyncSession, questions: Sequence[Filters]) -> list[int]:
    """How many match each of these, counted up to `MOST + 1`, in one question to the database."""
    if not questions:
        return []
    where = Where()
    most = where.value(MOST + 1, "int8")
    branches = [
        f"select {at} as at, count(*) as n from (select from {matching(each, where)} limit {most}) few"
        for at, each in enumerate(questions)
    ]
    connection = await driver(db)
    rows = await connection.fetch(f"{' union all '.join(branches)} order by at", *where.params)
    return [row["n"] for row in rows]


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts of the matches by the values of `FACETED`, and the spread of their prices."""

    total: int
    by: dict[str, dict[int, int]]
    prices: tuple[int, int, int] | None
    """The least, the median and the most, in rupees."""

    amenities: dict[int, int]
    """By bit."""


async def facets(db: AsyncSession, filters: Filters) -> Facets:
    """The facets of everything that matches."""
    where = Where()
    found = matching(filters, where)
    sets = ", ".join(f"({column})" for column in FACETED)
    connection = await driver(db)
    rows = await connection.fetch(
        f"""with matching as materialized (
  select {", ".join(FACETED)}, price, amenities from {found}
)
select grouping({", ".join(FACETED)}) as missing, {", ".join(FACETED)}, count(*) as n, null::int8[] as spread
from matching group by grouping sets ({sets})
union all
select -1, {", ".join("null" for _ in FACETED)}, count(*),
  percentile_disc(array[0, 0.5, 1]) within group (order by price) from matching
union all
select -2 - bit, {", ".join("null" for _ in FACETED)}, count(*), null
from matching, generate_series(0, 62) bit where amenities & (1::int8 << bit) <> 0 group by bit""",
        *where.params,
    )
    return _gathered(rows)


def _gathered(rows: Sequence[Any]) -> Facets:
    by: dict[str, dict[int, int]] = {column: {} for column in FACETED}
    amenities: dict[int, int] = {}
    total, prices = 0, None
    every = (1 << len(FACETED)) - 1
    for row in rows:
        missing = row["missing"]
        if missing == -1:
            total, prices = row["n"], tuple(row["spread"]) if row["spread"] else None
        elif missing < -1:
            amenities[-2 - missing] = row["n"]
        else:
            column: str = FACETED[len(FACETED) - int(every - missing).bit_length()]
            if row[column] is not None:
                by[column][row[column]] = row["n"]
    return Facets(total, by, prices, amenities)
