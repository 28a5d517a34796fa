"""Leaving: an account is erased some time after its owner says so, and until then that can be taken back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Final

from pydantic import Field

from storage import people, personal
from tools import moments
from tools.account.profile import NoFields, NoSuchAccount
from tools.account.roles import LastAdmin
from tools.activity import Undo
from tools.consent import Foreseen
from tools.contract import Call, Model, Round, tool
from tools.jobs import job
from tools.notices import notify

GRACE: Final = timedelta(days=30)


class Leaving(Model):
    deletes_at: datetime | None
    """When the account will be erased; null when it stays."""

    def summary(self) -> str:
        if self.deletes_at is None:
            return "The account stays."
        day = f"{moments.said(self.deletes_at, 'en')} India time"
        return f"The account and what it holds will be erased after {day}. keep_my_account takes that back."


async def _foretell(call: Call, ask: NoFields) -> Foreseen:
    person = await people.get(call.db, call.member.id)
    if person is None:
        raise NoSuchAccount
    if person.role == "admin" and not await people.other_admin(call.db, person.id):
        raise LastAdmin
    return Foreseen(
        what=(
            f"Your account and everything in it will be erased after {GRACE.days} days.",
            f"आपका खाता और उसमें रखा सब कुछ {GRACE.days} दिन बाद मिटा दिया जाएगा।",
        ),
        until=call.now() + GRACE,
        state={"leaving": person.deletes_at},
    )


@tool(
    "member",
    "destroy",
    scope="account:write",
    http="DELETE /me",
    idempotent=True,
    consent="page",
    foretell=_foretell,
    undo=Undo("keep_my_account", within=GRACE, given=lambda _ask, _answer: {}),
    refuses={"people_last_admin": LastAdmin},
)
async def delete_my_account(call: Call, ask: NoFields) -> Leaving:
    """Have the person's account erased after 30 days. It works until then; keep_my_account takes it back."""
    person = await people.locked(call.db, call.member.id)
    if person is None:
        raise NoSuchAccount
    before = person.deletes_at
    after = before or call.now() + GRACE
    if before is None:
        await people.change(call.db, person.id, deletes_at=after)
        await notify(call, person.id, "account_leaving", deletes_at=after)
    leaving = Leaving(deletes_at=after)
    call.changed("leaving", call.member.id, before={"deletes_at": before}, after=leaving)
    return leaving


@tool("member", "write", scope="account:write", http="POST /me/keep", idempotent=True)
async def keep_my_account(call: Call, ask: NoFields) -> Leaving:
    """Take back the deletion of the person's account while it is still there."""
    person = await people.locked(call.db, call.member.id)
    if person is None:
        raise NoSuchAccount
    staying = Leaving(deletes_at=None)
    call.changed("leaving", person.id, before={"deletes_at": person.deletes_at}, after=staying)
    if person.deletes_at is not None:
        await people.change(call.db, person.id, deletes_at=None)
        await notify(call, person.id, "account_kept", at=call.now())
    return staying


class EraseDueAccounts(Model):
    limit: Annotated[int, Field(ge=1, le=1000)] = 100
    """How many accounts to erase in this call."""


@job("destroy", cron="15 3 * * *")
async def erase_due_accounts(call: Call, ask: EraseDueAccounts) -> Round:
    """Erase the accounts whose grace has ended. Repeat until none remain; several can run at once."""
    erased = await personal.erase_due(call.db, call.now(), ask.limit)
    for each in erased:
        call.changed("person", each, after={"erased": True})
    return Round(done=len(erased), remaining=await personal.count_due(call.db, call.now()))
