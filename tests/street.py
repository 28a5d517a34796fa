"""Homes on offer, somebody who looks after one, and people who want to see it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from storage.engine import Database
from tests.account.conftest import Clock, Join, Somebody, admin, asha, dispatcher, join, ravi
from tools.consent import Preview
from tools.dispatch import Caller

__all__ = ["admin", "asha", "dispatcher", "join", "ravi"]

NOW = datetime(2031, 6, 2, 3, 0, tzinfo=UTC)
"""A Monday, 8:30 in India."""


@dataclass(frozen=True)
class Street:
    """The homes, and what happens to them."""

    database: Database
    homes: list[int]

    async def run(self, statement: str, **values: Any) -> None:
        async with self.database.writing() as db:
            await db.execute(text(statement), values)

    async def ask(self, statement: str, **values: Any) -> list[Any]:
        """The rows of a query, each with one column."""
        async with self.database.reading(primary=True) as db:
            return list((await db.scalars(text(statement), values)).all())

    async def set(self, home: int, **values: Any) -> None:
        """Change columns of a home."""
        for column, value in values.items():
            await self.run(f"update properties set {column} = :value where id = :id", value=value, id=home)

    async def give(self, home: int, staff: Somebody) -> None:
        """Let somebody look after a home."""
        statement = "insert into portfolios (staff_id, property_id) values (:staff, :home)"
        await self.run(statement, staff=staff.id, home=home)

    async def count(self, table: str) -> int:
        (found,) = await self.ask(f"select count(*) from {table}")
        return found


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
async def street(database: Database) -> Street:
    """Six homes to rent, for 1,000 to 6,000 rupees."""
    added = "insert into properties (source, source_id, purpose, kind, title, description, price) "
    added += "select 'test', n, 'rent', 'apartment', 'Flat ' || n, '', 1000 * n "
    added += "from generate_series(1, 6) n returning id"
    async with database.writing() as db:
        return Street(database, sorted((await db.scalars(text(added))).all()))


@pytest.fixture
async def kiran(join: Join, street: Street) -> Somebody:
    """Looks after the first home, and can be phoned."""
    there = await join("+919822222222", "staff")
    await street.run("update people set name = 'Kiran Bedi' where id = :id", id=there.id)
    await street.give(street.homes[0], there)
    return there


def slot(hours: float = 24, minutes: int = 0) -> datetime:
    """A time from 8:30 on Monday in India on."""
    return NOW + timedelta(hours=hours, minutes=minutes + 30)


async def previewed(somebody: Somebody, tool: str, **given: Any) -> Preview:
    """What somebody is shown before a tool does anything."""
    catalog = somebody.dispatcher.catalog
    shown = await somebody.dispatcher.run(catalog[tool], given, Caller("rest", somebody.viewer))
    assert isinstance(shown, Preview)
    return shown
