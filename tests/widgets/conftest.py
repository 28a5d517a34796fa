"""Widgets in a real browser, in every kind of host, beside the whole application with a handful of homes."""

from collections.abc import AsyncGenerator

import pytest
from playwright.async_api import Browser

from storage import embedded
from tests.clients.house import House, furnished
from tests.widgets.hosting import Hosted, hosting


@pytest.fixture(scope="session")
async def house(
    server: embedded.Server, empty_template: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[House]:
    """The whole application, behind a server, with the homes in it."""
    async with furnished(server, empty_template, tmp_path_factory.mktemp("homes")) as opened:
        yield opened


@pytest.fixture
async def hosted(browser: Browser, house: House) -> AsyncGenerator[Hosted]:
    """A page of the test's own for hosts and their widgets."""
    async with hosting(browser, house) as opened:
        yield opened
