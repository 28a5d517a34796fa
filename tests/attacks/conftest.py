"""One house for all attacks that need no settings of their own, and people who live in it."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack

import pytest

from storage import embedded
from tests.clients.crowd import People
from tests.clients.house import House, open_house


@pytest.fixture(scope="session")
async def house(
    server: embedded.Server, empty_template: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[House]:
    """A house whose limits no test reaches by accident."""
    async with open_house(server, empty_template, tmp_path_factory.mktemp("house")) as opened:
        yield opened


@pytest.fixture(scope="session")
async def people(house: House) -> AsyncGenerator[People]:
    async with AsyncExitStack() as stack:
        yield People(house, stack)
