"""Facets that are kept for a while, until listings change."""

from dataclasses import replace

import asyncpg

from storage.cache import FACETS, LocalCache
from storage.engine import Database, DatabaseOptions
from tools.callers import Caller
from tools.catalog import Catalog
from tools.contract import GUEST
from tools.discovery.search import PropertySearch
from tools.dispatch import Dispatcher
from tools.ports import Ports


async def test_facets_are_counted_anew_once_listings_are_said_to_have_changed(
    peopled_demo_url: str, catalog: Catalog, ports: Ports
) -> None:
    cache = LocalCache()
    database = Database(DatabaseOptions(url=peopled_demo_url, pool_size=2))
    dispatcher = Dispatcher(catalog, database, replace(ports, cache=cache))

    async def total(**asked: object) -> int:
        asked |= {"facets": True, "limit": 1}
        found = await dispatcher.run(catalog["search_properties"], asked, Caller("rest", GUEST))
        assert isinstance(found, PropertySearch)
        assert found.facets is not None
        return found.facets.total

    every, rent = await total(), await total(purpose="rent")
    assert 0 < rent < every
    connection = await asyncpg.connect(peopled_demo_url)
    await connection.execute(
        "delete from property_search where property_id in (select min(property_id) "
        "from property_search where purpose = 1)"
    )
    await connection.close()
    assert await total(purpose="rent") == rent
    await cache.forget(FACETS)
    assert await total(purpose="rent") == rent - 1
    await database.close()
