"""One application for all questions of access, over a database that nobody else uses."""

import os
from collections.abc import AsyncGenerator

import pytest

from storage import embedded
from tests.access.world import World, opened


@pytest.fixture(scope="session")
async def world_url(server: embedded.Server, empty_template: str) -> AsyncGenerator[str]:
    """The URL of that database."""
    name = f"access_{os.getpid()}"
    yield await server.create_database(name, empty_template)
    await server.drop_database(name)


@pytest.fixture(scope="session")
async def world(world_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[World]:
    """The application, started."""
    async with opened(world_url, tmp_path_factory.mktemp("access")) as found:
        yield found
