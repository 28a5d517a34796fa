"""Pages: every property once, in order, whatever is tied, and whichever plan reaches it."""

from itertools import pairwise, product
from typing import Any

import asyncpg
import pytest
from sqlalchemy import text

from storage import search
from storage.engine import Database, DatabaseOptions, driver
from storage.search_counts import Counts, counts
from storage.search_filters import Circle, Filters, Inside
from storage.search_plans import Position, Sort, Wanted, hits
from tests.discovery.homes import CYBER_CITY, Guest

AROUND = {"lat": CYBER_CITY[0], "lng": CYBER_CITY[1]}
QUESTIONS: list[dict[str, Any]] = [
    {},
    {"purpose": "rent", "bedrooms": [2, 3]},
    {**AROUND, "radius": 2500},
    {**AROUND, "radius": 50, "purpose": "rent"},
    {"purpose": "buy", "budget_max": 30000},
    {"sector": "57"},
    {"box": [77.06, 28.48, 77.1, 28.52]},
    {"polygon": ["28.45,77.05", "28.55,77.05", "28.5,77.15"]},
]
SORTS: list[Sort] = ["best", "price", "price_desc", "price_per_sqft", "newest", "distance"]
_ORDERED = {
    "best": "s.score desc, s.property_id desc",
    "price": "s.price, s.property_id",
    "price_desc": "s.price desc, s.property_id desc",
    "price_per_sqft": "s.rate, s.property_id",
    "newest": "s.listed_at desc, s.property_id desc",
}


@pytest.mark.parametrize(("question", "sort"), list(product(QUESTIONS, SORTS)))
async def test_no_property_is_repeated_or_skipped_from_page_to_page(
    crowd: Guest, question: dict[str, Any], sort: Sort
) -> None:
    if sort == "distance" and "lat" not in question:
        question = {**question, **AROUND, "radius": 50_000}
    whole = await crowd.every(**question, sort=sort, limit=50)
    for limit in (7, 20):
        assert await crowd.every(**question, sort=sort, limit=limit) == whole
    assert len(whole) == len(set(whole))


@pytest.mark.parametrize("sort", SORTS[:-1])
async def test_a_circle_holds_what_postgis_says_in_the_order_asked(
    crowd: Guest, crowded: Database, sort: Sort
) -> None:
    found = await crowd.every(**AROUND, radius=2500, purpose="rent", bedrooms=[2], sort=sort)
    async with crowded.reading() as db:
        rows = await db.execute(text(f"{_WITHIN} order by {_ORDERED[sort]}"), AROUND)
    assert found == [row[0] for row in rows]


async def test_nearest_first_agrees_with_postgis_to_the_metre(crowd: Guest, crowded: Database) -> None:
    found = await crowd.every(**AROUND, radius=2500, purpose="rent", bedrooms=[2], sort="distance")
    async with crowded.reading() as db:
        rows = await db.execute(text(_WITHIN), AROUND)
        metres = {row[0]: row[1] for row in rows}
    assert sorted(found) == sorted(metres)
    assert all(metres[one] <= metres[other] + 1 for one, other in pairwise(found))


_WITHIN = """select s.property_id, ST_Distance(s.geog, ST_Point(:lng, :lat)::geography)
from property_search s where s.purpose = 1 and s.bedrooms = 2
and ST_DWithin(s.geog, ST_Point(:lng, :lat)::geography, 2500)"""


@pytest.mark.parametrize("words", ["quiet sunny", "spacious bright 2bhk"])
async def test_a_ranking_by_words_pages_through_every_match_once(crowd: Guest, words: str) -> None:
    ranked = await crowd.every(words=words, purpose="rent", limit=50)
    assert len(ranked) == len(set(ranked))
    assert await crowd.every(words=words, purpose="rent", limit=9) == ranked
    bedrooms = [2] if "2bhk" in words else []
    assert sorted(ranked) == sorted(await crowd.every(purpose="rent", bedrooms=bedrooms))


async def test_a_cursor_belongs_to_its_question(crowd: Guest) -> None:
    page = await crowd.call("search_properties", purpose="rent", limit=5)
    again = await crowd.call("search_properties", purpose="rent", limit=9, cursor=page.next_cursor)
    assert len(again.items) == 9
    refusal = await crowd.refused("search_properties", purpose="buy", cursor=page.next_cursor)
    assert refusal.code == "bad_cursor"


FILTERS = [
    Filters((1,), circles=(Circle(*CYBER_CITY, 3000.0),)),
    Filters((0, 1, 2), bedrooms=(2,), price_max=40_000),
    Filters((1,), circles=(Circle(*CYBER_CITY, 900.0),), bedrooms=(2, 3)),
    Filters((1,), inside=(Inside(sectors=(1, 2)),)),
]


@pytest.mark.parametrize(("filters", "sort"), list(product(FILTERS, SORTS[:-1])))
async def test_every_plan_finds_the_same_page(crowded: Database, filters: Filters, sort: Sort) -> None:
    first = await _page(crowded, Wanted(filters, sort, None, 20))
    assert first["walk"] == first["scan"]
    last = first["scan"][-1:]
    if last:
        position = Position(last[0][1], last[0][0])
        second = await _page(crowded, Wanted(filters, sort, position, 20))
        assert second["walk"] == second["scan"]
        assert not {row[0] for row in second["scan"]} & {row[0] for row in first["scan"]}


async def _page(database: Database, wanted: Wanted) -> dict[str, list[tuple[int, Any]]]:
    """The page by either plan: counts that claim a million matches make it walk, none make it scan."""
    async with database.reading() as db:
        real = await counts(db)
        assert real.total((0, 1, 2)) == 700
        crowded = Counts(totals={0: 1, 1: 1, 2: 1}, bedrooms={n: {2: 10**6, None: 10**6} for n in (0, 1, 2)})
        crowded.cells = {(p, cell): {2: 10**6} for p in (0, 1, 2) for cell in wanted.filters.cells() or ()}
        found: dict[str, list[tuple[int, Any]]] = {}
        connection = await driver(db)
        for plan, table in (("walk", crowded), ("scan", Counts(totals={0: 10**9, 1: 10**9, 2: 10**9}))):
            sql, params = hits(wanted, table)
            rows = await connection.fetch(sql, *params)
            found[plan] = [(row["property_id"], row["key"]) for row in rows]
        return found


async def test_counts_that_take_too_long_to_read_are_done_without(demo_url: str) -> None:
    hasty = Database(DatabaseOptions(url=demo_url, read_timeout=100))
    holder = await asyncpg.connect(demo_url)
    try:
        async with holder.transaction():
            await holder.execute("lock table property_search in access exclusive mode")
            async with hasty.reading() as db:
                held = await counts(db)
        assert held.totals == {}
        async with hasty.reading() as db:
            found = await search.page(db, Wanted(Filters(purposes=(0,)), "newest", None, 5))
        assert len(found.rows) == 5
    finally:
        await holder.close()
        await hasty.close()
