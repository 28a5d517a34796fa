"""Somebody whom every provider reaches, and those providers as they are in development."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import text

from servers.adapters.outbox import Outbox, Sent
from storage import people
from storage.engine import Database
from tests.account.conftest import Clock, Join, Somebody, join
from tests.notifications.conftest import Post, clock
from tests.notifications.examples import EXAMPLES
from tools.catalog import Catalog
from tools.dispatch import Dispatcher
from tools.ports import Ports

__all__ = ["clock", "join"]

URL = "https://ghar.example"
EMAIL, PHONE, TOKEN = "meera@example.com", "+919833333333", "the-token-of-meera"


@pytest.fixture
def outbox() -> Outbox:
    return Outbox()


@pytest.fixture
def sending(ports: Ports, outbox: Outbox, clock: Clock) -> Ports:
    """The ports of a system that can send, into the outbox."""
    ways: dict[str, Any] = {"mailer": outbox.mailer, "sms": outbox.sms, "push": outbox.push}
    return replace(ports, clock=clock, url=URL, **ways)


@pytest.fixture
def dispatcher(catalog: Catalog, database: Database, sending: Ports) -> Dispatcher:
    return Dispatcher(catalog, database, sending)


@dataclass(frozen=True)
class Office:
    """Where notifications leave from."""

    post: Post
    meera: Somebody
    outbox: Outbox

    async def told(self, type_: str = "account_leaving", **about: Any) -> None:
        """Tell Meera something; what leaves waits to be delivered."""
        await self.post.tell(self.meera, type_, **{**EXAMPLES[type_], **about})
        await self.post.send()

    async def deliver(self, dispatcher: Dispatcher | None = None) -> dict[str, Any]:
        """Deliver everything that waits; how it went, by channel."""
        post = self.post if dispatcher is None else replace(self.post, dispatcher=dispatcher)
        went: dict[str, Any] = {}
        while waiting := await post.waiting("deliver_notification"):
            for job in waiting:
                went[job.channel] = await post.run(job)
                await post.forget(job)
        return went

    async def sent(self, **given: str) -> dict[str, Sent]:
        """The same, and what left, by channel."""
        self.outbox.messages.clear()
        await self.deliver()
        return {each.way: each for each in self.outbox.messages}

    async def states(self) -> list[tuple[str, str, str | None]]:
        """What is kept of all deliveries."""
        async with self.post.database.writing() as db:
            found = await db.execute(text("select channel, state, why from deliveries order by channel, at"))
            return [(row[0], row[1], row[2]) for row in found]


@pytest.fixture
async def office(
    dispatcher: Dispatcher, database: Database, clock: Clock, join: Join, outbox: Outbox
) -> Office:
    them = await join(EMAIL)
    async with database.writing() as db:
        await people.change(db, them.id, phone=PHONE)
    await them.call("register_device", token=TOKEN, platform="android")
    return Office(Post(dispatcher, database, clock), them, outbox)
