"""Small tools that show what dispatch promises; they write places, because that table is there."""

from sqlalchemy import func, select, text

from storage.engine import driver
from storage.places import Place
from tools.contract import Call, Model, tool
from tools.refusals import Conflict, Refused


class Nothing(Model):
    """No input."""


class Named(Model):
    """A place by its slug."""

    slug: str


class Count(Model):
    """How many places there are."""

    places: int


class PlaceTaken(Conflict):
    """There is a place of that name already."""


@tool("member", "write", scope="places:write", refuses={"places_kind_slug_key": PlaceTaken})
async def name_place(call: Call, ask: Named) -> Count:
    """Add a place and tell whoever added it."""
    call.db.add(Place(kind="locality", slug=ask.slug, name=ask.slug.title()))
    await call.db.flush()
    call.tell(call.member.id, "place.named", slug=ask.slug)
    return Count(places=1)


@tool("member", "write", scope="places:write")
async def name_place_in_vain(call: Call, ask: Named) -> Count:
    """Add a place, tell about it, and then refuse."""
    call.db.add(Place(kind="locality", slug=ask.slug, name=ask.slug.title()))
    await call.db.flush()
    call.tell(call.member.id, "place.named", slug=ask.slug)
    raise Refused("Not today.")


@tool("member", "write", scope="places:write")
async def name_place_quickly_in_vain(call: Call, ask: Named) -> Count:
    """Add a place past SQLAlchemy, as the first thing that is done, and then refuse."""
    connection = await driver(call.db)
    await connection.execute("insert into places (kind, slug, name) values ('locality', $1, $1)", ask.slug)
    raise Refused("Not today.")


@tool("guest", "read")
async def count_places(call: Call, ask: Nothing) -> Count:
    """Count all places."""
    return Count(places=await call.db.scalar(select(func.count()).select_from(Place)) or 0)


@tool("guest", "read")
async def count_places_quickly(call: Call, ask: Nothing) -> Count:
    """Count all places past the result layer."""
    connection = await driver(call.db)
    return Count(places=await connection.fetchval("select count(*) from places"))


@tool("guest", "read")
async def write_in_a_read(call: Call, ask: Named) -> Count:
    """Break the promise of a read through the session."""
    call.db.add(Place(kind="locality", slug=ask.slug, name=ask.slug))
    await call.db.flush()
    return Count(places=1)


@tool("guest", "read")
async def write_in_a_quick_read(call: Call, ask: Nothing) -> Count:
    """Break the promise of a read through the driver."""
    connection = await driver(call.db)
    await connection.execute("delete from places")
    return Count(places=0)


@tool("guest", "read")
async def dawdle_over_a_read(call: Call, ask: Nothing) -> Count:
    """Take longer than a read may."""
    await call.db.execute(text("select pg_sleep(20)"))
    return Count(places=0)
