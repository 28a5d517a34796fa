"""Consents: what apps were allowed to do, and taking it back."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from storage import oauth
from tools.account.profile import NoFields
from tools.account.sessions import Id
from tools.contract import Call, Model, tool
from tools.refusals import NotFound


class NoSuchConsent(NotFound):
    """You have given no such consent."""


class Consent(Model):
    id: int
    client_id: str
    client: str
    """What the app calls itself."""

    audience: Literal["user", "admin"]
    scopes: list[str]
    created_at: datetime
    used_at: datetime | None
    """When the app last used it."""


class Consents(Model):
    items: list[Consent]


class WithdrawConsent(Model):
    id: Id


class Withdrawn(Model):
    id: int


@tool("member", "read", scope="account:read", http="GET /me/consents")
async def list_consents(call: Call, ask: NoFields) -> Consents:
    """What apps and assistants were allowed to do for the person, the latest first."""
    return Consents(items=[_shown(each) for each in await oauth.consents_of(call.db, call.member.id)])


@tool("member", "destroy", scope="account:write", http="DELETE /me/consents/{id}")
async def withdraw_consent(call: Call, ask: WithdrawConsent) -> Withdrawn:
    """Take back what an app was allowed to do. It is signed out at once and has to ask again."""
    if not await oauth.withdraw(call.db, call.member.id, ask.id):
        raise NoSuchConsent
    call.changed("consent", ask.id, before={"standing": True}, after={"standing": False})
    return Withdrawn(id=ask.id)


def _shown(consent: oauth.Consent) -> Consent:
    kept = {name: getattr(consent, name) for name in Consent.model_fields if name != "client"}
    return Consent.model_validate({**kept, "client": consent.client_name or consent.client_id})
