"""Sessions: where somebody is signed in, and ending that."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from storage import signins
from storage.signins import SessionRow
from tools.account.profile import NoFields
from tools.contract import Call, Model, Page, tool
from tools.refusals import NotFound

Id = Annotated[int, Field(ge=1, le=2**53 - 1)]
Limit = Annotated[int, Field(ge=1, le=100)]


class NoSuchSession(NotFound):
    """You have no such sign-in."""


class ListSessions(Model):
    limit: Limit = 20
    cursor: str | None = None
    """`next_cursor` of the page before."""


class Session(Model):
    id: int
    kind: Literal["web", "oauth", "development"]
    """`oauth` is an app or an assistant."""

    label: str
    """What the person knows it by: the app's name, or the kind of browser."""

    client_id: str | None
    audience: Literal["user", "admin"] | None
    """The server that it may speak to; null where it may speak to all."""

    created_at: datetime
    used_at: datetime
    """When it was last used, to about a minute."""

    current: bool
    """Whether this request came with it."""


class RevokeSession(Model):
    id: Id


class Revoked(Model):
    id: int
    current: bool
    """Whether it was the sign-in that asked, which has ended too."""


class SignedOut(Model):
    ended: int
    """How many sign-ins ended."""


@tool("member", "read", scope="account:read", http="GET /me/sessions")
async def list_sessions(call: Call, ask: ListSessions) -> Page[Session]:
    """Where the person is signed in: browsers, apps and assistants, the newest first."""
    before = call.ports.cursors.read("list_sessions", ask.cursor)["before"] if ask.cursor else None
    found = await signins.of_person(call.db, call.member.id, before=before, limit=ask.limit + 1)
    has_more = len(found) > ask.limit
    items = [_shown(each, call.viewer.session) for each in found[: ask.limit]]
    after = call.ports.cursors.write("list_sessions", {"before": items[-1].id}) if has_more else None
    return Page[Session](items=items, next_cursor=after, has_more=has_more)


@tool("member", "destroy", scope="account:write", http="DELETE /me/sessions/{id}", idempotent=True)
async def revoke_session(call: Call, ask: RevokeSession) -> Revoked:
    """End one of the person's sign-ins, at once and with everything that came from it."""
    if not await signins.end_of_person(call.db, call.member.id, ask.id):
        raise NoSuchSession
    call.changed("session", ask.id, after={"ended": True})
    return Revoked(id=ask.id, current=ask.id == call.viewer.session)


@tool("member", "destroy", scope="account:write", http="POST /me/sign-out-everywhere", idempotent=True)
async def sign_out_everywhere(call: Call, ask: NoFields) -> SignedOut:
    """End all of the person's sign-ins but the one that asks: for a lost phone or a stolen password."""
    ended = await signins.end_all(call.db, call.member.id, but=call.viewer.session)
    call.changed("sessions", call.member.id, after={"ended": ended, "but": call.viewer.session})
    return SignedOut(ended=ended)


def _shown(session: SessionRow, current: int | None) -> Session:
    kept = {name: getattr(session, name) for name in Session.model_fields if name != "current"}
    return Session.model_validate({**kept, "current": session.id == current})
