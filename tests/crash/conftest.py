"""A product of the test's own, with listings to import."""

import shutil
import tempfile
from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest

from tests.badinput.house import listing, write_csv
from tests.crash.product import Product, free_port


@pytest.fixture
def folder() -> Generator[Path]:
    """A short path that PostgreSQL's own account may enter: sockets allow no more than 107 bytes."""
    path = Path(tempfile.mkdtemp(prefix="ghar-load-", dir="/tmp"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture
async def product(folder: Path) -> AsyncGenerator[Product]:
    """A migrated home without properties, and nothing running on it."""
    made = Product(folder / "home", free_port())
    try:
        await made.done("db", "migrate")
        yield made
    finally:
        await made.stop()


@pytest.fixture
def few(folder: Path) -> str:
    """A file that is imported at once."""
    return str(write_csv(folder / "few.csv", [listing(number) for number in range(200)]))


@pytest.fixture
def many(folder: Path) -> str:
    """A file whose import takes long enough to be met in the middle."""
    return str(write_csv(folder / "many.csv", (listing(number) for number in range(6_000))))
