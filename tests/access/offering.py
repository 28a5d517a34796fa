"""Arguments for the tools of staff: a portfolio that is handed on, and a draft that waits for its owner."""

import itertools
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text

from storage import people, tickets
from tests.access.world import World

Arguments = dict[str, Any]
Make = Callable[[World, int], Awaitable[Arguments]]

_numbers = itertools.count(1)
_DRAFT = """
insert into properties (source, source_id, purpose, kind, title, description, price, status, owner_id)
values ('owner', gen_random_uuid(), 'rent', 'apartment', 'A draft', '', 9000, 'draft', :owner) returning id"""


async def _handed_on(world: World, _person: int) -> Arguments:
    """Somebody who looks after something, and somebody else who could."""
    giver, taker = await world.person("staff"), await world.person("staff")
    given = "insert into portfolios (staff_id, property_id) select :staff, min(id) from properties"
    async with world.runtime.database.writing() as db:
        await db.execute(text(given), {"staff": giver})
    return {"from_id": giver, "to_id": taker}


async def draft(world: World, owner: int) -> int:
    """Something that somebody owns, and nobody else finds."""
    async with world.runtime.database.writing() as db:
        made = await db.scalar(text(_DRAFT), {"owner": owner})
        assert made is not None
        return made


async def _for_owner(world: World, person: int) -> Arguments:
    """A draft of the person's own, and the contact of somebody who could own it."""
    contact = f"owner{next(_numbers)}@example.com"
    async with world.runtime.database.writing() as db:
        await people.ensure(db, contact)
    return {"property_id": await draft(world, person), "contact": contact}


async def _staff(world: World, _person: int) -> Arguments:
    return {"id": await world.person("staff")}


async def _offered(world: World, person: int) -> Arguments:
    """A draft that a member of staff wrote down for the person, who was asked."""
    which = await draft(world, await world.person("staff"))
    asked: dict[str, Any] = {"kind": "page", "tool": "accept_listing", "preview": {}, "state_hash": b"x"}
    asked |= {"arguments": {"property_id": which}, "nonce_hash": None, "session_id": None, "surface": "rest"}
    until = datetime.now(UTC) + timedelta(days=1)
    async with world.runtime.database.writing() as db:
        await tickets.issue(db, person_id=person, expires_at=until, **asked)
    return {"property_id": which}


OFFERED: Mapping[str, Make] = {"accept_listing": _offered, "list_for_owner": _for_owner}
HANDED_ON: Mapping[str, Make] = {"get_staff_profile": _staff, "reassign_portfolio": _handed_on}
