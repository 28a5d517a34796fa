"""The product under bad input: one server for all of these tests, which must not notice any of it."""

import logging
import os
from collections.abc import AsyncGenerator, Generator

import pytest

from storage import embedded
from tests.badinput.house import House, opened


@pytest.fixture(scope="session")
async def house(
    server: embedded.Server, empty_template: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[House]:
    """The running product. When all tests are done, its database holds what it held before them."""
    name = f"badinput_{os.getpid()}"
    url = await server.create_database(name, empty_template)
    async with opened(url, tmp_path_factory.mktemp("house")) as found:
        before = await found.digest()
        yield found
        assert await found.digest() == before
    await server.drop_database(name)


@pytest.fixture(autouse=True)
def unmoved(caplog: pytest.LogCaptureFixture) -> Generator[None]:
    """Nothing that is sent is worth an error in the log: what is logged as one is a defect of ours."""
    yield
    said = [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
    assert not said
