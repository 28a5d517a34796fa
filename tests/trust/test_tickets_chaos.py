"""Everything at once: whatever people, apps and prices do, each sale was confirmed, and as it was shown."""

import asyncio
import random
from collections.abc import AsyncGenerator, Awaitable
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.trust.shop import Shop, opened, own
from tools.consent import Preview
from tools.dispatch import Caller
from tools.ports import Ports

ROUNDS, AT_ONCE = 12, 16
BOOKS = (1, 2)

_SALES = """
select count(*) as sales, count(*) filter (where outcome = 'done') as confirmed,
    count(distinct tickets.id) as tickets, count(distinct activities.id) as recorded,
    bool_and(tickets.person_id = activities.person_id) as by_their_person,
    bool_and((tickets.preview ->> 'costs')::numeric = (tickets.answer ->> 'paid')::numeric) as as_shown
from activities join tickets on tickets.id = activities.ticket_id
where activities.tool in ('buy_book', 'reserve_book')"""

_PRICE = "update books set price = :price where id = :book and price != :price"


@pytest.fixture
async def shop(database_url: str, ports: Ports) -> AsyncGenerator[Shop]:
    async with opened(database_url, ports) as found:
        yield found


@dataclass
class Town:
    """Two people with two apps each, what they were shown, and a source of chance."""

    shop: Shop
    chance: random.Random
    apps: list[Caller]
    shown: list[tuple[Caller, Preview]] = field(default_factory=list[tuple[Caller, Preview]])
    done: int = 0

    def something(self) -> Awaitable[Any]:
        """One of all the things that can happen."""
        doings = (self.asking, self.confirming, self.declining, self.pricing)
        return self.chance.choices(doings, (6, 10, 1, 1))[0]()

    async def asking(self) -> None:
        app, name = self.chance.choice(self.apps), self.chance.choice(("buy_book", "reserve_book"))
        given = {"id": self.chance.choice(BOOKS), "note": self.chance.choice("abcdefgh")}
        self.shown.append((app, await self.shop.preview(name, app, **given)))

    async def confirming(self) -> None:
        if not self.shown:
            return
        asked, ticket = self.chance.choice(self.shown[-AT_ONCE:])
        anybody = self.chance.choice(self.apps)
        person = own(asked.viewer.id or 0)
        by = self.chance.choice([asked, person, person, anybody, own(anybody.viewer.id or 0)])
        nonce = self.chance.choice([ticket.nonce, self.chance.choice(self.shown)[1].nonce])
        said = await self.shop.refusal("confirm_action", by, ticket=ticket.ticket, nonce=nonce)
        if said == "done":
            self.done += 1
            assert by.viewer.id == asked.viewer.id
            assert by.decides or (by == asked and nonce == ticket.nonce and ticket.tool == "reserve_book")

    async def declining(self) -> None:
        if self.shown:
            asked, ticket = self.chance.choice(self.shown)
            await self.shop.refusal("decline_action", own(asked.viewer.id or 0), ticket=ticket.ticket)

    async def pricing(self) -> None:
        book, price = self.chance.choice(BOOKS), self.chance.choice((250, 300))
        await self.shop.change(_PRICE, price=price, book=book)


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_each_sale_was_confirmed_once_and_as_it_was_shown(shop: Shop, seed: int) -> None:
    people = [await shop.person(f"somebody{number}@ghar.test") for number in range(2)]
    apps = [await shop.app(person, f"App {number}") for person in people for number in range(2)]
    town = Town(shop, random.Random(seed), apps)
    for _ in range(ROUNDS):
        await asyncio.gather(*(town.something() for _ in range(AT_ONCE)))
    assert town.done > ROUNDS / 2
    (counted,) = await shop.rows(_SALES)
    assert counted.pop("by_their_person")
    assert counted.pop("as_shown")
    assert set(counted.values()) == {town.done}
    assert len(await shop.sales()) == town.done
