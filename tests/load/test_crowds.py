"""Crowds: more clients at once than there are database connections, for as long as 6,000 searches take."""

import psutil
import pytest

from tests.crash.product import Product, recovered, searching

pytestmark = pytest.mark.timeout(600)

CLIENTS = 64
SEARCHES = 3_000
MOST_GROWTH = 40 * 2**20


async def test_a_crowd_is_served_without_an_error_and_without_growth(product: Product):
    server = psutil.Process(product.processes[0].pid)
    async with searching(product.url, CLIENTS) as answers:
        await recovered(answers, SEARCHES, within=240)
        warm = server.memory_info().rss
        await recovered(answers, SEARCHES, within=240)
        grown = server.memory_info().rss - warm
    assert answers.statuses == {200}
    assert grown < MOST_GROWTH
    async with product.connected() as db:
        used = await db.fetchval("select count(*) from pg_stat_activity where datname = 'ghar'")
    assert used <= 30
    assert "Traceback" not in product.said("serve")
