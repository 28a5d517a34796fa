"""What the tests of this domain share: people who meet, and what is due with their visits."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from servers.jobs import operator
from storage.engine import driver
from tests.account.conftest import Clock, Somebody
from tests.street import Street, admin, asha, clock, dispatcher, join, kiran, ravi, street
from tools.dispatch import Dispatcher

__all__ = ["admin", "asha", "clock", "dispatcher", "join", "kiran", "ravi", "street"]

_AFTER = {
    "day_before": timedelta(hours=-24),
    "two_hours": timedelta(hours=-2),
    "begins": timedelta(),
    "over": timedelta(minutes=90),
}


@dataclass
class Diary:
    """Visits through time: what is due is done by the clock; what people are told is read off the queue."""

    street: Street
    dispatcher: Dispatcher
    clock: Clock

    async def book(self, who: Somebody, starts: datetime, home: int = 0) -> Any:
        """A visit that somebody has confirmed they ask for."""
        return await who.call("request_visit", property_id=self.street.homes[home], starts=starts)

    async def do(self, job: str, **given: Any) -> Any:
        tool = self.dispatcher.catalog[job]
        return await self.dispatcher.run(tool, given, operator(tool, "background"))

    async def until(self, moment: datetime) -> None:
        """Let time pass, and what becomes due until then be done, in its order."""
        due = sorted((self._due(each), number, each) for number, each in await self._waiting("follow_visit"))
        for at, number, given in due:
            if at <= moment:
                self.clock.shown = max(at, self.clock.shown)
                await self._done(number, "follow_visit", given)
        self.clock.shown = moment

    async def told(self, whom: Somebody) -> list[str]:
        """What somebody is told of since this was asked last, in order, by type."""
        found: list[str] = []
        for number, given in await self._waiting("send_notification"):
            if given["person_id"] == whom.id:
                stage = given["about"].get("stage")
                found.append(given["type"] + (f" {stage}" if stage else ""))
                await self._forget(number)
        return found

    async def _done(self, number: int, job: str, given: dict[str, Any]) -> None:
        await self.do(job, **given)
        await self._forget(number)

    @staticmethod
    def _due(given: dict[str, Any]) -> datetime:
        return datetime.fromisoformat(given["starts"]) + _AFTER[given["stage"]]

    async def _waiting(self, name: str) -> list[tuple[int, dict[str, Any]]]:
        found = "select id, payload from pgqueuer where entrypoint = $1 order by id"
        async with self.street.database.reading(primary=True) as db:
            rows = await (await driver(db)).fetch(found, name)
        return [(row[0], json.loads(row[1])) for row in rows]

    async def _forget(self, number: int) -> None:
        async with self.street.database.writing() as db:
            await (await driver(db)).execute("delete from pgqueuer where id = $1", number)


@pytest.fixture
def diary(street: Street, dispatcher: Dispatcher, clock: Clock) -> Diary:
    return Diary(street, dispatcher, clock)
