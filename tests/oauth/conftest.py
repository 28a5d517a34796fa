"""One application for the tests of a module: each registers its own clients and signs in its own people."""

from collections.abc import AsyncGenerator

import pytest

from storage import embedded
from tests.oauth.world import World, world


@pytest.fixture(scope="module")
async def ghar(
    server: embedded.Server, empty_template: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[World]:
    """The application on an empty database."""
    async with world(server, empty_template, tmp_path_factory.mktemp("home")) as started:
        yield started
