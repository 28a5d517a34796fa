"""The page in a real browser, on a real server with a handful of homes."""

from collections.abc import AsyncGenerator

import pytest
from playwright.async_api import Browser, async_playwright
from starlette.applications import Starlette

from agent.chat import Chat
from agent.options import ModelOptions
from facade import problems, routes
from servers import pages
from servers.middleware.headers import SecurityHeaders
from storage import embedded
from storage.engine import Database, DatabaseOptions
from tests.agent.chatting import identify
from tests.homes import served, settled
from tools.catalog import Catalog
from tools.dispatch import Dispatcher
from tools.ports import Ports

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
    server: embedded.Server,
    empty_template: str,
    tmp_path_factory: pytest.TempPathFactory,
    catalog: Catalog,
    ports: Ports,
) -> AsyncGenerator[str]:
    """The page, the chat with the offline model and the REST API, behind a server."""
    async with settled(server, empty_template, tmp_path_factory.mktemp("homes")) as database_url:
        database = Database(DatabaseOptions(url=database_url, pool_size=3, background_pool_size=1))
        dispatcher = Dispatcher(catalog, database, ports)
        chat = Chat(dispatcher, identify, ModelOptions())
        every = [*pages.routes(), *chat.routes(), *routes.routes(dispatcher, identify)]
        app = Starlette(routes=every, exception_handlers=problems.handlers())
        async with chat.running(), served(SecurityHeaders(app, secure=False)) as address:
            yield address
        await database.close()


@pytest.fixture(scope="session")
async def browser() -> AsyncGenerator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        await opened.close()
