"""What the tests of this domain share."""

from typing import Any

import pytest
from sqlalchemy import text

from servers.jobs import operator
from storage import search_index
from tests.account.conftest import Somebody
from tests.street import Street, admin, asha, clock, dispatcher, join, ravi, street
from tools.dispatch import Dispatcher

__all__ = ["admin", "asha", "clock", "dispatcher", "join", "ravi", "street"]


class Market:
    """Edits of homes, with the search index in line, and the jobs that look at them."""

    def __init__(self, street: Street, dispatcher: Dispatcher) -> None:
        self.street = street
        self._dispatcher = dispatcher

    async def edit(self, *homes: int, **values: Any) -> None:
        """Change columns of homes as one edit."""
        async with self.street.database.writing() as db:
            for column, value in values.items():
                statement = text(f"update properties set {column} = :value where id = any(:ids)")
                await db.execute(statement, {"value": value, "ids": list(homes)})
            await search_index.refresh(db, homes)

    async def job(self, name: str, **given: Any) -> int:
        """Do a job until nothing remains; how much was done."""
        tool = self._dispatcher.catalog[name]
        done = 0
        while True:
            round_: Any = await self._dispatcher.run(tool, given, operator(tool))
            done += round_.done
            if not round_.remaining:
                return done

    async def looked(self) -> None:
        """Edits are seen to, and what is due is told."""
        await self.job("check_watches")
        await self.job("tell_watches")

    async def told(self, whom: Somebody) -> list[str]:
        """What a person is told of their watches, in English, as it waits to be sent."""
        sent = await self.street.ask(
            "select convert_from(payload, 'utf8')::jsonb #>> '{about,english}' from pgqueuer "
            "where convert_from(payload, 'utf8')::jsonb ->> 'type' = 'watch_found' "
            "and (convert_from(payload, 'utf8')::jsonb ->> 'person_id')::bigint = :id order by id",
            id=whom.id,
        )
        return [line.strip('[]"') for line in sent]


@pytest.fixture
async def market(street: Street, dispatcher: Dispatcher) -> Market:
    made = Market(street, dispatcher)
    await made.edit(*street.homes)
    return made
