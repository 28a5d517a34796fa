"""The profile: who is asking, and what they are called."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field

from storage import people
from storage.people import PersonRow
from tools.contacts import masked
from tools.contract import Audience, Call, Model, tool
from tools.refusals import NotFound

Language = Literal["en", "hi"]
LONGEST_NAME: Final = 80
_JOINERS: Final = "\u200c\u200d"
"""They stand between letters of Indian scripts, and are the only invisible characters of a name."""


def _plain(name: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", name).split(" ")).strip()
    if any(unicodedata.category(each) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for each in _seen(name)):
        raise ValueError("should be a name without control characters")
    if not _seen(name) or len(name) > LONGEST_NAME:
        raise ValueError(f"should be a name of 1 to {LONGEST_NAME} characters")
    return name


def _seen(name: str) -> str:
    return name.translate(dict.fromkeys(map(ord, _JOINERS)))


Name = Annotated[str, Field(max_length=2 * LONGEST_NAME), AfterValidator(_plain)]


class NoSuchAccount(NotFound):
    """There is no account behind this sign-in any more."""


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
    """What to be called, at most 80 characters; null removes it."""

    language: Language | None = None
    """Of pages and messages."""


_GUEST: Final = Account(
    signed_in=False,
    how_to_sign_in="Call a tool that needs it and the app opens our page, or open /sign-in on our site.",
)


@tool("guest", "read", http="GET /me")
async def who_am_i(call: Call, ask: NoFields) -> Account:
    """Who is asking: role, name, masked contacts, language and what this connection may do; or a guest."""
    if call.viewer.id is None:
        return _GUEST
    return account(call, await people.get(call.db, call.member.id))


@tool("member", "write", scope="account:write", http="PATCH /me", idempotent=True)
async def update_profile(call: Call, ask: UpdateProfile) -> Account:
    """Change one's own name or language. What is left out stays as it is."""
    sent = {name: getattr(ask, name) for name in ask.model_fields_set}
    if ask.language is None:
        sent.pop("language", None)
    if not sent:
        return account(call, await people.get(call.db, call.member.id))
    return account(call, await people.change(call.db, call.member.id, **sent))


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


def _shown(contact: str | None) -> str | None:
    return None if contact is None else masked(contact)
