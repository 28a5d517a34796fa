"""What every test stands on: a real PostgreSQL, databases cloned from templates, and the dispatcher."""

import hashlib
import itertools
import os
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser
from sqlalchemy.ext.asyncio import AsyncSession

from servers.adapters.embedder import ThreadedEmbedder
from servers.adapters.hashing import HashingModel
from storage import embedded
from storage.bus import LocalBus
from storage.engine import Database, DatabaseOptions
from storage.search_index import DIMENSIONS
from tests import chromium, templates
from tools.catalog import Catalog, whole
from tools.cursors import Cursors
from tools.dispatch import Dispatcher
from tools.ports import Ports, SystemClock

ROOT = Path(__file__).parents[1]
_numbers = itertools.count()

Clone = Callable[[str], Awaitable[str]]


def _digest(*folders: str) -> str:
    files = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


@pytest.fixture(scope="session")
async def server() -> AsyncGenerator[embedded.Server]:
    """The PostgreSQL of all test processes. It forgets on power loss, and is quicker for it."""
    settings = embedded.ServerSettings(durable=False, max_connections=400)
    options = embedded.EmbeddedOptions(home=ROOT / ".ghar" / "tests", database="tests", settings=settings)
    async with embedded.server(options) as found:
        yield found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tries tests in a real browser again, whose machine may stall; a run ends with the names of those."""
    for item in items:
        if isinstance(item, pytest.Function) and "browser" in item.fixturenames:
            item.add_marker(pytest.mark.flaky(reruns=2))


@asynccontextmanager
async def _cloned(server: embedded.Server, template: str) -> AsyncGenerator[str]:
    name = f"test_{os.getpid()}_{next(_numbers)}"
    url = await server.create_database(name, template)
    try:
        yield url
    finally:
        await server.drop_database(name)


@pytest.fixture(scope="session")
async def empty_template(server: embedded.Server) -> str:
    """The name of a migrated database without rows, made once and cloned often."""
    name = f"bare_{_digest('storage/migrations')}"
    await server.ensure_template(name, templates.fill_empty)
    return name


@pytest.fixture
async def database_url(server: embedded.Server, empty_template: str) -> AsyncGenerator[str]:
    """The URL of a migrated database of the test's own."""
    async with _cloned(server, empty_template) as url:
        yield url


@pytest.fixture(scope="session")
async def peopled_url(server: embedded.Server, empty_template: str) -> AsyncGenerator[str]:
    """The URL of a migrated database with the people 1, 2 and 3, for tests that write what nobody reads."""
    async with _cloned(server, empty_template) as url:
        await templates.people(url, 3)
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncGenerator[Database]:
    """The engines on the test's own database."""
    opened = Database(DatabaseOptions(url=database_url, pool_size=5, background_pool_size=2))
    yield opened
    await opened.close()


@pytest.fixture
async def db(database: Database) -> AsyncGenerator[AsyncSession]:
    """A writing session on the test's own database, committed at its end."""
    async with database.writing() as session:
        yield session


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The product's catalog."""
    return whole()


@pytest.fixture(scope="session")
async def ports() -> AsyncGenerator[Ports]:
    """The ports of a system without keys: the hashing embedder, the machine's clock, an in-process bus."""
    embedder = ThreadedEmbedder("hashing", DIMENSIONS, lambda: HashingModel(DIMENSIONS))
    yield Ports(embedder, LocalBus(), SystemClock(), Cursors(b"a secret of the tests"))
    await embedder.close()


@pytest.fixture
def dispatcher(catalog: Catalog, database: Database, ports: Ports) -> Dispatcher:
    """The product's tools on the test's own empty database."""
    return Dispatcher(catalog, database, ports)


@pytest.fixture(scope="session")
async def demo_template(server: embedded.Server) -> str:
    """The name of a database with 2,000 demo properties, made once and cloned often."""
    name = f"demo_{_digest('storage', 'tools')}"
    await server.ensure_template(name, templates.fill_with_demo)
    return name


@pytest.fixture(scope="session")
async def demo_url(server: embedded.Server, demo_template: str) -> AsyncGenerator[str]:
    """The URL of a database with 2,000 demo properties. Tests only read it."""
    async with _cloned(server, demo_template) as url:
        yield url


@pytest.fixture
async def peopled_demo_url(server: embedded.Server, demo_template: str) -> AsyncGenerator[str]:
    """The URL of a test's own database with 2,000 demo properties and three more people."""
    async with _cloned(server, demo_template) as url:
        await templates.people(url, 3)
        yield url


@pytest.fixture(scope="session")
async def gurugram_url(server: embedded.Server) -> AsyncGenerator[str]:
    """The URL of a database with the 9,987 real listings. Tests only read it."""
    name = f"gurugram_{_digest('storage', 'tools')}"
    await server.ensure_template(name, templates.fill_with_gurugram)
    async with _cloned(server, name) as url:
        yield url


@asynccontextmanager
async def _dispatching(url: str, catalog: Catalog, ports: Ports) -> AsyncGenerator[Dispatcher]:
    opened = Database(DatabaseOptions(url=url, pool_size=5, background_pool_size=2))
    yield Dispatcher(catalog, opened, ports)
    await opened.close()


@pytest.fixture(scope="session")
async def demo(demo_url: str, catalog: Catalog, ports: Ports) -> AsyncGenerator[Dispatcher]:
    """The product's tools over 2,000 demo properties. Tests only read."""
    async with _dispatching(demo_url, catalog, ports) as dispatcher:
        yield dispatcher


@pytest.fixture(scope="session")
async def gurugram(gurugram_url: str, catalog: Catalog, ports: Ports) -> AsyncGenerator[Dispatcher]:
    """The product's tools over the real listings. Tests only read."""
    async with _dispatching(gurugram_url, catalog, ports) as dispatcher:
        yield dispatcher


@pytest.fixture(scope="session")
async def browser() -> AsyncGenerator[Browser]:
    """A real browser, in which each test opens a context of its own."""
    async with chromium.started() as opened:
        yield opened
