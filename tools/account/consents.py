"""Consents: what apps were allowed to do, and taking it back."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from storage import connections
from tools.account.sessions import Id, Limit
from tools.contract import Call, Model, Page, tool
from tools.refusals import NotFound


class NoSuchConsent(NotFound):
    """You have given no such consent."""


class ListConsents(Model):
    limit: Limit = 20
    cursor: str | None = None
    """`next_cursor` of the page before."""


class Consent(Model):
    id: int
    client_id: str
    client: str
    """What the app calls itself."""

    audience: Literal["user", "admin"]
    scopes: list[str]
    created_at: datetime


class WithdrawConsent(Model):
    id: Id


class Withdrawn(Model):
    id: int


@tool("member", "read", scope="account:read", http="GET /me/consents")
async def list_consents(call: Call, ask: ListConsents) -> Page[Consent]:
    """What apps and assistants were allowed to do for the person, the newest first."""
    before = call.ports.cursors.read("list_consents", ask.cursor)["before"] if ask.cursor else None
    found = await connections.consents_of(call.db, call.member.id, before=before, limit=ask.limit + 1)
    has_more = len(found) > ask.limit
    items = [Consent.model_validate(each) for each in found[: ask.limit]]
    after = call.ports.cursors.write("list_consents", {"before": items[-1].id}) if has_more else None
    return Page[Consent](items=items, next_cursor=after, has_more=has_more)


@tool("member", "destroy", scope="account:write", http="DELETE /me/consents/{id}", idempotent=True)
async def withdraw_consent(call: Call, ask: WithdrawConsent) -> Withdrawn:
    """Take back what an app was allowed to do. It is signed out at once and has to ask again."""
    if not await connections.withdraw(call.db, call.member.id, ask.id, call.now()):
        raise NoSuchConsent
    return Withdrawn(id=ask.id)
