"""Clients of the REST surface over the example catalog."""

from collections.abc import AsyncGenerator, Generator

import httpx
import pytest

from tests.facade import example, faulty
from tests.facade.serving import application, client, live
from tools.catalog import Catalog
from tools.ports import Ports


@pytest.fixture
async def api(ports: Ports) -> AsyncGenerator[httpx.AsyncClient]:
    """A guest's client of the example catalog, in process."""
    async with client(application(ports, Catalog.of([example]))) as opened:
        yield opened


@pytest.fixture
async def member(ports: Ports, peopled_url: str) -> AsyncGenerator[httpx.AsyncClient]:
    """A member's client of the example catalog, in process."""
    async with client(application(ports, Catalog.of([example]), peopled_url)) as opened:
        opened.headers["authorization"] = "Bearer member"
        yield opened


@pytest.fixture
async def failing(ports: Ports) -> AsyncGenerator[httpx.AsyncClient]:
    """A guest's client of tools that fail, in process."""
    async with client(application(ports, Catalog.of([faulty]))) as opened:
        yield opened


@pytest.fixture(scope="session")
def url(ports: Ports, peopled_url: str) -> Generator[str]:
    """Where the example catalog is served by a real server."""
    with live(application(ports, Catalog.of([example]), peopled_url)) as opened:
        yield opened
