"""A running product with listings, for crowds of clients."""

import shutil
import tempfile
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.badinput.house import listing, write_csv
from tests.crash.product import Product, free_port


@pytest.fixture
async def product() -> AsyncGenerator[Product]:
    """A product of the test's own that serves 3,000 listings."""
    folder = Path(tempfile.mkdtemp(prefix="ghar-load-", dir="/tmp"))
    folder.chmod(0o755)
    made = Product(folder / "home", free_port())
    try:
        await made.serve()
        rows = (listing(number) for number in range(3_000))
        await made.done("import", "listings", str(write_csv(folder / "homes.csv", rows)))
        yield made
    finally:
        await made.stop()
        shutil.rmtree(folder)
