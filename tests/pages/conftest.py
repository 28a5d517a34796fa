"""The pages in a real browser, on the whole application with a handful of homes."""

from collections.abc import AsyncGenerator

import pytest
from playwright.async_api import Browser, async_playwright

from servers.app import create_app
from storage import embedded
from tests.homes import served, settled
from tests.servers.applications import lifespan, settings

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
async def url(
    server: embedded.Server, empty_template: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[str]:
    """The whole application, behind a server."""
    folder = tmp_path_factory.mktemp("homes")
    async with settled(server, empty_template, folder) as database_url:
        app = create_app(settings(database_url, folder))
        async with lifespan(app), served(app) as address:
            yield address


@pytest.fixture(scope="session")
async def browser() -> AsyncGenerator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        await opened.close()
