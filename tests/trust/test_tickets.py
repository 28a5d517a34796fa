"""Tickets: nothing consequential happens before a person says yes, and then exactly once."""

import asyncio

import pytest

from storage import people
from storage.engine import Database
from tools.catalog import Catalog
from tools.consent import Preview, TicketUsed
from tools.contract import Viewer
from tools.dispatch import Caller, Dispatcher
from tools.ports import Ports
from tools.refusals import Refused

SCOPES = frozenset({"mcp:read", "mcp:write", "account:read", "account:write"})


@pytest.fixture
async def member(database: Database) -> Viewer:
    async with database.writing() as db:
        person = await people.ensure(db, "+919812345678")
    return Viewer(person.id, "member", SCOPES)


async def test_a_page_ticket_commits_once_in_a_hundred_attempts(
    database: Database, catalog: Catalog, ports: Ports, member: Viewer
) -> None:
    dispatcher = Dispatcher(catalog, database, ports)
    shown = await dispatcher.run(catalog["delete_my_account"], {}, Caller("rest", member))
    assert isinstance(shown, Preview)
    by = Caller("rest", Viewer(member.id, "member", SCOPES, own=True), decides=True)

    async def confirm() -> str:
        try:
            await dispatcher.run(catalog["confirm_action"], {"ticket": shown.ticket}, by)
        except Refused as refused:
            return refused.code
        return "done"

    said = await asyncio.gather(*(confirm() for _ in range(100)))
    assert said.count("done") == 1
    assert set(said) <= {"done", "conflict", "ticket_used", "unavailable"}
    with pytest.raises(TicketUsed):
        await dispatcher.run(catalog["confirm_action"], {"ticket": shown.ticket}, by)
