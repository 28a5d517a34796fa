"""What waits for a person: confirming it, declining it, and how it stands."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from pydantic import Field

from storage import tickets
from tools.consent import NoSuchTicket, Preview, TicketUsed
from tools.contract import Call, Model, tool
from tools.tickets import preview, redeem

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


class Action(Model):
    preview: Preview
    state: State
    """`void`: what was shown had changed when it was confirmed, and nothing was done."""

    decided_at: datetime | None
    answer: dict[str, Any] | None
    """What the tool answered, once it is done."""

    def summary(self) -> str:
        return {
            "waiting": self.preview.summary(),
            "done": f"Done: {self.preview.what}",
            "declined": f"Declined, and not done: {self.preview.what}",
            "void": "What was shown had changed, so nothing was done.",
            "expired": "It waited too long, so nothing was done.",
        }[self.state]


@tool(
    "member",
    "write",
    http="POST /actions/{ticket}/confirm",
    surfaces=frozenset({"mcp", "rest"}),
    snapshot=True,
    app_only=True,
)
async def confirm_action(call: Call, ask: ConfirmAction) -> Action:
    """Do what was previewed, once, on a person's word: their own page's, or a widget's button."""
    row = await redeem(call, ask.ticket, nonce=ask.nonce)
    return _action(call, row)


@tool("member", "write", http="POST /actions/{ticket}/decline")
async def decline_action(call: Call, ask: DeclineAction) -> Action:
    """Decline what waits to be confirmed. It can then no longer be done, only asked for anew."""
    row = await tickets.held(call.db, ask.ticket, call.member.id)
    if row is None:
        raise NoSuchTicket
    if not await tickets.decide(call.db, row.id, "declined", reason=ask.reason):
        raise TicketUsed
    await call.db.refresh(row)
    call.changed("ticket", str(row.id), before={"state": "waiting"}, after={"state": "declined"})
    return _action(call, row)


@tool("member", "read", http="GET /actions/{ticket}")
async def action_status(call: Call, ask: ActionStatus) -> Action:
    """How something stands that was previewed: whether it waits, was done, was declined or expired."""
    row = await tickets.get(call.db, ask.ticket, call.member.id)
    if row is None:
        raise NoSuchTicket
    return _action(call, row)


def _action(call: Call, row: tickets.TicketRow) -> Action:
    expired = row.outcome is None and row.expires_at <= call.now()
    # Whoever asked learns the answer, and the person; another app of the same person does not.
    seen = call.viewer.own or call.viewer.session == row.session_id
    return Action(
        preview=preview(call, row),
        state="expired" if expired else cast("State", row.outcome or "waiting"),
        decided_at=row.decided_at,
        answer=row.answer if seen else None,
    )
