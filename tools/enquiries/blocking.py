"""Blocking: hearing nothing more of somebody, and of nobody who might be told of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from storage import blocks
from tools.activity import Undo
from tools.contract import Call, Model, tool
from tools.enquiries.sides import other, theirs
from tools.offers import Id
from tools.refusals import NotFound, Refused

if TYPE_CHECKING:
    from storage.enquiries import Lead


class NotBlocked(NotFound):
    """You have not blocked the other side of this enquiry."""


class NobodyThere(Refused):
    """Whoever answered this enquiry has left, and nobody has come after them yet."""


class BlockPerson(Model):
    id: Id
    """The enquiry whose other side is meant."""


class Blocking(Model):
    enquiry_id: int
    blocked: bool

    def summary(self) -> str:
        return "Nothing more is passed on between you." if self.blocked else "They can write to you again."


@tool(
    "member",
    "write",
    scope="enquiries:write",
    http="PUT /me/enquiries/{id}/block",
    idempotent=True,
    surfaces=frozenset({"rest", "agent", "cli"}),
    undo=Undo("unblock_person", within=timedelta(days=7)),
)
async def block_person(call: Call, ask: BlockPerson) -> Blocking:
    """Hear nothing more of the other side of an enquiry, about any property. They are not told."""
    lead, who = await _other(call, ask)
    new = await blocks.add(call.db, call.member.id, who)
    call.changed("block", lead.id, before={"blocked": not new}, after={"blocked": True})
    if new:
        call.undo_with(id=lead.id)
    return Blocking(enquiry_id=lead.id, blocked=True)


@tool(
    "member",
    "write",
    scope="enquiries:write",
    http="DELETE /me/enquiries/{id}/block",
    surfaces=frozenset({"rest", "agent", "cli"}),
    undo=Undo("block_person", within=timedelta(days=7), given=lambda ask, _answer: {"id": ask.id}),
)
async def unblock_person(call: Call, ask: BlockPerson) -> Blocking:
    """Let somebody who was blocked write again."""
    lead, who = await _other(call, ask)
    if not await blocks.remove(call.db, call.member.id, who):
        raise NotBlocked
    call.changed("block", lead.id, before={"blocked": True}, after={"blocked": False})
    return Blocking(enquiry_id=lead.id, blocked=False)


async def _other(call: Call, ask: BlockPerson) -> tuple[Lead, int]:
    lead = await theirs(call, ask.id)
    who = other(lead, call.member.id)
    if who is None:
        raise NobodyThere
    return lead, who
