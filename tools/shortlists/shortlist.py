"""The shortlist: properties that a person wants to come back to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from storage import shortlists
from tools.activity import Undo
from tools.contract import Call, Model, Page, tool
from tools.money import Rupees
from tools.offers import Id, Limit, Purpose, Status, offered
from tools.refusals import NotFound, Refused

MOST: Final = 500
"""Properties on one shortlist, or a few more where several are added at the same moment."""

_UNDONE_WITHIN: Final = timedelta(days=7)


class ShortlistFull(Refused):
    """Your shortlist is full. Remove something first."""


class NotShortlisted(NotFound):
    """That property is not on your shortlist."""


class ShortlistProperty(Model):
    property_id: Id
    """Which property, such as one that a search found."""


class RemoveFromShortlist(Model):
    property_id: Id
    """Which property; it need not be offered any more."""


class ListShortlist(Model):
    limit: Limit = 20
    cursor: str | None = None
    """`next_cursor` of the page before."""


class Shortlisting(Model):
    property_id: int
    shortlisted: bool
    """Whether it is on the shortlist now."""

    changed: bool
    """Whether that is new."""

    def summary(self) -> str:
        where = "on" if self.shortlisted else "no longer on"
        return f"Property {self.property_id} is {where} the shortlist."


class ShortlistedProperty(Model):
    property_id: int
    title: str
    purpose: Purpose
    price: Rupees
    """The whole price to buy, or a month's rent."""

    status: Status
    """Whether it is still offered: `live`."""

    added_at: datetime


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
    """Put a property on the person's shortlist, to come back to. Nobody else sees it."""
    await offered(call, ask.property_id)
    if await shortlists.count(call.db, call.member.id) >= MOST:
        raise ShortlistFull
    added = await shortlists.add(call.db, call.member.id, ask.property_id)
    _changed(call, added.id, ask.property_id, before=not added.new, after=True)
    return Shortlisting(property_id=ask.property_id, shortlisted=True, changed=added.new)


@tool(
    "member",
    "destroy",
    scope="shortlist:write",
    http="DELETE /me/shortlist/{property_id}",
    undo=Undo("shortlist_property", within=_UNDONE_WITHIN, given=_back),
)
async def remove_from_shortlist(call: Call, ask: RemoveFromShortlist) -> Shortlisting:
    """Take a property off the person's shortlist."""
    removed = await shortlists.remove(call.db, call.member.id, ask.property_id)
    if removed is None:
        raise NotShortlisted
    _changed(call, removed, ask.property_id, before=True, after=False)
    return Shortlisting(property_id=ask.property_id, shortlisted=False, changed=True)


@tool("member", "read", scope="shortlist:read", http="GET /me/shortlist")
async def list_shortlist(call: Call, ask: ListShortlist) -> Page[ShortlistedProperty]:
    """The person's shortlist, what was added last first, with today's prices."""
    before = call.ports.cursors.read("list_shortlist", ask.cursor)["before"] if ask.cursor else None
    found = await shortlists.of(call.db, call.member.id, before=before, limit=ask.limit + 1)
    has_more = len(found) > ask.limit
    shown = found[: ask.limit]
    items = [ShortlistedProperty.model_validate(_without_id(each)) for each in shown]
    on = call.ports.cursors.write("list_shortlist", {"before": shown[-1].id}) if has_more else None
    return Page[ShortlistedProperty](items=items, next_cursor=on, has_more=has_more)


def _without_id(row: shortlists.Shortlisted) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ShortlistedProperty.model_fields}


def _changed(call: Call, entry: int, property_id: int, *, before: bool, after: bool) -> None:
    about = {"property_id": property_id}
    call.changed(
        "shortlist", entry, before=about | {"shortlisted": before}, after=about | {"shortlisted": after}
    )
    call.concerns("property", property_id)
