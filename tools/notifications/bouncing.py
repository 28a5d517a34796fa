"""Bounces: what providers report of messages that did not arrive, or were not wanted."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal, NamedTuple
from uuid import UUID

from pydantic import Field

from storage import deliveries, people
from tools import contacts
from tools.contract import Call, Model, tool

MOST: Final = 500
_MESSAGE_ID: Final = re.compile(r"<?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(@[\w.-]+)?>?", re.ASCII)


class Report(Model):
    """One report. It names our message, the address, or both."""

    kind: Literal["bounced", "complained"]
    """`bounced`: the address takes nothing, for good. `complained`: its owner reported us as spam."""

    message: Annotated[str, Field(max_length=320)] | None = None
    """The `Message-ID` of the e-mail, or the `Idempotency-Key` of the text message."""

    address: Annotated[str, Field(max_length=320)] | None = None
    """The e-mail address, or the phone."""


class RecordBounces(Model):
    reports: Annotated[list[Report], Field(max_length=MOST)]
    """What came back, in any order."""


class Recorded(Model):
    taken: int
    """Reports of messages or addresses that we know."""

    unknown: int


class _Address(NamedTuple):
    person_id: int
    channel: str
    hashed: bytes


@tool("admin", "write", idempotent=True, surfaces=frozenset())
async def record_bounces(call: Call, ask: RecordBounces) -> Recorded:
    """Send nothing more to addresses that take nothing, until their owners change or vouch for them."""
    taken = 0
    for report in ask.reports:
        found = await _found(call, report)
        if found is None:
            continue
        taken += 1
        who, channel, hashed = found
        if await deliveries.suppress(call.db, who, channel, hashed, report.kind):
            call.changed("unreachable", f"{who} {channel}", after={"why": report.kind}, whose=who)
            call.tell(who, "notification.settings")
    return Recorded(taken=taken, unknown=len(ask.reports) - taken)


async def _found(call: Call, report: Report) -> _Address | None:
    """Whose address a report is about: that to which the message went, or that of the person who has it."""
    message = _MESSAGE_ID.fullmatch(report.message or "")
    if message is not None:
        sent = await deliveries.sent_to(call.db, UUID(message[1]))
        return None if sent is None else _Address(*sent)
    try:
        address = contacts.normalised(report.address or "")
    except contacts.NotAContact:
        return None
    person = await people.by_contact(call.db, address)
    if person is None:
        return None
    return _Address(person.id, "email" if "@" in address else "sms", deliveries.hashed(address))
