"""A little bookshop: tools that need a person's yes, over a table of the tests' own, and people who ask."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import text

from storage import people, signins
from storage.engine import Database, DatabaseOptions, driver
from tools.catalog import Catalog
from tools.consent import Foreseen, Preview
from tools.contract import Audience, Call, Model, Viewer, tool
from tools.dispatch import Caller, Dispatcher
from tools.host import Host
from tools.money import Rupees
from tools.ports import Ports
from tools.refusals import NotFound, Refused
from tools.trust import waiting

SCOPES = frozenset({"mcp:read", "mcp:write", "books:write"})

_TABLES = """
create table books (id bigint primary key, title text not null, price numeric(14,2) not null);
create table sales (
    id bigint generated always as identity, person_id bigint, book_id bigint, paid numeric(14,2)
);
insert into books values (1, 'Godan', 250), (2, 'Maila Anchal', 400)"""


_SIGN_IN = """
insert into sessions (person_id, kind, label, expires_at)
values (:person, 'development', :label, now() + interval '2 hours')
returning id"""


class NoSuchBook(NotFound):
    """There is no such book."""


class ABook(Model):
    id: int
    note: str | None = None


class Sold(Model):
    id: int
    paid: Rupees
    phone: str = "+919800000000"
    """The seller's, shown to whoever buys."""


async def _price(call: Call, book: int, *, hold: bool = False) -> tuple[str, Decimal]:
    look = f"select title, price from books where id = :id {'for update' if hold else ''}"
    found = (await call.db.execute(text(look), {"id": book})).one_or_none()
    if found is None:
        raise NoSuchBook
    return str(found.title), Decimal(found.price)


async def _foretell(call: Call, ask: ABook) -> Foreseen:
    title, price = await _price(call, ask.id)
    return Foreseen(
        what=(f"You buy {title}.", f"आप {title} ख़रीदते हैं।"),
        whom=("The bookseller", "पुस्तक विक्रेता"),
        costs=price,
        until=call.now() + timedelta(days=7),
        state={"price": price},
    )


async def _sell(call: Call, ask: ABook) -> Sold:
    _, price = await _price(call, ask.id, hold=True)
    sale = "insert into sales (person_id, book_id, paid) values (:person, :book, :paid)"
    await call.db.execute(text(sale), {"person": call.member.id, "book": ask.id, "paid": price})
    call.changed("book", ask.id)
    return Sold(id=ask.id, paid=price)


@tool("member", "write", scope="books:write", consent="page", foretell=_foretell)
async def buy_book(call: Call, ask: ABook) -> Sold:
    """Buy a book, once the person says so."""
    return await _sell(call, ask)


@tool("member", "write", scope="books:write", consent="host", foretell=_foretell)
async def reserve_book(call: Call, ask: ABook) -> Sold:
    """Have a book put aside, once the host's user says so."""
    return await _sell(call, ask)


@tool("staff", "write", scope="books:write", consent="host", foretell=_foretell)
async def remove_book(call: Call, ask: ABook) -> Sold:
    """Take a book out of the shop, once the host's user says so."""
    return await _sell(call, ask)


@tool("member", "write", scope="books:write")
async def note_book(call: Call, ask: ABook) -> Sold:
    """Have a book noted down, which nobody needs to confirm outside of a chat."""
    return await _sell(call, ask)


TOOLS = (buy_book, reserve_book, remove_book, note_book)


@dataclass(frozen=True)
class Clock:
    """A clock that is ahead of this machine's."""

    ahead: timedelta

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass(frozen=True)
class Shop:
    """The shop, at some time, and whoever comes to it."""

    database: Database
    ports: Ports
    dispatcher: Dispatcher

    def later(self, **ahead: float) -> Shop:
        """The same shop after some time."""
        ports = replace(self.ports, clock=Clock(timedelta(**ahead)))
        return Shop(self.database, ports, Dispatcher(self.dispatcher.catalog, self.database, ports))

    async def person(self, contact: str = "asha@ghar.test", role: Audience = "member") -> int:
        """Somebody who has an account."""
        async with self.database.writing() as db:
            there = await people.ensure(db, contact)
            await people.change(db, there.id, role=role)
            return there.id

    async def app(self, person: int, label: str = "An assistant", **told: Any) -> Caller:
        """An app that the person has connected: a sign-in of its own, and not the person's."""
        about = {"person": person, "label": label}
        async with self.database.writing() as db:
            session = await db.scalar(text(_SIGN_IN), about)
        return Caller("mcp", Viewer(person, told.pop("role", "member"), SCOPES, session), **told)

    async def sign_out(self, app: Caller) -> None:
        """End the sign-in of an app."""
        assert app.viewer.session is not None
        async with self.database.writing() as db:
            assert await signins.end(db, app.viewer.session)

    async def run(self, name: str, caller: Caller, **given: Any) -> Any:
        """What a tool answers, as JSON would have it."""
        answer = await self.dispatcher.run(self.dispatcher.catalog[name], given, caller)
        return answer.model_dump(mode="json")

    async def refusal(self, name: str, caller: Caller, **given: Any) -> str:
        """The code with which a tool refuses; `done` if it does not."""
        try:
            await self.run(name, caller, **given)
        except Refused as refused:
            return refused.code
        return "done"

    async def preview(self, name: str, caller: Caller, **given: Any) -> Preview:
        """What a tool that needs consent answers first."""
        shown = await self.dispatcher.run(self.dispatcher.catalog[name], given, caller)
        assert isinstance(shown, Preview)
        return shown

    async def sales(self) -> list[Mapping[str, Any]]:
        """What was sold: the effects."""
        async with self.database.reading(primary=True) as db:
            found = await db.execute(text("select person_id, book_id, paid from sales order by id"))
            return [dict(each) for each in found.mappings()]

    async def rows(self, query: str, **about: Any) -> list[Any]:
        """What a query finds."""
        async with self.database.reading(primary=True) as db:
            return [dict(each) for each in (await db.execute(text(query), about)).mappings()]

    async def change(self, statement: str, **about: Any) -> None:
        """Something happens meanwhile."""
        async with self.database.writing() as db:
            await db.execute(text(statement), about)


def own(person: int, role: Audience = "member") -> Caller:
    """The person's own decision, as the page of what waits makes it."""
    return Caller("rest", Viewer(person, role, SCOPES, own=True), decides=True)


@dataclass(frozen=True)
class Asked:
    """A host that has put the question to its user, or says that it has."""

    state: str | None
    answers: Mapping[str, Any]
    capabilities: frozenset[Any] = frozenset({"elicitation"})

    async def progress(self, done: float, total: float | None = None, said: str | None = None) -> None:
        return None

    async def log(self, said: str) -> None:
        return None


def saying_yes(app: Caller, ticket: str) -> Caller:
    """An app whose host brings the answer of its user, for a ticket that it names itself."""
    host: Host = Asked(ticket, {"confirm": {"confirm": True}})
    return replace(app, host=host)


@asynccontextmanager
async def opened(database_url: str, ports: Ports, replica_url: str | None = None) -> AsyncGenerator[Shop]:
    """The shop, with two books."""
    options = DatabaseOptions(url=database_url, replica_url=replica_url, background_pool_size=2)
    database = Database(options)
    async with database.writing() as db:
        await (await driver(db)).execute(_TABLES)
    catalog = Catalog([*TOOLS, *Catalog.of([waiting])])
    yield Shop(database, ports, Dispatcher(catalog, database, ports))
    await database.close()
