"""A server with demo properties, as a reader of the documents has one running."""

from collections.abc import AsyncGenerator

import pytest

from tests.surfaces.serving import Serving, environment, serving


@pytest.fixture(scope="session")
async def demo_serving(demo_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Serving]:
    """`ghar serve` over 2,000 demo properties."""
    # Tokens name the address that they are for; that of the documents, wherever the test's server listens.
    address = {"GHAR_PUBLIC_URL": "http://localhost:3600"}
    async with serving({**environment(demo_url, tmp_path_factory.mktemp("home")), **address}) as served:
        yield served
