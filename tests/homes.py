"""A handful of made-up homes that tests import like any listings, and a live server around them."""

import asyncio
import csv
import itertools
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from storage import embedded
from storage.engine import Database, DatabaseOptions
from tests import loopback
from tools.discovery.importing.run import import_listings

COLUMNS = (
    "source_id", "listing_for", "property_type", "title", "description", "price_inr", "area_sqft",
    "price_per_unit_raw", "bhk", "balconies", "furnishing", "facing", "age", "total_floor_band", "floor_band",
    "society", "locality", "sector", "lat", "lng", "amenities_score", "features_score", "landmarks",
)  # fmt: skip

_numbers = itertools.count()


def _row(number: int, **told: str) -> dict[str, str]:
    common = {
        "listing_for": "rent",
        "property_type": "apartment",
        "description": "A quiet home with lift and parking, made up for the tests of this project.",
        "balconies": "2",
        "furnishing": "Semi-Furnished",
        "facing": "East",
        "age": "1-5 Year Old Property",
        "locality": "sector 57",
        "sector": "sector 57",
        "lat": "28.421",
        "lng": "77.081",
    }
    return {"source_id": f"t{number}", **common, **told}


HOMES = [
    _row(1, title="2 bhk flat in sector 57", bhk="2", price_inr="35000", area_sqft="1100"),
    _row(2, title="2 bhk flat in sector 57", bhk="2", price_inr="38000", area_sqft="1150", facing="North"),
    _row(3, title="2 bhk flat in sector 57", bhk="2", price_inr="52000", area_sqft="1300"),
    _row(4, title="3 bhk flat in sector 57", bhk="3", price_inr="65000", area_sqft="1700", furnishing=""),
    _row(
        5,
        title="3 bhk builder floor in sector 57",
        bhk="3",
        listing_for="sale",
        property_type="builder_floor",
        price_inr="16500000",
        area_sqft="1800",
    ),
    _row(
        6,
        title="Residential plot in sector 57",
        listing_for="sale",
        property_type="plot",
        price_inr="42000000",
        area_sqft="2250",
    ),
]


@asynccontextmanager
async def settled(server: embedded.Server, template: str, folder: Path) -> AsyncGenerator[str]:
    """The URL of a database that holds the homes, for tests that only read."""
    name = f"homes_{os.getpid()}_{next(_numbers)}"
    url = await server.create_database(name, template)
    database = Database(DatabaseOptions(url=url, pool_size=1, background_pool_size=1))
    await settle(database, folder)
    await database.close()
    try:
        yield url
    finally:
        await server.drop_database(name)


async def settle(database: Database, folder: Path) -> None:
    """Import the homes into an empty database."""
    path = folder / "homes.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows([home.get(column, "") for column in COLUMNS] for home in HOMES)
    report = await import_listings(database, path, "made up for tests")
    assert report.added == len(HOMES), report


@asynccontextmanager
async def served(app: ASGIApp) -> AsyncGenerator[str]:
    """The application behind a real server on loopback, at the URL that is given."""
    with loopback.listening() as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", ws="none"))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving
