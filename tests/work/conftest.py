"""One workshop for all tests of the queue in a process, swept before each."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator

import pytest

from storage import embedded
from tests.work.workshop import Workshop, workshop


@pytest.fixture(scope="session")
async def _house(
    server: embedded.Server, empty_template: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[Workshop]:
    name = f"test_work_{os.getpid()}"
    url = await server.create_database(name, empty_template)
    async with workshop(url, tmp_path_factory.mktemp("work")) as made:
        yield made
    await server.drop_database(name)


@pytest.fixture
async def shop(_house: Workshop) -> Workshop:
    """The workshop, without any work in it."""
    await _house.clear()
    return _house
