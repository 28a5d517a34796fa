"""What waits for a person: confirming it, declining it, and how it stands."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any, Final, Literal, cast
from uuid import UUID

from pydantic import Field

from storage import tickets
from tools.consent import Preview
from tools.contract import CONFIRMING, Batch, Call, Model, Page, Round, tool
from tools.jobs import job
from tools.tickets import preview, redeem, undecided, visible

KEPT: Final = timedelta(days=7)
"""How long a ticket is remembered after it expired, for whoever looks at the link again."""

_LIST: Final = "list_waiting_actions"
State = Literal["waiting", "done", "declined", "void", "expired"]
Ticket = Annotated[UUID, Field(strict=False)]


class ConfirmAction(Model):
    ticket: Ticket
    """The ticket of the preview."""

    nonce: Annotated[str, Field(max_length=100)] | None = None
    """What a widget was given beside the preview."""


class DeclineAction(Model):
    ticket: Ticket
    """The ticket of the preview."""

    reason: Annotated[str, Field(max_length=500)] | None = None
    """Why not, in the person's words."""


class ActionStatus(Model):
    ticket: Ticket
    """The ticket of the preview."""


class ListWaitingActions(Model):
    limit: Annotated[int, Field(ge=1, le=100)] = 20
    cursor: str | None = None
    """`next_cursor` of the page before."""


class Waiting(Model):
    preview: Preview
    asked_by: str | None
    """The app or browser that asked, as the person knows it."""

    asked_at: datetime


class Action(Model):
    preview: Preview
    state: State
    """`void`: what was shown had changed when it was confirmed, or the same was confirmed elsewhere."""

    decided_at: datetime | None
    reason: str | None
    """What the person said when declining."""

    answer: dict[str, Any] | None
    """What the tool answered, once it is done."""

    def summary(self) -> str:
        return {
            "waiting": self.preview.summary(),
            "done": f"Done: {self.preview.what}",
            "declined": f"Declined, and not done: {self.preview.what}{self._why()}",
            "void": "What was shown had changed, or was done by another ticket, so this one did nothing.",
            "expired": "It waited too long, so nothing was done.",
        }[self.state]

    def _why(self) -> str:
        return f" The person said: {self.reason}" if self.reason else ""


async def _rests_on_what_was_shown(call: Call, ask: ConfirmAction) -> bool:
    """Whether what was shown must hold until the end; rules of plain writes wait for each other instead."""
    return call.catalog[(await visible(call, ask.ticket)).tool].foretell is not None


@tool(
    "member",
    "write",
    http="POST /actions/{ticket}/confirm",
    surfaces=frozenset({"mcp", "rest"}),
    snapshot=_rests_on_what_was_shown,
    app_only=True,
)
async def confirm_action(call: Call, ask: ConfirmAction) -> Action:
    """Do what was previewed, once, on a person's word: their own page's, or a widget's button."""
    row = await redeem(call, ask.ticket, nonce=ask.nonce)
    return _action(call, row)


@tool("member", "write", http="POST /actions/{ticket}/decline")
async def decline_action(call: Call, ask: DeclineAction) -> Action:
    """Decline what waits to be confirmed. It can then no longer be done, only asked for anew."""
    row = await undecided(call, ask.ticket)
    await tickets.decide(call.db, row.id, "declined", reason=ask.reason)
    await call.db.refresh(row)
    call.changed("ticket", str(row.id), before={"state": "waiting"}, after={"state": "declined"})
    return _action(call, row)


@tool("member", "read", widget=CONFIRMING, http="GET /actions/{ticket}", fresh=True)
async def action_status(call: Call, ask: ActionStatus) -> Action:
    """How something stands that was previewed: whether it waits, was done, was declined or expired."""
    return _action(call, await visible(call, ask.ticket))


@tool("member", "read", http="GET /actions", fresh=True)
async def list_waiting_actions(call: Call, ask: ListWaitingActions) -> Page[Waiting]:
    """What waits for the person to confirm or decline it, the newest first. An app sees what it asked for."""
    person, cursors = call.member.id, call.ports.cursors
    found = await tickets.waiting(
        call.db,
        person,
        call.now(),
        session_id=call.viewer.session,
        every=call.viewer.own,
        before=_position(cursors.read(_LIST, ask.cursor)) if ask.cursor else None,
        limit=ask.limit + 1,
    )
    has_more = len(found) > ask.limit
    rows = found[: ask.limit]
    last = {"at": rows[-1].made_at, "id": rows[-1].id} if has_more else None
    return Page[Waiting](
        items=[_waits(call, row) for row in rows],
        next_cursor=cursors.write(_LIST, last) if last else None,
        has_more=has_more,
    )


@job("destroy", cron="30 * * * *")
async def forget_old_tickets(call: Call, ask: Batch) -> Round:
    """Forget what was confirmed, declined or left to expire a week ago. Repeat until nothing remains."""
    done = await tickets.forget(call.db, KEPT, ask.limit)
    return Round(done=done, remaining=await tickets.count_old(call.db, KEPT))


def _position(last: dict[str, Any]) -> tuple[datetime, UUID]:
    return datetime.fromisoformat(last["at"]), UUID(last["id"])


def _waits(call: Call, row: tickets.TicketRow) -> Waiting:
    return Waiting(preview=preview(call, row), asked_by=row.client, asked_at=row.made_at)


def _action(call: Call, row: tickets.TicketRow) -> Action:
    expired = row.outcome is None and row.expires_at <= call.now()
    return Action(
        preview=preview(call, row),
        state="expired" if expired else cast("State", row.outcome or "waiting"),
        decided_at=row.decided_at,
        reason=row.reason,
        answer=row.answer,
    )
