"""The floor: bare Starlette routes over asyncpg, with a plain query and with ours.

`python -m bench.floor PORT URL` serves them.
"""

import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg
import uvicorn
from pydantic_core import to_json
from starlette.applications import Starlette
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from storage import listings, search
from storage.engine import Database, DatabaseOptions
from storage.search_counts import Counts, counts
from storage.search_filters import Circle, Filters
from storage.search_places import Directory, directory
from storage.search_plans import Wanted
from tools.discovery.cards import amenities
from tools.units import rent, rupees

POOL = 10
PLAIN = """
select id, title, purpose, kind, price, bedrooms, area_sqft::float8 as area_sqft,
  round(price / area_sqft)::int as price_per_sqft, furnishing, facing, possession, locality, sector, society,
  lat, lng, round(ST_Distance(geog, ST_SetSRID(ST_MakePoint($2, $1), 4326)::geography))::int as distance_m,
  metro_m, amenities, flags, photos[1] as photo,
  (listed_at at time zone 'Asia/Kolkata')::date as first_imported, source = 'demo' as demo
from floor.homes
where ST_DWithin(geog, ST_SetSRID(ST_MakePoint($2, $1), 4326)::geography, $3)
  and purpose = $4 and kind = any($5) and bedrooms = any($6) and price between $7 and $8
order by listed_at desc, id desc
limit $9"""
"""What one would write without knowing more than the documentation of PostGIS."""


@dataclass(slots=True)
class Floor:
    """What the routes share."""

    pool: "asyncpg.Pool[asyncpg.Record]"
    counts: Counts
    places: Directory

    async def plain(self, request: Request) -> Response:
        """The plain query on the plain table."""
        asked = request.query_params
        limit = int(asked["limit"])
        rows = await self.pool.fetch(
            PLAIN,
            float(asked["lat"]),
            float(asked["lng"]),
            float(asked["radius"]),
            asked["purpose"],
            asked.getlist("kinds"),
            [int(number) for number in asked.getlist("bedrooms")],
            int(asked["budget_min"]),
            int(asked["budget_max"]),
            limit + 1,
        )
        return _answer([_plain_card(row) for row in rows], limit)

    async def ours(self, request: Request) -> Response:
        """The query of our own search, with nothing of ours around it."""
        asked = request.query_params
        limit = int(asked["limit"])
        statement, values = search.statement(Wanted(_filters(asked), "newest", None, limit + 1), self.counts)
        rows = await self.pool.fetch(statement, *values)
        return _answer([self._our_card(row) for row in rows], limit)

    def _our_card(self, row: Any) -> dict[str, Any]:
        price, area, name = row["price"], row["area_sqft"], self.places.name
        return {
            "id": row["id"],
            "title": row["title"],
            "purpose": row["purpose"],
            "kind": row["kind"],
            "price": int(price),
            "price_text": rupees(price) if row["purpose"] == "buy" else rent(price),
            "bedrooms": row["bedrooms"],
            "area_sqft": area and float(area),
            "price_per_sqft": area and round(price / area),
            "furnishing": row["furnishing"],
            "facing": row["facing"],
            "possession": row["possession"],
            "locality": name(row["locality_id"]),
            "sector": name(row["sector_id"]),
            "society": name(row["society_id"]),
            "lat": row["lat"],
            "lng": row["lng"],
            "distance_m": round(row["d2"] ** 0.5),
            "metro_m": row["metro"],
            "amenities": amenities(row["amenities_yes"]),
            "flags": row["flags"],
            "photo": row["photo"],
            "first_imported": row["listed_on"],
            "demo": row["source"] == "demo",
        }


def _plain_card(row: Any) -> dict[str, Any]:
    price = row["price"]
    told = rupees(price) if row["purpose"] == "buy" else rent(price)
    return {**row, "price": int(price), "price_text": told}


def _filters(asked: QueryParams) -> Filters:
    return Filters(
        purposes=(listings.PURPOSES.index(asked["purpose"]),),
        kinds=tuple(listings.KINDS.index(kind) for kind in asked.getlist("kinds")),
        bedrooms=tuple(int(number) for number in asked.getlist("bedrooms")),
        price_min=int(asked["budget_min"]),
        price_max=int(asked["budget_max"]),
        circles=(Circle(float(asked["lat"]), float(asked["lng"]), float(asked["radius"])),),
    )


def _answer(cards: list[dict[str, Any]], limit: int) -> Response:
    body = to_json({"items": cards[:limit], "has_more": len(cards) > limit})
    return Response(body, media_type="application/json")


def application(url: str) -> Starlette:
    """The two routes, `/plain` and `/ours`, on one database."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[None]:
        database = Database(DatabaseOptions(url=url, read_timeout=60_000))
        async with database.reading() as db:
            held, places = await counts(db), await directory(db)
        await database.close()
        async with asyncpg.create_pool(
            url, min_size=POOL, max_size=2 * POOL, server_settings={"jit": "off"}
        ) as pool:
            floor = Floor(pool, held, places)
            app.router.routes += [Route("/plain", floor.plain), Route("/ours", floor.ours)]
            yield

    async def ready(_request: Request) -> Response:
        return Response()

    return Starlette(routes=[Route("/ready", ready)], lifespan=lifespan)


def main() -> None:
    uvicorn.run(
        application(sys.argv[2]),
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        ws="none",
        access_log=False,
        log_level="warning",
    )


if __name__ == "__main__":
    main()
