"""The pages in a real browser, on the whole application with a handful of homes."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack

import httpx
import pytest

from storage import embedded
from tests.agent.chatting import body
from tests.clients.crowd import People
from tests.clients.house import House, furnished


@pytest.fixture(scope="session")
async def house(
    server: embedded.Server, empty_template: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[House]:
    """The whole application, behind a server, with the homes in it."""
    async with furnished(server, empty_template, tmp_path_factory.mktemp("homes")) as opened:
        # The chat's imports are slow on a busy machine, and a browser's patience is measured in seconds.
        async with httpx.AsyncClient(base_url=opened.url, timeout=45) as client:
            assert (await client.post("/api/v1/chat", json=body("hello"))).status_code == 200
        yield opened


@pytest.fixture(scope="session")
def url(house: House) -> str:
    """Where the application is."""
    return house.url


@pytest.fixture(scope="session")
async def people(house: House) -> AsyncGenerator[People]:
    """People who look at the pages without scripts."""
    async with AsyncExitStack() as stack:
        yield People(house, stack)
