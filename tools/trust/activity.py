"""Activity: what was done, by whom and with what, for the person and for admins."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import AwareDatetime, Field

from storage import activities
from storage.activities import Found, Wanted
from tools import moments
from tools.activity import How
from tools.contract import Call, Model, Page, Surface, tool
from tools.trust import tabular

MOST_EXPORTED: Final = 10_000
"""Activities in one export."""

Id = Annotated[int, Field(ge=1, le=2**53 - 1)]
Limit = Annotated[int, Field(ge=1, le=100)]
ToolName = Annotated[str, Field(min_length=1, max_length=80)]
Subject = Annotated[str, Field(pattern=r"^[a-z_]{1,40}:[\x21-\x7e]{1,100}$")]
Undoing = Literal["possible", "done", "over"]


class Chosen(Model):
    """Which activities are meant."""

    tool: ToolName | None = None
    """Only what this tool did."""

    subject: Subject | None = None
    """Only what touched this, such as `property:5` or `visit:7`."""

    since: AwareDatetime | None = None
    """Only from then on."""

    until: AwareDatetime | None = None
    """Only before then."""


class MyActivity(Chosen):
    limit: Limit = 20
    cursor: str | None = None
    """`next_cursor` of the page before."""


class ActivityOf(Chosen):
    person_id: Id
    """Whose."""

    limit: Limit = 20
    cursor: str | None = None
    """`next_cursor` of the page before."""


class ExportActivity(Chosen):
    format: Literal["csv", "json"] = "csv"
    """`csv` opens in a spreadsheet."""


class Touched(Model):
    subject: str
    """Such as `property:5`."""

    before: dict[str, Any] | None
    """As it was, as far as it changed; personal values are hidden as •••."""

    after: dict[str, Any] | None
    """As it is since, likewise."""

    how: How
    """`needed` was not changed, but has to stay as it is; `about` was not changed either."""


class Activity(Model):
    id: int
    at: datetime
    tool: str
    what: str
    """The tool in words."""

    person_id: int | None
    """Who did it; null is the platform itself."""

    whose_id: int | None
    """To whom it was done, where that is somebody else."""

    client: str | None
    """The app or browser that it was done with."""

    surface: Surface
    turn: str | None
    """The turn of the conversation in which it was done."""

    ticket: str | None
    """What a person confirmed before."""

    touched: list[Touched]
    undo: Undoing | None
    """Whether undo_action can take it back: `possible`, `done` already, or `over` since it is too late."""

    undo_until: datetime | None
    undone_at: datetime | None
    undoes: int | None
    """The activity that this one took back."""

    def summary(self) -> str:
        about = ", ".join(each.subject.replace(":", " ") for each in self.touched if each.how != "needed")
        by = f", with {self.client}" if self.client else ""
        return f"{moments.said(self.at, 'en')}: {self.what} (id {self.id}: {about}){by}{self._standing()}."

    def _standing(self) -> str:
        if self.undo == "possible" and self.undo_until is not None:
            return f"; it can be taken back until {moments.said(self.undo_until, 'en')}"
        return "; it was taken back" if self.undo == "done" else ""


class ActivityExport(Model):
    made_at: datetime
    count: int
    complete: bool
    """Whether it is all; otherwise it is the latest, and `until` asks for what came before."""

    csv: str | None
    """A line for each, the latest first, below a line of names."""

    activities: list[Activity] | None
    """The same as JSON."""

    def summary(self) -> str:
        return f"{self.count:,} activities, {'all' if self.complete else 'the latest of more'}."


@tool("member", "read", scope="account:read", widget="activity-list", http="GET /me/activity")
async def my_activity(call: Call, ask: MyActivity) -> Page[Activity]:
    """What was done in the person's name, or to them by staff: when, with what, and if it can be undone."""
    return await _page(call, "my_activity", call.member.id, ask)


@tool(
    "admin",
    "read",
    scope="people:read",
    widget="activity-list",
    http="GET /admin/people/{person_id}/activity",
)
async def activity_of(call: Call, ask: ActivityOf) -> Page[Activity]:
    """What somebody did, or had done to them, the latest first, with personal values hidden."""
    return await _page(call, "activity_of", ask.person_id, ask)


@tool(
    "member",
    "read",
    scope="account:read",
    http="GET /me/activity/export",
    surfaces=frozenset({"rest", "cli"}),
    per_minute=10,
)
async def export_activity(call: Call, ask: ExportActivity) -> ActivityExport:
    """The person's activity as a table for a spreadsheet or as JSON, the latest 10,000 at most."""
    wanted = _wanted(call.member.id, ask)
    found = await activities.found(call.db, wanted, MOST_EXPORTED + 1)
    shown = [_shown(call, each) for each in found[:MOST_EXPORTED]]
    table = ask.format == "csv"
    return ActivityExport(
        made_at=call.now(),
        count=len(shown),
        complete=len(found) <= MOST_EXPORTED,
        csv=tabular.written([_line(each) for each in shown], list(_COLUMNS)) if table else None,
        activities=None if table else shown,
    )


async def _page(call: Call, name: str, person: int, ask: MyActivity | ActivityOf) -> Page[Activity]:
    purpose = f"{name}:{person}:{ask.model_dump_json(exclude={'limit', 'cursor'})}"
    before = call.ports.cursors.read(purpose, ask.cursor)["before"] if ask.cursor else None
    found = await activities.found(call.db, _wanted(person, ask, before), ask.limit + 1)
    has_more = len(found) > ask.limit
    items = [_shown(call, each) for each in found[: ask.limit]]
    on = call.ports.cursors.write(purpose, {"before": items[-1].id}) if has_more else None
    return Page[Activity](items=items, next_cursor=on, has_more=has_more)


def _wanted(person: int, ask: Chosen, before: int | None = None) -> Wanted:
    return Wanted(
        person_id=person, tool=ask.tool, subject=ask.subject, since=ask.since, until=ask.until, before=before
    )


def _shown(call: Call, found: Found) -> Activity:
    row = found.row
    kept = {name: getattr(row, name) for name in _AS_KEPT}
    if row.person_id != call.viewer.id and call.viewer.role != "admin":
        # What somebody else did it with is theirs.
        kept |= {"client": None, "turn": None}
    done = call.catalog.tools.get(row.tool)
    return Activity.model_validate(
        {
            **kept,
            "what": row.tool.replace("_", " ").capitalize() if done is None else done.title,
            "ticket": None if row.ticket_id is None else str(row.ticket_id),
            "touched": [_touched(each) for each in row.touched],
            "undo": _undoing(call, found),
            "undone_at": found.undone_at,
        }
    )


_AS_KEPT: Final = (
    "id", "at", "tool", "person_id", "whose_id", "client", "surface", "turn", "undo_until", "undoes",
)  # fmt: skip
_COLUMNS: Final = (
    "id", "at", "what", "tool", "touched", "client", "surface", "turn", "person_id", "whose_id", "undo",
    "undo_until", "undone_at", "undoes",
)  # fmt: skip


def _touched(each: dict[str, Any]) -> Touched:
    return Touched(
        subject=f"{each['kind']}:{each['id']}",
        before=each.get("before"),
        after=each.get("after"),
        how=each.get("how", "changed"),
    )


def _undoing(call: Call, found: Found) -> Undoing | None:
    row = found.row
    if row.undo_until is None:
        return None
    if found.undone_at is not None:
        return "done"
    return "possible" if call.now() <= row.undo_until else "over"


def _line(activity: Activity) -> dict[str, Any]:
    """An activity as a line: times in India's time, as people read them."""
    told: dict[str, Any] = {name: getattr(activity, name) for name in _COLUMNS}
    for name in ("at", "undo_until", "undone_at"):
        told[name] = told[name] and told[name].astimezone(moments.INDIA).isoformat(timespec="seconds")
    told["touched"] = " ".join(each.subject for each in activity.touched if each.how != "needed")
    return told
