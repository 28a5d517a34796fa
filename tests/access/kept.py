"""Arguments of the tools of shortlists and watches: what people keep, share and want to hear of."""

import itertools
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import text

from storage import shortlist_links, shortlists, watches
from storage.shortlist_links import Link
from tests.access.world import World

Arguments = dict[str, Any]
Make = Callable[[World, int], Awaitable[Arguments]]
_numbers = itertools.count(1)


async def _home(world: World) -> int:
    async with world.runtime.database.reading() as db:
        which = await db.scalar(text("select min(id) from properties where status = 'live'"))
    assert which is not None
    return which


async def _offered(world: World, _person: int) -> Arguments:
    return {"property_id": await _home(world)}


async def _shortlisted(world: World, person: int) -> Arguments:
    which = await _home(world)
    async with world.runtime.database.writing() as db:
        await shortlists.add(db, person, which)
    return {"property_id": which}


async def _list(world: World, person: int) -> Arguments:
    async with world.runtime.database.writing() as db:
        return {"id": await shortlists.name(db, person, f"List {next(_numbers)}")}


async def _renamed(world: World, person: int) -> Arguments:
    return {**await _list(world, person), "name": f"Renamed {next(_numbers)}"}


async def _linked(world: World, person: int, token: str) -> int:
    now = datetime.now(UTC)
    link = Link(0, None, "comment", None, False, now, now + timedelta(days=1))
    async with world.runtime.database.writing() as db:
        return await shortlist_links.add(db, person, link, sha256(token.encode()).digest())


async def _link(world: World, person: int) -> Arguments:
    return {"id": await _linked(world, person, f"a token {next(_numbers)}")}


async def _opened(world: World, _person: int) -> Arguments:
    """A link to the shortlist of somebody else."""
    token = world.runtime.ports.cursors.write("shared shortlist", {"r": next(_numbers)})
    await _linked(world, await world.person(), token)
    return {"token": token}


async def _said_by_link(world: World, person: int) -> Arguments:
    return {**await _opened(world, person), "name": "Mummy", "text": "Too dark."}


async def _said(_world: World, _person: int) -> Arguments:
    return {"text": "Too dark."}


async def _comment(world: World, person: int) -> Arguments:
    async with world.runtime.database.writing() as db:
        said = (None, "Mummy"), "Too dark.", datetime.now(UTC)
        return {"id": await shortlist_links.say(db, (person, None), None, *said)}


async def _watch(world: World, person: int) -> Arguments:
    which, now = await _home(world), datetime.now(UTC)
    async with world.runtime.database.writing() as db:
        about: Any = {"property_id": which, "often": "daily", "median": None, "now": now}
        return {"id": await watches.add(db, person, "property", "A flat", {}, **about)}


KEPT_OWNED: Mapping[str, Make] = {
    "arrange_shortlist": _shortlisted,
    "delete_shortlist": _list,
    "remove_from_shortlist": _shortlisted,
    "remove_shortlist_comment": _comment,
    "rename_shortlist": _renamed,
    "stop_sharing": _link,
    "update_watch": _watch,
}
KEPT: Mapping[str, Make] = {
    **KEPT_OWNED,
    "comment_by_link": _said_by_link,
    "comment_on_shortlist": _said,
    "create_watch": _offered,
    "open_shared_shortlist": _opened,
    "shortlist_property": _offered,
}
KEPT_SHARED: Mapping[str, str] = {
    "comment_on_shortlist": "one speaks on one's own lists only, of a property that is on one of them",
    "create_watch": "anybody watches any property",
    "shortlist_property": "anybody shortlists any property",
    "watch_changes": "of a watch that is somebody else's there is no news, as of none",
}
