"""Widgets in a real browser, in every kind of host, beside the whole application with a handful of homes."""

from collections.abc import AsyncGenerator

import pytest

from servers.runtime import Runtime
from storage import embedded
from tests.clients.house import House, open_house
from tests.homes import settle


@pytest.fixture(scope="session")
async def house(
    server: embedded.Server, empty_template: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[House]:
    """The whole application, behind a server, with the homes in it."""
    folder = tmp_path_factory.mktemp("homes")

    async def furnish(runtime: Runtime) -> None:
        await settle(runtime.database, folder)

    async with open_house(server, empty_template, folder, prepare=furnish) as opened:
        yield opened
