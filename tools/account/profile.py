"""The profile: who is asking, and what they are called."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from typing import Annotated, Final, Literal

from pydantic import Field

from storage import people
from storage.people import PersonRow
from tools.activity import Undo
from tools.contacts import masked
from tools.contract import Audience, Call, Model, tool
from tools.refusals import Refused, SignInRequired

Language = Literal["en", "hi"]
_JOINERS: Final = "\u200c\u200d"
"""They stand between letters of Indian scripts, and are the only invisible characters of a name."""

_MISLEADING: Final = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
"""Unicode's categories of what is not seen but changes what is."""

Name = Annotated[str, Field(min_length=1, max_length=80)]


class UnusableName(Refused):
    """A name needs something to read, and no control characters."""


class NoSuchAccount(SignInRequired):
    """There is no account behind this sign-in any more. Sign in again."""


class NoFields(Model):
    """Nothing is asked."""


class Account(Model):
    signed_in: bool
    id: int | None = None
    role: Audience = "guest"
    name: str | None = None
    phone: str | None = None
    """Masked."""

    email: str | None = None
    """Masked."""

    language: Language = "en"
    scopes: list[str] = Field(default_factory=list[str])
    """What this connection may do."""

    deletes_at: datetime | None = None
    """When the account will be erased, as its owner asked."""

    how_to_sign_in: str | None = None

    def summary(self) -> str:
        if not self.signed_in:
            return f"A guest. {self.how_to_sign_in}"
        leaving = f", to be erased after {self.deletes_at:%-d %B %Y}" if self.deletes_at else ""
        return f"{self.name or 'Somebody without a name yet'}, {self.role}{leaving}."


class UpdateProfile(Model):
    name: Name | None = None
    """What to be called; null removes it."""

    language: Language | None = None
    """Of pages and messages."""


_GUEST: Final = Account.model_construct(
    signed_in=False,
    how_to_sign_in="Call a tool that needs it and the app opens our page, or open /sign-in on our site.",
)
"""Unchecked, since checking would build the model on import."""


@tool("guest", "read", http="GET /me")
async def who_am_i(call: Call, ask: NoFields) -> Account:
    """Who is asking: role, name, masked contacts, language and what this connection may do; or a guest."""
    if call.viewer.id is None:
        return _GUEST
    return account(call, await people.get(call.db, call.member.id))


@tool(
    "member",
    "write",
    scope="account:write",
    http="PATCH /me",
    idempotent=True,
    undo=Undo("update_profile", within=timedelta(days=7)),
)
async def update_profile(call: Call, ask: UpdateProfile) -> Account:
    """Change one's own name or language. What is left out stays as it is."""
    sent = {name: getattr(ask, name) for name in ask.model_fields_set}
    if ask.language is None:
        sent.pop("language", None)
    if ask.name is not None:
        sent["name"] = _plain(ask.name)
    # Held from here on, so that what is recorded as the state before was that.
    person = await people.locked(call.db, call.member.id)
    if person is None:
        raise NoSuchAccount
    sent = {name: value for name, value in sent.items() if value != getattr(person, name)}
    before = {name: getattr(person, name) for name in sent}
    call.changed("profile", person.id, before=before, after=sent)
    if not sent:
        return account(call, person)
    call.undo_with(**before)
    return account(call, await people.change(call.db, person.id, **sent))


def account(call: Call, person: PersonRow | None) -> Account:
    """The account as its owner sees it. Refuses where there is none."""
    if person is None:
        raise NoSuchAccount
    return Account.model_validate(
        {
            "signed_in": True,
            "id": person.id,
            "role": person.role,
            "name": person.name,
            "phone": _shown(person.phone),
            "email": _shown(person.email),
            "language": person.language,
            "scopes": sorted(call.viewer.scopes),
            "deletes_at": person.deletes_at,
        }
    )


def _plain(name: str) -> str:
    """A name as it is kept. Refuses one that shows nothing, or otherwise than it is written."""
    plain = unicodedata.normalize("NFC", name).strip()
    seen = plain.translate(dict.fromkeys(map(ord, _JOINERS)))
    if not seen or any(unicodedata.category(each) in _MISLEADING for each in seen):
        raise UnusableName
    return plain


def _shown(contact: str | None) -> str | None:
    return None if contact is None else masked(contact)
