"""Naming: which places there are, how many properties stand in each, and what they are called."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field, StringConstraints

from storage import place_names
from storage.place_names import KINDS, Kind
from storage.search_places import NEWS, directory
from tools.activity import Undo
from tools.contract import Call, Model, Page, tool
from tools.discovery.locating import gazetteer_of
from tools.discovery.words.names import slug_of
from tools.jobs import later
from tools.offers import Limit
from tools.refusals import Conflict, Invalid, NotFound, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from storage.place_names import Counted

PlaceId = Annotated[int, Field(ge=1, le=2**31 - 1)]
PlaceName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=80)]
FOLLOWS: Final = "follow_places"
KEPT: Final = timedelta(days=7)


class NoSuchPlace(NotFound):
    """There is no locality, sector or society of that id. Look with `list_places`."""


class NameTaken(Conflict):
    """That is the name of another place. If both are the same, merge them with `merge_places`."""


class NoName(Invalid):
    """A name has letters or digits."""


class NoSuchName(NotFound):
    """The place has no such other name that was given here."""


class NameStays(Refused):
    """That was a place of its own before it was merged, so properties may still come under this name."""


class OwnNameStays(Refused):
    """The place is called so itself. Give it another name first with `rename_place`."""


class ListPlaces(Model):
    words: Annotated[str, Field(max_length=80)] | None = None
    """Only places of which some name holds this, however it is spelt: "dlf ph", "sec 57"."""

    kinds: Annotated[list[Kind], Field(max_length=3)] = Field(default_factory=list[Kind])
    """Only these; all three without one."""

    limit: Limit = 50

    cursor: str | None = None
    """`next_cursor` of the page before."""


class NamedPlace(Model):
    """A place that properties stand in."""

    id: int
    kind: Kind
    name: str

    detail: str | None
    """What tells namesakes apart, such as a society's locality."""

    lat: float | None
    lng: float | None

    properties: int
    """All of them, those that are not live too."""

    live: int

    staff: int
    """Members of staff who say that they know it."""

    follows: bool
    """Whether properties are still on their way to it, or to be found by its new name."""

    def summary(self) -> str:
        where = f", {self.detail}" if self.detail else ""
        return f"{self.id} {self.name} ({self.kind}{where}): {self.live:,} live of {self.properties:,}"


class OtherName(Model):
    name: str
    given: bool
    """Whether it was given here; the others come with the product."""

    merged_at: datetime | None
    """When it was merged, where it was a place of its own before."""


class PlaceRecord(NamedPlace):
    """A place with all its names."""

    names: list[OtherName]
    """Other names that searches and imports know it by."""

    def summary(self) -> str:
        also = ", ".join(each.name for each in self.names)
        return super().summary() + (f"; also {also}" if also else "")


class GetPlace(Model):
    id: PlaceId


class RenamePlace(Model):
    id: PlaceId

    name: PlaceName
    """What it is to be called, as cards show it."""


class PlaceNameAt(Model):
    id: PlaceId
    name: PlaceName
    """Another name of it, such as an old one, an abbreviation or one in Hindi."""


@tool("staff", "read", scope="platform:read", http="GET /admin/places")
async def list_places(call: Call, ask: ListPlaces) -> Page[NamedPlace]:
    """Localities, sectors and societies by name, with how many properties stand in each."""
    kinds = tuple(dict.fromkeys(ask.kinds)) or KINDS
    like = slug_of(ask.words) if ask.words else None
    purpose = f"list_places {like} {' '.join(kinds)}"
    read = call.ports.cursors.read(purpose, ask.cursor) if ask.cursor else None
    after = (read["name"], read["id"]) if read else ("", 0)
    found = await place_names.listed(call.db, kinds, like, after, ask.limit + 1)
    items = [shown(each) for each in found[: ask.limit]]
    more = len(found) > ask.limit
    cursor = call.ports.cursors.write(purpose, {"name": items[-1].name, "id": items[-1].id}) if more else None
    return Page[NamedPlace](items=items, next_cursor=cursor, has_more=more)


@tool("staff", "read", scope="platform:read", http="GET /admin/places/{id}", fresh=True)
async def get_place(call: Call, ask: GetPlace) -> PlaceRecord:
    """A locality, sector or society with every name that searches and imports know it by."""
    return await record(call, await found(call, ask.id))


@tool(
    "admin",
    "write",
    scope="places:write",
    http="PATCH /admin/places/{id}",
    idempotent=True,
    undo=Undo("rename_place", within=KEPT),
    refuses={"places_kind_slug_key": NameTaken},
)
async def rename_place(call: Call, ask: RenamePlace) -> PlaceRecord:
    """Call a place otherwise, on every card and in every search. Its old name still finds it."""
    place = await held(call, ask.id)
    name = " ".join(ask.name.split())
    await _also(call, place, name)
    if name != place.name:
        await _also(call, place, place.name)
        await place_names.name(call.db, place.id, name)
        await follow(call)
        # It is no person's name, so the record says what it was and is.
        call.changed("place", place.id, before={"called": place.name}, after={"called": name})
        call.undo_with(id=place.id, name=place.name)
    else:
        call.concerns("place", place.id)
    return await record(call, await found(call, place.id))


@tool(
    "admin",
    "write",
    scope="places:write",
    http="POST /admin/places/{id}/names",
    idempotent=True,
    undo=Undo("remove_place_name", within=KEPT),
    refuses={"places_kind_slug_key": NameTaken},
)
async def add_place_name(call: Call, ask: PlaceNameAt) -> PlaceRecord:
    """Let another name find a place, in searches and in imports."""
    place = await held(call, ask.id)
    name = " ".join(ask.name.split())
    if await _also(call, place, name):
        call.changed("place", place.id, after={"also_called": name})
        call.undo_with(id=place.id, name=name)
        call.hints.add(NEWS)
    else:
        call.concerns("place", place.id)
    return await record(call, place)


@tool(
    "admin",
    "destroy",
    scope="places:write",
    http="POST /admin/places/{id}/names/remove",
    idempotent=True,
    undo=Undo("add_place_name", within=KEPT),
)
async def remove_place_name(call: Call, ask: PlaceNameAt) -> PlaceRecord:
    """Let another name that was given here find a place no longer, such as one given by mistake."""
    place = await held(call, ask.id)
    slug = slug_of(ask.name)
    if slug in (place.slug, slug_of(place.name)):
        raise OwnNameStays
    means = await place_names.means(call.db, place.kind, slug)
    if means is None or means[0] != place.id:
        raise NoSuchName
    if means[2] or not await place_names.forget(call.db, place.id, slug):
        raise NameStays
    call.changed("place", place.id, before={"also_called": ask.name})
    call.undo_with(id=place.id, name=ask.name)
    call.hints.add(NEWS)
    return await record(call, place)


async def found(call: Call, place_id: int) -> Counted:
    """A place as it stands. Refuses what is none, and what is only another name of one."""
    place = await place_names.one(call.db, place_id)
    if place is None:
        raise NoSuchPlace
    return place


async def held(call: Call, place_id: int) -> Counted:
    """A place that nobody else names or merges until this has ended."""
    if not await place_names.hold(call.db, place_id):
        raise NoSuchPlace
    return await found(call, place_id)


async def follow(call: Call) -> int:
    """Have properties follow what became of their places, and every process read those anew; the job."""
    call.hints.add(NEWS)
    return await later(call, FOLLOWS, key="now", owner=call.viewer.id)


async def _also(call: Call, place: Counted, name: str) -> bool:
    """Let a name mean this place; whether it did not before. Refuses the name of another."""
    slug = slug_of(name)
    if not slug:
        raise NoName
    means = await place_names.means(call.db, place.kind, slug)
    if means is None:
        await place_names.also(call.db, place, slug, name)
        return True
    if means[0] != place.id:
        raise NameTaken(details={"id": means[0]})
    return False


async def record(call: Call, place: Counted) -> PlaceRecord:
    """A place with the names that were given here, and those that come with the product."""
    given = [each for each in await place_names.names(call.db, place.id) if each.name != place.name]
    known = gazetteer_of(await directory(call.db)).get(place.kind, place.slug)
    told = {each.name for each in given} | {place.name}
    came = [name for name in dict.fromkeys(known.aliases if known else ()) if name not in told]
    return PlaceRecord(
        **shown(place).model_dump(),
        names=[OtherName(name=each.name, given=True, merged_at=each.merged_at) for each in given]
        + [OtherName(name=name, given=False, merged_at=None) for name in came],
    )


def shown(place: Counted) -> NamedPlace:
    """A place as staff see it."""
    fields: Mapping[str, Any] = {name: getattr(place, name) for name in NamedPlace.model_fields}
    return NamedPlace.model_validate(fields)
