"""What the tests of reports share."""

import pytest

from tests.account.conftest import Join, Somebody
from tests.street import admin, asha, clock, dispatcher, join, kiran, ravi, street

__all__ = ["admin", "asha", "clock", "dispatcher", "join", "kiran", "ravi", "street"]


@pytest.fixture
async def meera(join: Join) -> Somebody:
    """Looks at what is reported."""
    return await join("+919833333333", "staff")
