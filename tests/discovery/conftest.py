"""Fixtures of the discovery tests: a guest on an empty database, and a crowd of homes with many ties."""

import random
from collections.abc import AsyncGenerator
from typing import Any

import pytest

from storage import embedded
from storage.engine import Database, DatabaseOptions
from tests.discovery.homes import CYBER_CITY, Guest, add
from tools.catalog import Catalog
from tools.dispatch import Dispatcher
from tools.ports import Ports

WORDS = ("quiet", "sunny", "spacious", "park", "view", "new", "corner", "bright", "airy", "road")


@pytest.fixture
def guest(dispatcher: Dispatcher) -> Guest:
    """A guest on the test's own empty database."""
    return Guest(dispatcher)


@pytest.fixture(scope="session")
async def crowded(server: embedded.Server, empty_template: str) -> AsyncGenerator[Database]:
    """700 homes with few prices, 151 of them on one point. Tests only read it."""
    name = "crowd"
    url = await server.create_database(f"{name}_{random.randrange(10**9)}", empty_template)
    database = Database(DatabaseOptions(url=url))
    await add(database, *_crowd())
    yield database
    await database.close()
    await server.drop_database(url.rsplit("/", 1)[1].split("?")[0])


@pytest.fixture(scope="session")
def crowd(crowded: Database, catalog: Catalog, ports: Ports) -> Guest:
    """A guest among 700 homes."""
    return Guest(Dispatcher(catalog, crowded, ports))


def _crowd() -> list[dict[str, Any]]:
    draw = random.Random(360)
    return [_home(draw, number) for number in range(700)]


def _home(draw: random.Random, number: int) -> dict[str, Any]:
    lat, lng = CYBER_CITY
    at = (lat, lng) if number < 151 else (lat + draw.uniform(-0.05, 0.05), lng + draw.uniform(-0.05, 0.05))
    return {
        "at": at if number % 50 else None,
        "purpose": draw.choice(["rent", "rent", "rent", "buy", "pg"]),
        "kind": draw.choice(["apartment", "apartment", "house"]),
        "bedrooms": draw.choice([1, 2, 2, 3, None]),
        "price": draw.choice([20_000, 30_000, 40_000, 50_000]),
        "area_sqft": draw.choice([800, 1000, 1200, None]),
        "description": " ".join(draw.sample(WORDS, 4)),
        "sector": draw.choice(["Sector 57", "Sector 56", None]),
    }
