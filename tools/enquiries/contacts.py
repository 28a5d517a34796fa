"""Known contacts: with whom a person was shown how to reach each other, over which property."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from storage import reveals
from tools.contract import Call, Model, Page, tool
from tools.offers import Limit


class ListContacts(Model):
    limit: Limit = 20
    cursor: str | None = None
    """`next_cursor` of the page before."""


class KnownContact(Model):
    property_id: int
    title: str
    side: Literal["asked", "received"]
    """`asked`: the person asked for it; `received`: they were asked."""

    name: str | None
    """Of the other."""

    contact: str | None
    """Their phone in E.164, or their e-mail address where they have no phone."""

    at: datetime


@tool(
    "member",
    "read",
    scope="contacts:read",
    http="GET /me/contacts",
    # People gave their contact to somebody, and not to the assistant of that somebody.
    surfaces=frozenset({"rest", "cli"}),
    fresh=True,
)
async def list_contacts(call: Call, ask: ListContacts) -> Page[KnownContact]:
    """With whom the person was shown contacts over a property, theirs and one's own, the latest first."""
    before = call.ports.cursors.read("list_contacts", ask.cursor)["before"] if ask.cursor else None
    found = await reveals.of(call.db, call.member.id, before=before, limit=ask.limit + 1)
    has_more = len(found) > ask.limit
    shown = found[: ask.limit]
    items = [KnownContact.model_validate(each) for each in shown]
    on = call.ports.cursors.write("list_contacts", {"before": shown[-1].id}) if has_more else None
    return Page[KnownContact](items=items, next_cursor=on, has_more=has_more)
