"""The chat over real tools and a handful of homes; no test of it ever asks a model outside."""

from collections.abc import AsyncGenerator, Generator

import httpx
import pytest
from pydantic_ai import models
from starlette.applications import Starlette

from agent.chat import Chat
from agent.options import ModelOptions
from facade import problems
from storage import embedded
from storage.engine import Database, DatabaseOptions
from tests.agent.chatting import identify
from tests.homes import settled
from tools.catalog import Catalog
from tools.dispatch import Dispatcher
from tools.ports import Ports


@pytest.fixture(autouse=True)
def no_model_is_asked() -> Generator[None]:
    with models.override_allow_model_requests(allow_model_requests=False):
        yield


@pytest.fixture(scope="session")
async def homes_url(
    server: embedded.Server, empty_template: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[str]:
    """The URL of a database with a handful of homes, which nobody changes."""
    async with settled(server, empty_template, tmp_path_factory.mktemp("homes")) as url:
        yield url


@pytest.fixture
async def dispatcher(catalog: Catalog, homes_url: str, ports: Ports) -> AsyncGenerator[Dispatcher]:
    """The product's tools on those homes."""
    database = Database(DatabaseOptions(url=homes_url, pool_size=5, background_pool_size=2))
    yield Dispatcher(catalog, database, ports)
    await database.close()


@pytest.fixture
async def app(dispatcher: Dispatcher) -> AsyncGenerator[Starlette]:
    """The chat with the offline model."""
    chat = Chat(dispatcher, identify, ModelOptions())
    async with chat.running():
        yield Starlette(routes=chat.routes(), exception_handlers=problems.handlers())


@pytest.fixture
async def client(app: Starlette) -> AsyncGenerator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as opened:
        yield opened
