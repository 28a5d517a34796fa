"""A house on an empty database, and the same database seen by a second replica."""

from collections.abc import AsyncGenerator

import pytest

from storage.engine import Database
from tests.identity.house import House, Moving
from tools.catalog import Catalog


@pytest.fixture
def clock() -> Moving:
    return Moving()


@pytest.fixture
async def house(database: Database, catalog: Catalog, clock: Moving) -> AsyncGenerator[House]:
    there = House(database, catalog, clock)
    async with there.running():
        yield there


@pytest.fixture
async def replica(database: Database, catalog: Catalog, clock: Moving) -> AsyncGenerator[House]:
    """Another process on the same database, which shares nothing else but the secret."""
    there = House(database, catalog, clock)
    async with there.running():
        yield there
