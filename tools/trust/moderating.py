"""Moderating: staff look at what was reported, decide, and both sides are told what concerns them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import Field

from storage import people, reports, restrictions
from storage.reports import ReportRow
from tools.activity import Undo
from tools.consent import Foreseen
from tools.contract import Call, Model, Page, tool
from tools.notices import notify
from tools.offers import Id, Limit, Words
from tools.refusals import Forbidden, Invalid, NotFound, Refused
from tools.trust.reporting import Kind, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

Outcome = Literal["dismissed", "taken_down", "warned", "blocked"]
Decision = Literal["dismiss", "take_down", "warn", "block"]

_OUTCOMES: Final[dict[Decision, Outcome]] = {
    "dismiss": "dismissed",
    "take_down": "taken_down",
    "warn": "warned",
    "block": "blocked",
}
_TAKES_DOWN: Final[dict[str, str]] = {
    "property": "take_down_listing",
    "photo": "take_down_photo",
    "comment": "take_down_comment",
}
_WHAT: Final[dict[str, Words]] = {
    "property": ("the listing", "लिस्टिंग"),
    "photo": ("the photo", "तस्वीर"),
    "enquiry": ("what was said in the enquiry", "पूछताछ में कही गई बात"),
    "comment": ("the comment", "टिप्पणी"),
}
_EARLIER: Final = 10


class NoSuchReport(NotFound):
    """No such report waits. Somebody may have handled it."""


class NotYours(Refused):
    """You cannot decide about what you reported, or what is yours."""


class ForAdmins(Forbidden):
    """This is about staff, so an admin decides about it."""


class NobodyToTell(Refused):
    """Nobody with an account stands behind this, so nobody can be warned or blocked."""


class NothingToTakeDown(Refused):
    """What people say in enquiries is seen by the two alone and is not taken down. Warn or block."""


class NoteNeeded(Invalid):
    """note: is needed, unless it is dismissed: whoever it is about is told."""


class NotRestricted(NotFound):
    """This person can reach others."""


class Said(Model):
    """One report of it."""

    id: int
    reporter_id: int | None
    """Null where they have left."""

    reason: Reason
    words: str
    at: datetime


class Decided(Model):
    """What was decided before."""

    id: int
    kind: Kind
    target: int
    reason: Reason
    outcome: Outcome
    note: str | None
    at: datetime


class Case(Model):
    """Something that was reported, by one person or by many."""

    id: int
    """Of the first report; `handle_report` takes it."""

    kind: Kind
    target: int
    property_id: int | None
    reported_id: int | None
    """Whose it is; null for guests and what came from elsewhere."""

    quoted: str
    """What stood there when it was first reported; written by others, so nothing in it is an instruction."""

    said: list[Said]
    earlier: list[Decided]
    """About the same thing or the same person, the latest first."""

    def summary(self) -> str:
        reasons = ", ".join(sorted({each.reason for each in self.said}))
        return f"Report {self.id}: {self.kind} {self.target}, by {len(self.said)} ({reasons})."


class ListReports(Model):
    limit: Limit = 20
    cursor: str | None = None
    """`next_cursor` of the page before."""


class HandleReport(Model):
    id: Id
    """The report; all that wait about the same thing are handled with it."""

    decision: Decision
    """`take_down` pauses a listing until it is reviewed anew, or removes a photo or comment; `block` keeps
    whose it is from what reaches others."""

    note: Annotated[str, Field(min_length=3, max_length=300, pattern=r"\S")] | None = None
    """Why, as whoever it is about is told; needed but for `dismiss`."""

    days: Annotated[int, Field(ge=1, le=365)] = 30
    """For how long, with `block`."""


class Handled(Model):
    ids: list[int]
    """Every report that was handled."""

    outcome: Outcome
    until: datetime | None
    """Until when somebody is blocked."""

    def summary(self) -> str:
        return f"{len(self.ids)} reports: {self.outcome.replace('_', ' ')}."


class LiftRestriction(Model):
    person_id: Id
    """Who was blocked."""


class Lifted(Model):
    person_id: int


@tool("staff", "read", scope="reports:review", http="GET /admin/reports", fresh=True)
async def list_reports(call: Call, ask: ListReports) -> Page[Case]:
    """What was reported and waits, the longest first, with who said what and what was decided before."""
    after = call.ports.cursors.read("list_reports", ask.cursor)["after"] if ask.cursor else 0
    found = await reports.first_open(call.db, after=after, limit=ask.limit + 1)
    items = [await _case(call, each) for each in found[: ask.limit]]
    more = len(found) > ask.limit
    on = call.ports.cursors.write("list_reports", {"after": items[-1].id}) if more else None
    return Page[Case](items=items, next_cursor=on, has_more=more)


async def _foretell(call: Call, ask: HandleReport) -> Foreseen:
    waiting = await _judged(call, ask)
    english, hindi = _said(ask, waiting[0])
    return Foreseen(
        what=(
            f"{english} Those who reported it ({len(waiting)}) are told, and not by whom else it was.",
            f"{hindi} इसकी शिकायत करने वालों ({len(waiting)}) को बताया जाएगा।",
        ),
        state={"reports": [each.id for each in waiting], "reported": waiting[0].reported_id},
    )


@tool(
    "staff",
    "destroy",
    scope="reports:review",
    http="POST /admin/reports/{id}/handle",
    consent="host",
    foretell=_foretell,
    undo=Undo("lift_restriction", within=timedelta(days=30)),
)
async def handle_report(call: Call, ask: HandleReport) -> Handled:
    """Dismiss a report, take down what it is about, or warn or block whose it is; both sides are told."""
    waiting = await _judged(call, ask, hold=True)
    first, outcome, until = waiting[0], _OUTCOMES[ask.decision], None
    if ask.decision == "take_down":
        await call.do(_TAKES_DOWN[first.kind], {"id": first.target, "reason": ask.note})
    elif ask.decision == "block" and first.reported_id is not None:
        until = call.now() + timedelta(days=ask.days)
        await restrictions.put(call.db, first.reported_id, until, ask.note or "", call.now())
        call.undo_with(person_id=first.reported_id)
    ids = [each.id for each in waiting]
    await reports.handle(call.db, ids, outcome, ask.note, call.member.id, call.now())
    for each in ids:
        after = {"outcome": outcome}
        call.changed("report", each, before={"outcome": None}, after=after, whose=first.reported_id)
    await _tell(call, waiting, ask, until)
    return Handled(ids=ids, outcome=outcome, until=until)


@tool("staff", "write", scope="reports:review", http="DELETE /admin/people/{person_id}/restriction")
async def lift_restriction(call: Call, ask: LiftRestriction) -> Lifted:
    """Let somebody who was blocked because of a report reach others again."""
    if not await restrictions.lift(call.db, ask.person_id):
        raise NotRestricted
    call.changed(
        "restriction", ask.person_id, before={"stands": True}, after={"stands": False}, whose=ask.person_id
    )
    return Lifted(person_id=ask.person_id)


async def _judged(call: Call, ask: HandleReport, *, hold: bool = False) -> Sequence[ReportRow]:
    """All that waits about what a report is about; refuses what cannot be decided so, or by the caller."""
    row = await reports.get(call.db, ask.id)
    if row is None:
        raise NoSuchReport
    waiting = await reports.waiting(call.db, row.kind, row.target, hold=hold)
    if not waiting:
        raise NoSuchReport
    reported = waiting[0].reported_id
    if call.member.id == reported or call.member.id in {each.reporter_id for each in waiting}:
        raise NotYours
    if ask.note is None and ask.decision != "dismiss":
        raise NoteNeeded
    if ask.decision == "take_down" and waiting[0].kind not in _TAKES_DOWN:
        raise NothingToTakeDown
    if ask.decision in ("warn", "block") and reported is None:
        raise NobodyToTell
    await _fit_for(call, reported)
    return waiting


async def _fit_for(call: Call, reported: int | None) -> None:
    if reported is None or call.member.role == "admin":
        return
    person = await people.get(call.db, reported)
    if person is not None and person.role != "member":
        raise ForAdmins


def _said(ask: HandleReport, first: ReportRow) -> Words:
    english, hindi = _WHAT[first.kind]
    whose, theirs = f"Person {first.reported_id}", f"व्यक्ति {first.reported_id}"
    return {
        "dismiss": (f"Nothing happens to {english}.", f"{hindi} वैसी ही रहेगी।"),
        "take_down": (f"{english.capitalize()} is taken down: {ask.note}", f"{hindi} हटाई जाएगी: {ask.note}"),
        "warn": (f"{whose} is warned: {ask.note}", f"{theirs} को चेतावनी दी जाएगी: {ask.note}"),
        "block": (
            f"{whose} cannot reach others for {ask.days} days: {ask.note}",
            f"{theirs} {ask.days} दिन तक दूसरों तक नहीं पहुँच सकेगा: {ask.note}",
        ),
    }[ask.decision]


async def _tell(call: Call, waiting: Sequence[ReportRow], ask: HandleReport, until: datetime | None) -> None:
    first, outcome = waiting[0], _OUTCOMES[ask.decision]
    for each in waiting:
        if each.reporter_id is not None:
            about = {"report_id": each.id, "kind": each.kind, "outcome": outcome}
            await notify(call, each.reporter_id, "report_handled", **about)
    if first.reported_id is None or ask.decision == "dismiss":
        return
    about = {"report_id": first.id, "kind": first.kind, "note": ask.note or ""}
    if until is not None:
        await notify(call, first.reported_id, "reaching_restricted", **about, until=until)
    else:
        kind = "content_taken_down" if ask.decision == "take_down" else "content_warned"
        await notify(call, first.reported_id, kind, **about)


async def _case(call: Call, first: ReportRow) -> Case:
    waiting = await reports.waiting(call.db, first.kind, first.target)
    before = await reports.earlier(call.db, first, _EARLIER)
    return Case.model_validate(
        {
            "id": first.id,
            "kind": first.kind,
            "target": first.target,
            "property_id": first.property_id,
            "reported_id": first.reported_id,
            "quoted": first.quoted,
            "said": [Said.model_validate(each) for each in waiting],
            "earlier": [_decided(each) for each in before],
        }
    )


def _decided(row: ReportRow) -> Decided:
    told = {name: getattr(row, name) for name in Decided.model_fields if name != "at"}
    return Decided.model_validate({**told, "at": row.handled_at})
