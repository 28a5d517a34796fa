"""The shortlist: properties that a person wants to come back to, each on one of their lists."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any, Final

from pydantic import Field

from storage import photos, shortlists
from tools.activity import Undo
from tools.contract import Call, Model, Page, tool
from tools.features import Kind
from tools.money import Rupees
from tools.offers import Id, Limit, Purpose, Status, offered
from tools.refusals import NotFound, Refused
from tools.shortlists.lists import EVERYBODYS, found, made
from tools.shortlists.words import Called, Note
from tools.units import rent, rupees

MOST: Final = 500
"""Properties that one person keeps, or a few more where several are added at the same moment."""

PHOTO: Final = 640
"""How wide a picture is shown, at most."""

_UNDONE_WITHIN: Final = timedelta(days=7)


class ShortlistFull(Refused):
    """Your shortlist is full. Remove something first."""


class NotShortlisted(NotFound):
    """That property is not on your shortlist."""


class ShortlistProperty(Model):
    property_id: Id
    """Which property, such as one that a search found."""

    list: Called | None = None
    """One of the person's lists by name, such as "For Mummy", made where there is none."""

    note: Note | None = None
    """What the person wants to remember of it."""


class RemoveFromShortlist(Model):
    property_id: Id
    """Which property; it need not be offered any more."""


class ArrangeShortlist(Model):
    property_id: Id
    """Which property on the shortlist."""

    list: Called | None = None
    """The list to move it to, made where there is none; "Shortlist" is the one that everybody has."""

    note: Note | None = None
    """A new note; empty to remove it."""

    place: Annotated[int, Field(ge=1, le=MOST)] | None = None
    """Its place in the list from the top, counted from 1."""


class ListShortlist(Model):
    list: Called | None = None
    """Only this list, by name; "Shortlist" is the one that everybody has. All of them without it."""

    limit: Limit = 20
    cursor: str | None = None
    """`next_cursor` of the page before."""


class Shortlisting(Model):
    property_id: int
    shortlisted: bool
    """Whether it is on the shortlist now."""

    changed: bool
    """Whether that is new."""

    list: str
    """The list that it is on, or was."""

    def summary(self) -> str:
        where = "on" if self.shortlisted else "no longer on"
        which = "the shortlist" if self.list == EVERYBODYS else f"“{self.list}”"
        return f"Property {self.property_id} is {where} {which}."


class Arranged(Model):
    property_id: int
    list: str
    note: str | None
    place: int
    """From the top of its list."""


class ShortlistedProperty(Model):
    property_id: int
    title: str
    purpose: Purpose
    kind: Kind
    price: Rupees
    """The whole price to buy, or a month's rent."""

    status: Status
    """Whether it is still offered: `live`."""

    bedrooms: int | None
    area_sqft: float | None
    place: str | None
    """Its society, sector or locality."""

    photo: str | None
    list: str
    """The name of the list that it is on."""

    note: str | None
    """What the person wants to remember of it."""

    added_at: datetime

    def summary(self) -> str:
        price = (rupees if self.purpose == "buy" else rent)(self.price)
        where = "" if self.list == EVERYBODYS else f", on “{self.list}”"
        state = "" if self.status == "live" else f", {self.status}"
        note = f": {self.note}" if self.note else ""
        return f"{self.title}, {price}{state} (id {self.property_id}{where}){note}"


def _back(ask: Any, answer: Shortlisting) -> dict[str, int] | None:
    return {"property_id": ask.property_id} if answer.changed else None


@tool(
    "member",
    "write",
    scope="shortlist:write",
    http="PUT /me/shortlist/{property_id}",
    idempotent=True,
    undo=Undo("remove_from_shortlist", within=_UNDONE_WITHIN, given=_back),
)
async def shortlist_property(call: Call, ask: ShortlistProperty) -> Shortlisting:
    """Put a property on the person's shortlist, or on a list that they name, to come back to."""
    await offered(call, ask.property_id)
    if await shortlists.count(call.db, call.member.id) >= MOST:
        raise ShortlistFull
    name, list_id = await made(call, ask.list)
    added = await shortlists.add(call.db, call.member.id, ask.property_id, list_id, ask.note or None)
    if not added.new:
        name = (await _entry(call, ask.property_id)).list or EVERYBODYS
    _changed(call, added.id, ask.property_id, before=not added.new, after=True)
    return Shortlisting(property_id=ask.property_id, shortlisted=True, changed=added.new, list=name)


@tool(
    "member",
    "destroy",
    scope="shortlist:write",
    http="DELETE /me/shortlist/{property_id}",
    undo=Undo("shortlist_property", within=_UNDONE_WITHIN),
)
async def remove_from_shortlist(call: Call, ask: RemoveFromShortlist) -> Shortlisting:
    """Take a property off the person's shortlist, whichever list it is on."""
    was = await _entry(call, ask.property_id)
    removed = await shortlists.remove(call.db, call.member.id, ask.property_id)
    if removed is None:
        raise NotShortlisted
    _changed(call, removed, ask.property_id, before=True, after=False)
    call.undo_with(property_id=ask.property_id, list=was.list, note=was.note)
    return Shortlisting(
        property_id=ask.property_id, shortlisted=False, changed=True, list=was.list or EVERYBODYS
    )


@tool(
    "member",
    "write",
    scope="shortlist:write",
    http="PATCH /me/shortlist/{property_id}",
    idempotent=True,
    surfaces=frozenset({"rest", "agent", "cli"}),
    undo=Undo("arrange_shortlist", within=_UNDONE_WITHIN),
)
async def arrange_shortlist(call: Call, ask: ArrangeShortlist) -> Arranged:
    """Move a kept property to another list or place, or change the person's note on it."""
    was = await _entry(call, ask.property_id, hold=True)
    list_name, list_id = (was.list or EVERYBODYS, was.list_id)
    there = await shortlists.held(call.db, call.member.id, list_id)
    stood = 1 + [entry for entry, *_ in there].index(was.id)
    if ask.list is not None:
        list_name, list_id = await made(call, ask.list)
        there = await shortlists.held(call.db, call.member.id, list_id)
    note = was.note if ask.note is None else ask.note or None
    await shortlists.change(call.db, was.id, list_id, note)
    moved = [*there] if list_id == was.list_id else await shortlists.held(call.db, call.member.id, list_id)
    place = await _place(call, was.id, moved, ask.place)
    call.changed(
        "shortlist",
        was.id,
        before={"list_id": was.list_id, "note": was.note, "place": stood},
        after={"list_id": list_id, "note": note, "place": place},
    )
    call.concerns("property", ask.property_id)
    call.undo_with(property_id=ask.property_id, list=was.list or EVERYBODYS, note=was.note or "", place=stood)
    return Arranged(property_id=ask.property_id, list=list_name, note=note, place=place)


async def _place(call: Call, entry_id: int, there: list[tuple[int, int, int]], place: int | None) -> int:
    """Give a row its place among those on its list, by exchanging their ranks."""
    order = [entry for entry, *_ in there]
    ranks = [at for *_, at in there]
    stands = order.index(entry_id)
    if place is None or place - 1 == stands:
        return stands + 1
    order.insert(min(place - 1, len(order) - 1), order.pop(stands))
    await shortlists.rank(call.db, order, ranks)
    return order.index(entry_id) + 1


@tool("member", "read", scope="shortlist:read", http="GET /me/shortlist")
async def list_shortlist(call: Call, ask: ListShortlist) -> Page[ShortlistedProperty]:
    """The person's shortlist in their order, the last added first, with notes and today's prices."""
    list_id = None if ask.list is None else await found(call, ask.list)
    every = ask.list is None
    purpose = f"list_shortlist:{'' if every else list_id or 0}"
    before = call.ports.cursors.read(purpose, ask.cursor)["before"] if ask.cursor else None
    rows = await shortlists.of(
        call.db, call.member.id, before=before, limit=ask.limit + 1, every=every, list_id=list_id
    )
    has_more = len(rows) > ask.limit
    items = [shown(each) for each in rows[: ask.limit]]
    on = call.ports.cursors.write(purpose, {"before": rows[ask.limit - 1].at}) if has_more else None
    return Page[ShortlistedProperty](items=items, next_cursor=on, has_more=has_more)


def shown(row: shortlists.Shortlisted) -> ShortlistedProperty:
    """A kept property as it is shown."""
    photo = row.photo and photos.at_most(row.photo, PHOTO)
    values = {**row._asdict(), "list": row.list or EVERYBODYS, "photo": photo}
    del values["at"]
    return ShortlistedProperty.model_validate(values)


async def _entry(call: Call, property_id: int, *, hold: bool = False) -> shortlists.Entry:
    entry = await shortlists.entry(call.db, call.member.id, property_id, hold=hold)
    if entry is None:
        raise NotShortlisted
    return entry


def _changed(call: Call, entry: int, property_id: int, *, before: bool, after: bool) -> None:
    about = {"property_id": property_id}
    call.changed(
        "shortlist", entry, before=about | {"shortlisted": before}, after=about | {"shortlisted": after}
    )
    call.concerns("property", property_id)
