"""A guest who calculates, among 2,000 demo properties."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tools.contract import GUEST
from tools.dispatch import Caller, Dispatcher

Ask = Callable[..., Awaitable[Any]]


@pytest.fixture(scope="session")
def ask(demo: Dispatcher) -> Ask:
    """Calls a tool as a guest."""

    async def asked(tool: str, **given: Any) -> Any:
        return await demo.run(demo.catalog[tool], given, Caller("rest", GUEST))

    return asked
