"""Databases that many tests read: made once, cloned often."""

from pathlib import Path

import asyncpg

from storage import migrate
from storage import people as persons
from storage.engine import Database, DatabaseOptions
from tests.data import shared
from tools.discovery.demo.load import load_demo
from tools.discovery.importing.run import import_listings
from tools.staff.demo import look_after_demo

LISTINGS = "gurugram_listings.csv.gz"


async def fill_empty(url: str) -> None:
    """The tables, without rows."""
    await migrate.upgrade(url)
    connection = await asyncpg.connect(url)
    try:
        # Of the systems of coordinates, a third of all that is copied for every test, we use one.
        await connection.execute("delete from spatial_ref_sys where srid <> 4326")
        await connection.execute("vacuum full spatial_ref_sys")
    finally:
        await connection.close()


async def fill_with_demo(url: str) -> None:
    """2,000 made-up properties, and somebody who looks after them."""
    await fill_empty(url)
    database = Database(DatabaseOptions(url=url))
    await load_demo(database)
    await look_after_demo(database)
    await database.close()


async def fill_with_gurugram(url: str) -> None:
    """The 9,987 real listings."""
    await fill_empty(url)
    database = Database(DatabaseOptions(url=url))
    await import_listings(database, Path(shared(LISTINGS)), "gurugram")
    await database.close()


async def people(url: str, number: int) -> list[int]:
    """New people, members all, by their ids."""
    database = Database(DatabaseOptions(url=url))
    async with database.writing() as db:
        found = [(await persons.ensure(db, f"somebody{each}@ghar.test")).id for each in range(number)]
    await database.close()
    return found
