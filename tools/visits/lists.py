"""One's own visits, in a list and as a file for calendars."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, Literal

from storage import visit_lists, visits
from storage.visits import Seen, Side
from tools.blocks import Block, Document, Text
from tools.contract import Call, Model, Page, tool
from tools.offers import Limit
from tools.visits import ics
from tools.visits.rules import NoSuchVisit, OneVisit, Status, Visit, shown, side

CALENDAR: Final = "text/calendar"


class ListMyVisits(Model):
    side: Side = "visitor"
    """`host`: those that the person shows to others, as owner or staff."""

    when: Literal["ahead", "past"] | None = None
    """`ahead`: the soonest first. `past`: over or cancelled, the latest first. All by default."""

    status: Status | None = None
    """Only those; all by default."""

    limit: Limit = 20
    cursor: str | None = None
    """`next_cursor` of the page before."""


class CalendarFile(Model):
    """A file for calendars (RFC 5545) with one visit."""

    uri: str
    content: str

    def summary(self) -> str:
        return self.content

    def blocks(self) -> list[Block]:
        return [Text("A calendar file."), Document(self.uri, CALENDAR, self.content)]


@tool("member", "read", scope="visits:read", http="GET /me/visits", widget="visit-list")
async def list_my_visits(call: Call, ask: ListMyVisits) -> Page[Visit]:
    """The person's visits, ahead and past: those they make, or those they show to others."""
    purpose = f"list_my_visits:{ask.side}:{ask.when}:{ask.status}"
    found = await visit_lists.of(
        call.db,
        call.member.id,
        ask.side,
        now=call.now(),
        when=ask.when,
        status=ask.status,
        after=position(call, purpose, ask.cursor),
        limit=ask.limit + 1,
    )
    return page(call, found, ask.limit, purpose, ask.side)


@tool(
    "member",
    "read",
    scope="visits:read",
    http="GET /me/visits/{id}/calendar",
    resource_mime=CALENDAR,
    surfaces=frozenset({"rest", "cli"}),
)
async def visit_calendar(call: Call, ask: OneVisit) -> CalendarFile:
    """A calendar file (.ics) with one visit of the person's, which replaces what it said before."""
    visit = await visits.get(call.db, ask.id, call.member.id)
    if visit is None:
        raise NoSuchVisit
    seen = shown(visit, side(visit, call.member.id), call.now())
    content = ics.file(seen, visit.revision, visit.changed_at, call.ports.url)
    return CalendarFile(uri=f"visit://{visit.id}/calendar.ics", content=content)


def position(call: Call, purpose: str, cursor: str | None) -> visit_lists.Position | None:
    """Where the page before has ended."""
    if cursor is None:
        return None
    kept: dict[str, Any] = call.ports.cursors.read(purpose, cursor)
    return datetime.fromisoformat(kept["starts"]), kept["id"]


def page(call: Call, found: visit_lists.Many, limit: int, purpose: str, which: Side) -> Page[Visit]:
    """A page of what was found, with one more than its limit where there are more."""
    has_more = len(found) > limit
    items = [shown(each, which, call.now()) for each in found[:limit]]
    last: Seen | None = found[limit - 1] if has_more else None
    on = last and call.ports.cursors.write(purpose, {"starts": last.starts.isoformat(), "id": last.id})
    return Page[Visit](items=items, next_cursor=on, has_more=has_more)
