"""What the tests of this domain share: owners, and staff who review."""

import pytest

from tests.account.conftest import Join, Somebody
from tests.street import admin, asha, clock, dispatcher, join, ravi, street

__all__ = ["admin", "asha", "clock", "dispatcher", "join", "ravi", "street"]


@pytest.fixture
async def meera(join: Join) -> Somebody:
    """Reviews listings."""
    return await join("+919833333333", "staff")


@pytest.fixture
async def dev(join: Join) -> Somebody:
    """Reviews listings, too."""
    return await join("+919844444444", "staff")
