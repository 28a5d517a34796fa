"""One running product, and two new people for every test."""

from collections.abc import AsyncGenerator

import pytest

from storage import embedded
from tests.clients.house import House, open_house
from tests.homes import settle
from tests.trust.mcp.assistants import Desk, assign, seated


@pytest.fixture(scope="session")
async def house(
    server: embedded.Server, empty_template: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[House]:
    folder = tmp_path_factory.mktemp("house")
    async with open_house(server, empty_template, folder) as opened:
        await settle(opened.runtime.database, folder)
        await assign(opened)
        yield opened


@pytest.fixture
async def desk(house: House) -> Desk:
    return await seated(house)
