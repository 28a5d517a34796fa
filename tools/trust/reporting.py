"""Reporting: somebody says that something should not be here, and is told what came of it."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import Annotated, Final, Literal

from pydantic import Field

from storage import reports
from tools.contract import Call, Model, tool
from tools.offers import Id
from tools.refusals import Invalid, NotFound, Refused, TooMany

Kind = Literal["property", "photo", "enquiry", "comment"]
Reason = Literal[
    "not_real", "wrong_facts", "scam", "abuse", "contact_details", "discrimination", "copied", "other"
]

MOST_A_DAY: Final = 20
"""What one person reports in 24 hours."""

_DAY: Final = timedelta(days=1)


class NothingSuch(NotFound):
    """You see nothing of that kind under this id."""


class OwnContent(Refused):
    """This is your own. You can change it or take it away yourself."""


class SayWhat(Invalid):
    """words: are needed with the reason `other`."""


class TooManyReports(TooMany):
    """You have reported a lot within a day. Somebody will look at that first."""


class ReportContent(Model):
    kind: Kind
    """`enquiry` is what the other side of it said, `comment` stands on the person's own shared shortlist."""

    id: Id
    reason: Reason
    """`not_real`: there is no such home, or it is long gone."""

    words: Annotated[str, Field(max_length=500)] = ""
    """What else should be known."""


class Reported(Model):
    id: int
    new: bool
    """Whether it is the person's first report of it that waits."""

    def summary(self) -> str:
        return "Somebody of 360 Ghar will look at it. The person will be told what came of it."


@tool("member", "write", scope="reports:write", http="POST /reports", per_minute=10)
async def report_content(call: Call, ask: ReportContent) -> Reported:
    """Report a property, photo, enquiry or comment that should not be here. Only staff learn of it."""
    me = call.member.id
    waits = await reports.waiting_of(call.db, ask.kind, ask.id, me)
    if waits is not None:
        return await _again(call, waits)
    subject = await reports.subject(call.db, ask.kind, ask.id, me)
    if subject is None:
        raise NothingSuch
    if subject.reported_id == me:
        raise OwnContent
    if ask.reason == "other" and not ask.words.strip():
        raise SayWhat
    if await reports.made(call.db, me, call.now() - _DAY) >= MOST_A_DAY:
        raise TooManyReports(retry_after=ceil(_DAY.total_seconds() / 24))
    row = {"reporter_id": me, "kind": ask.kind, "target": ask.id, "reason": ask.reason, "words": ask.words}
    added = await reports.add(call.db, {**row, **subject._asdict(), "at": call.now()})
    if added is None:
        waits = await reports.waiting_of(call.db, ask.kind, ask.id, me)
        return await _again(call, waits or 0)
    call.changed("report", added, after={"kind": ask.kind, "reason": ask.reason})
    return Reported(id=added, new=True)


async def _again(call: Call, id_: int) -> Reported:
    """The report that waits already: saying it twice makes it no stronger."""
    call.changed("report", id_, before={"waits": True}, after={"waits": True})
    return Reported(id=id_, new=False)
