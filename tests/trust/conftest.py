"""People who call tools, as in the tests of accounts, and what they left behind."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import select

from storage.activities import ActivityRow
from storage.engine import Database
from tests.account.conftest import admin, asha, clock, dispatcher, join, ravi

__all__ = ["admin", "asha", "clock", "dispatcher", "join", "ravi"]

Left = Callable[[], Awaitable[Sequence[Any]]]


@pytest.fixture
def left(database: Database) -> Left:
    """Every row of the record, the first first."""

    async def left() -> Sequence[Any]:
        async with database.reading(primary=True) as db:
            return (await db.scalars(select(ActivityRow).order_by(ActivityRow.id))).all()

    return left
