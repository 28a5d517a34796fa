"""Tickets: proposing something to a person, and doing it once they have said yes."""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from pydantic_core import to_json

from storage import tickets
from tools.consent import (
    LIFETIME,
    MOST_WAITING,
    Foreseen,
    Kind,
    NoSuchTicket,
    NotConfirmable,
    Preview,
    TicketExpired,
    TicketUsed,
    TicketVoid,
    TooManyWaiting,
    fingerprint,
)
from tools.validation import validate

if TYPE_CHECKING:
    from storage.tickets import TicketRow
    from tools.contract import AnyTool, Call, Model

_NONCE_BYTES: Final = 24


async def foresee(call: Call, tool: AnyTool, ask: Model) -> Foreseen:
    """What the tool would do now. A plain tool is told by its title alone."""
    if tool.foretell is None:
        return Foreseen(what=(f"{tool.title}.", f"{tool.title}."))
    return await tool.foretell(call, ask)


async def propose(call: Call, tool: AnyTool, ask: Model, foreseen: Foreseen, kind: Kind) -> Preview:
    """A ticket for what was foreseen, and its preview; a widget's nonce travels beside it."""
    person = call.member.id
    now = call.now()
    if await tickets.count_waiting(call.db, person, now) >= MOST_WAITING:
        raise TooManyWaiting
    arguments = ask.model_dump(mode="json", exclude_unset=True)
    nonce = secrets.token_urlsafe(_NONCE_BYTES) if kind == "host" and call.surface == "mcp" else None
    row = await tickets.issue(
        call.db,
        person_id=person,
        kind=kind,
        tool=tool.name,
        arguments=arguments,
        preview=_shown(foreseen),
        state_hash=fingerprint(tool.name, arguments, foreseen),
        nonce_hash=None if nonce is None else _hashed(nonce),
        session_id=call.viewer.session,
        surface=call.surface,
        turn=call.turn,
        key=call.key,
        expires_at=now + LIFETIME[kind],
    )
    return preview(call, row).carrying(nonce)


async def again(call: Call, shown: Preview) -> Preview:
    """A preview that is shown once more, to whoever repeats a call; its widget gets a new nonce."""
    if call.surface != "mcp":
        return shown
    row = await tickets.held(call.db, UUID(shown.ticket), call.member.id)
    if row is None or row.nonce_hash is None or row.decided_at or row.session_id != call.viewer.session:
        return shown
    nonce = secrets.token_urlsafe(_NONCE_BYTES)
    row.nonce_hash = _hashed(nonce)
    await call.db.flush()
    return shown.carrying(nonce)


def preview(call: Call, row: TicketRow) -> Preview:
    """What a ticket's person is shown, in English."""
    shown = row.preview
    return Preview(
        ticket=str(row.id),
        tool=row.tool,
        arguments=row.arguments,
        what=shown["what"][0],
        whom=shown["whom"] and shown["whom"][0],
        costs=shown["costs"],
        until=shown["until"],
        expires_at=row.expires_at,
        confirm_url=f"{call.ports.url}/confirm/{row.id}",
    )


async def redeem(
    call: Call,
    ticket: UUID,
    *,
    nonce: str | None = None,
    host: bool = False,
    expecting: tuple[AnyTool, Model] | None = None,
) -> TicketRow:
    """Do what a ticket stands for, exactly, once; the ticket with its answer.

    `host` says that the host's user confirmed; `expecting` refuses a ticket for anything else. Runs in a
    snapshot, so that what is checked is what is used.
    """
    row = await tickets.held(call.db, ticket, call.member.id)
    if row is None:
        raise NoSuchTicket
    if row.decided_at is not None:
        raise TicketUsed
    if row.expires_at <= call.now():
        raise TicketExpired
    if not _may(call, row, nonce, host=host):
        url = preview(call, row).confirm_url
        raise NotConfirmable(f"Only the person can confirm this, on our own page: {url}")
    tool = call.catalog[row.tool]
    given = to_json(row.arguments)
    if expecting is not None and expecting != (tool, validate(tool, given)):
        raise NoSuchTicket
    foreseen = await foresee(call, tool, validate(tool, given))
    if not hmac.compare_digest(fingerprint(row.tool, row.arguments, foreseen), row.state_hash):
        raise TicketVoid(details={"ticket": str(row.id)})
    answer = await call.do(row.tool, given, ticket=row.id, turn=row.turn, key=row.key)
    await tickets.decide(call.db, row.id, "done", answer=answer.model_dump(mode="json"))
    await call.db.refresh(row)
    return row


def _may(call: Call, row: TicketRow, nonce: str | None, *, host: bool) -> bool:
    if call.decides and (row.kind != "page" or call.viewer.own):
        return True
    if row.kind != "host":
        return False
    named = nonce is not None and row.nonce_hash is not None
    return host or (named and hmac.compare_digest(_hashed(nonce or ""), row.nonce_hash or b""))


def _shown(foreseen: Foreseen) -> dict[str, Any]:
    until = foreseen.until
    return {
        "what": foreseen.what,
        "whom": foreseen.whom,
        "costs": None if foreseen.costs is None else str(foreseen.costs),
        "until": None if until is None else until.isoformat(),
    }


def _hashed(nonce: str) -> bytes:
    return sha256(nonce.encode()).digest()
