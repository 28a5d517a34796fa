"""People who are told things, and the queue, worked through without a worker."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from servers.jobs import operator
from storage.engine import Database, driver
from tests.account.conftest import Clock, Somebody, admin, asha, dispatcher, join, ravi
from tools.dispatch import Dispatcher
from tools.notices import announce

__all__ = ["admin", "asha", "dispatcher", "join", "ravi"]

NOON = datetime(2031, 6, 2, 6, 30, tzinfo=UTC)
"""A Monday, noon in India."""

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Waiting:
    """A job that waits."""

    id: int
    name: str
    given: dict[str, Any]
    delay: timedelta

    @property
    def channel(self) -> str:
        return self.given["channel"]


@dataclass(frozen=True)
class Post:
    """What is under way to people."""

    dispatcher: Dispatcher
    database: Database
    clock: Clock

    async def tell(self, whom: Somebody, type_: str, **about: Any) -> int:
        """Put a notification into the queue; the id of its job."""
        async with self.database.writing() as db:
            return await announce(db, self.clock.now(), whom.id, type_, **about)

    async def waiting(self, name: str) -> list[Waiting]:
        """The jobs of a name that wait, in order."""
        found = "select id, payload, execute_after - created from pgqueuer where entrypoint = $1 order by id"
        async with self.database.reading(primary=True) as db:
            rows = await (await driver(db)).fetch(found, name)
        return [Waiting(row[0], name, json.loads(row[1]), row[2]) for row in rows]

    async def run(self, job: Waiting) -> Any:
        """Do a job as a worker would, and leave it where it is."""
        tool = self.dispatcher.catalog[job.name]
        given = json.dumps(job.given).encode()
        return await self.dispatcher.run(tool, given, operator(tool, "background", key=f"job {job.id}"))

    async def send(self) -> list[Any]:
        """Tell people what waits to be told; how each of it went."""
        return [await self._done(job) for job in await self.waiting("send_notification")]

    async def _done(self, job: Waiting) -> Any:
        answer = await self.run(job)
        await self.forget(job)
        return answer

    async def forget(self, job: Waiting) -> None:
        async with self.database.writing() as db:
            await (await driver(db)).execute("delete from pgqueuer where id = $1", job.id)

    async def do(self, name: str, **given: Any) -> Any:
        """Run a job at once."""
        tool = self.dispatcher.catalog[name]
        return await self.dispatcher.run(tool, given, operator(tool, "background"))

    async def leaving(self) -> dict[str, timedelta]:
        """Over which channels something leaves, and how long it waits."""
        found = await self.waiting("deliver_notification")
        return {job.channel: timedelta(seconds=round(job.delay.total_seconds())) for job in found}

    async def inbox(self, whom: Somebody, **given: Any) -> list[Any]:
        return (await whom.call("list_notifications", **given)).items


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture
def post(dispatcher: Dispatcher, database: Database, clock: Clock) -> Post:
    return Post(dispatcher, database, clock)
