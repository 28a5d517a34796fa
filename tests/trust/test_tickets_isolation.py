"""Approved plain writes: their rules hold against whatever happens at the same moment."""

import asyncio
from dataclasses import replace

from sqlalchemy import text

from storage import portfolios
from storage.engine import Database
from tests.account.conftest import Join, Somebody
from tools.dispatch import Caller

HOME = """
insert into properties (source, source_id, purpose, kind, title, description, price)
values ('test', '1', 'rent', 'apartment', 'A home', '', 20000) returning id"""
WAITS = """
select exists (
    select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database())"""


async def waiting(database: Database) -> bool:
    """Whether somebody waits for what another transaction holds."""
    async with database.reading(primary=True) as db:
        return bool(await db.scalar(text(WAITS)))


async def test_whoever_stops_being_staff_keeps_nothing_that_was_given_to_them_meanwhile(
    database: Database, admin: Somebody, join: Join
) -> None:
    staff = await join("+919822222222", "staff")
    catalog, viewer = admin.dispatcher.catalog, replace(admin.viewer, own=True)
    asked = {"id": staff.id, "role": "member"}
    shown = await admin.dispatcher.propose(catalog["grant_role"], asked, Caller("agent", viewer))
    approving = Caller("agent", viewer, decides=True)
    async with database.writing() as db:
        home = await db.scalar(text(HOME))
        assert await portfolios.hold(db, staff.id)
        assert await portfolios.assign(db, staff.id, home)
        confirming = asyncio.create_task(
            admin.dispatcher.run(
                catalog["confirm_action"], {"ticket": shown.model_dump()["ticket"]}, approving
            )
        )
        while not await waiting(database):
            assert not confirming.done()
    await confirming
    async with database.reading(primary=True) as db:
        assert await db.scalar(text("select count(*) from portfolios")) == 0
