"""One running product, and two new people for every test."""

from collections.abc import AsyncGenerator

import pytest

from storage import embedded
from tests.clients.house import House, furnished
from tests.trust.mcp.assistants import Desk, assign, seated


@pytest.fixture(scope="session")
async def house(
    server: embedded.Server, empty_template: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[House]:
    async with furnished(server, empty_template, tmp_path_factory.mktemp("house")) as opened:
        await assign(opened)
        yield opened


@pytest.fixture
async def desk(house: House) -> Desk:
    return await seated(house)
