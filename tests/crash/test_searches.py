"""Searches while PostgreSQL dies under them: an honest 503 at worst, and soon all is well again."""

import signal

import pytest

from tests.crash.product import Product, freeze, kill, recovered, searching

pytestmark = pytest.mark.timeout(300)
TIMEOUT = 5.0
"""The read timeout that a server runs with, in seconds."""


async def test_searches_survive_the_end_of_one_backend_and_of_all_postgres(product: Product, few: str):
    await product.done("import", "listings", few)
    server = await product.serve()
    before = await product.properties()
    async with searching(product.url) as answers:
        await recovered(answers)
        kill(await product.backend("property_search"))
        assert await recovered(answers) < 20
        first = product.postmaster
        kill(first)
        assert await recovered(answers) < 20
        assert product.postmaster != first
    assert answers.statuses <= {200, 503}
    assert {code for status, code, _ in answers.got if status == 503} <= {"unavailable"}
    assert answers.slowest < TIMEOUT * 2
    assert server.returncode is None
    assert await product.properties() == before
    assert "Traceback" not in product.said("serve")


async def test_searches_of_a_postgres_that_hangs_are_given_up_in_time(product: Product, few: str):
    await product.done("import", "listings", few)
    await product.serve()
    async with searching(product.url) as answers:
        await recovered(answers)
        seen = len(answers.got)
        with freeze(product):
            await answers.until_status(503, seen)
        assert await recovered(answers) < 30
    assert answers.statuses == {200, 503}
    assert answers.slowest < TIMEOUT * 3


async def test_a_server_that_is_killed_leaves_postgres_to_the_next_one(product: Product, few: str):
    await product.done("import", "listings", few)
    first = await product.serve()
    before, postmaster = await product.properties(), product.postmaster
    first.send_signal(signal.SIGKILL)
    await first.wait()
    await product.serve()
    assert product.postmaster == postmaster
    async with searching(product.url) as answers:
        await recovered(answers)
    assert answers.statuses == {200}
    assert await product.properties() == before


async def test_server_and_postgres_killed_at_once_are_there_again_after_a_start(product: Product, few: str):
    await product.done("import", "listings", few)
    first = await product.serve()
    before, postmaster = await product.properties(), product.postmaster
    first.send_signal(signal.SIGKILL)
    kill(postmaster)
    await first.wait()
    await product.serve()
    async with searching(product.url) as answers:
        await recovered(answers)
    assert answers.statuses == {200}
    assert await product.properties() == before
