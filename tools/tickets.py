"""Tickets: proposing something to a person, and doing it once they have said yes."""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from asyncpg import SerializationError
from pydantic_core import to_json
from sqlalchemy.exc import DBAPIError

from storage import tickets
from tools.consent import (
    LIFETIME,
    MOST_WAITING,
    AskerGone,
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
from tools.keys import KeyReused
from tools.validation import validate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

    from storage.tickets import TicketRow
    from tools.contract import AnyTool, Call, Model, Viewer

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
    if await tickets.count_waiting(call.db, person, call.viewer.session, now) >= MOST_WAITING:
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
        state_hash=fingerprint(tool, ask, foreseen),
        nonce_hash=None if nonce is None else _hashed(nonce),
        session_id=call.viewer.session,
        surface=call.surface,
        turn=call.turn,
        key=call.key,
        expires_at=now + LIFETIME[kind],
    )
    return preview(call, row).carrying(nonce)


async def put_to(
    call: Call, whom: int, name: str, given: Mapping[str, Any], foreseen: Foreseen, lives: timedelta
) -> UUID:
    """Ask somebody else for their consent: a ticket of theirs, which they alone confirm, on our page.

    `foreseen` is what the tool itself will foretell them. It belongs to no sign-in: their apps do not see it.
    """
    if await tickets.count_waiting(call.db, whom, None, call.now()) >= MOST_WAITING:
        raise TooManyWaiting("They have much to confirm already. Ask again later.")
    tool = call.catalog[name]
    ask = validate(tool, given)
    row = await tickets.issue(
        call.db,
        person_id=whom,
        kind="page",
        tool=name,
        arguments=ask.model_dump(mode="json", exclude_unset=True),
        preview=_shown(foreseen),
        state_hash=fingerprint(tool, ask, foreseen),
        nonce_hash=None,
        session_id=None,
        surface=call.surface,
        expires_at=call.now() + lives,
    )
    return row.id


async def again(call: Call, shown: Preview) -> Preview:
    """A preview that is shown once more, to whoever repeats a call; its widget gets a new nonce."""
    row = await tickets.held(call.db, UUID(shown.ticket), call.member.id)
    if row is not None and not sees(call.viewer, row.session_id):
        raise KeyReused
    if row is None:
        return shown
    shown = _in_hindi(shown, row)
    if row.nonce_hash is None or row.decided_at or call.surface != "mcp":
        return shown
    nonce = secrets.token_urlsafe(_NONCE_BYTES)
    row.nonce_hash = _hashed(nonce)
    await call.db.flush()
    return shown.carrying(nonce)


def sees(viewer: Viewer, session_id: int | None) -> bool:
    """Whether what one sign-in asked for is shown to somebody: to that sign-in, and to the person's own."""
    return viewer.own or viewer.session == session_id


def preview(call: Call, row: TicketRow) -> Preview:
    """What a ticket's person is shown: in English, with Hindi beside it."""
    shown = row.preview
    told = Preview(
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
    return _in_hindi(told, row)


async def redeem(
    call: Call,
    ticket: UUID,
    *,
    nonce: str | None = None,
    host: bool = False,
    expecting: tuple[AnyTool, Model] | None = None,
) -> TicketRow:
    """Do what a ticket stands for, exactly, once; the ticket with its answer.

    `host` says that the host's user confirmed; `expecting` refuses a ticket for anything else. What was
    foretold is done in a snapshot, so that what is checked is what is used.
    """
    row = await undecided(call, ticket)
    if not _may(call, row, nonce, host=host):
        url = preview(call, row).confirm_url
        raise NotConfirmable(f"Only the person can confirm this, on our own page: {url}")
    tool = call.catalog[row.tool]
    given = to_json(row.arguments)
    ask = validate(tool, given)
    if expecting is not None and expecting != (tool, ask):
        raise NoSuchTicket
    if await tickets.orphaned(call.db, row):
        raise AskerGone(details={"ticket": str(row.id)})
    foreseen = await foresee(call, tool, ask)
    if not hmac.compare_digest(fingerprint(tool, ask, foreseen), row.state_hash):
        raise TicketVoid(details={"ticket": str(row.id)})
    answer = await call.do(row.tool, given, ticket=row.id, turn=row.turn, key=row.key)
    await tickets.decide(call.db, row.id, "done", answer=answer.model_dump(mode="json"))
    # A model that asked three times must not have it done three times by a person who says yes to all.
    await tickets.void_twins(call.db, row)
    await call.db.refresh(row)
    return row


async def visible(call: Call, ticket: UUID) -> TicketRow:
    """A ticket of the caller's. Of one that another app of the same person asked for, an app sees nothing."""
    return _seen(call, await tickets.get(call.db, ticket, call.member.id))


async def undecided(call: Call, ticket: UUID) -> TicketRow:
    """A ticket of the caller's that can still be decided, held against everybody else who would."""
    try:
        row = _seen(call, await tickets.held(call.db, ticket, call.member.id))
    except DBAPIError as error:
        # In a snapshot, whoever waited for a ticket cannot have it once it was decided.
        if isinstance(error.orig and error.orig.__cause__, SerializationError):
            raise TicketUsed from error
        raise
    if row.decided_at is not None:
        raise TicketUsed
    if row.expires_at <= call.now():
        raise TicketExpired
    return row


def _seen(call: Call, row: TicketRow | None) -> TicketRow:
    if row is None or not sees(call.viewer, row.session_id):
        raise NoSuchTicket
    return row


def _may(call: Call, row: TicketRow, nonce: str | None, *, host: bool) -> bool:
    if call.decides and (row.kind != "page" or call.viewer.own):
        return True
    if row.kind != "host":
        return False
    named = nonce is not None and row.nonce_hash is not None
    return host or (named and hmac.compare_digest(_hashed(nonce or ""), row.nonce_hash or b""))


def _in_hindi(shown: Preview, row: TicketRow) -> Preview:
    what, whom = row.preview["what"], row.preview["whom"]
    return shown.saying(what[1], whom and whom[1])


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
