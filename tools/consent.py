"""Consent: what a person is shown before something consequential, and the ticket that stands for it.

The rules, and what they defend against, are in docs/trust.md.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final, Literal, TypedDict

from pydantic import PrivateAttr
from pydantic_core import to_jsonable_python

from tools.contract import AnyTool, Model
from tools.money import Rupees
from tools.refusals import NotFound, Refused

Kind = Literal["page", "host", "chat"]
"""Who may confirm. `page`: the person alone, on /confirm or in our own chat. `host`: also the host's user, by
a widget's button or a question of the host. `chat`: a plain write that waits for approval in chat."""

LIFETIME: Final[Mapping[Kind, timedelta]] = {
    "page": timedelta(hours=1),
    "host": timedelta(minutes=15),
    "chat": timedelta(hours=1),
}
MOST_WAITING: Final = 50
"""Tickets that one sign-in can have waiting at once. An app that asks too often only blocks itself."""


class NoSuchTicket(NotFound):
    """There is nothing of yours to confirm under this id."""


class TicketUsed(Refused):
    """This has been decided already. Ask for it again if it is still wanted."""


class TicketExpired(Refused):
    """This waited too long and has expired. Ask for it again if it is still wanted."""


class TicketVoid(Refused):
    """What you were shown has changed since, so nothing was done. Ask again to see how it is now."""


class AskerGone(TicketVoid):
    """The sign-in that asked for this has ended, so nothing was done. Ask again if it is still wanted."""


class NotConfirmable(Refused):
    """Only the person can confirm this, on our own page."""

    status = 403


class TooManyWaiting(Refused):
    """Too many things wait for you to confirm them. Decide some first, or let them expire."""


class ConsentNeeded(Refused):
    """This needs a person's consent, which cannot be asked for here. Call the tool itself."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a tool would do, looked up beforehand and without doing it."""

    what: tuple[str, str]
    """What will happen, in a sentence: English, Hindi."""

    whom: tuple[str, str] | None = None
    """To whom or to what: English, Hindi."""

    costs: Decimal | None = None
    """Rupees; None where it costs nothing."""

    until: datetime | None = None
    """Until when it lasts, or can be taken back."""

    state: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """What it rests on, such as a price: when any of it has changed, a confirmation no longer counts."""


class Spoken(TypedDict):
    """The sentences of a preview in another language."""

    what: str
    whom: str | None


class Preview(Model):
    """Nothing has been done yet: what would be, and where a person confirms it."""

    ticket: str
    """Names what waits; it can be used once."""

    tool: str
    arguments: dict[str, Any]
    what: str
    """What will happen."""

    whom: str | None
    """To whom or to what."""

    costs: Rupees | None
    """Null: nothing."""

    until: datetime | None
    """Until when it lasts, or can be taken back."""

    expires_at: datetime
    """When it can no longer be confirmed."""

    confirm_url: str
    """The page where the person confirms or declines."""

    _nonce: str | None = PrivateAttr(default=None)
    _hindi: Spoken | None = PrivateAttr(default=None)

    @property
    def nonce(self) -> str | None:
        """The secret of a widget's button. It travels beside the answer, never in it."""
        return self._nonce

    @property
    def hindi(self) -> Spoken | None:
        """The same sentences in Hindi, for a widget: a model reads one language."""
        return self._hindi

    def carrying(self, nonce: str | None) -> Preview:
        """This preview with a secret beside it."""
        self._nonce = nonce
        return self

    def saying(self, what: str, whom: str | None) -> Preview:
        """This preview with its sentences in Hindi beside it."""
        self._hindi = {"what": what, "whom": whom}
        return self

    def summary(self) -> str:
        return f"Nothing has been done yet. {self.what} The person must confirm it: {self.confirm_url}"


def fingerprint(tool: AnyTool, ask: Model, foreseen: Foreseen) -> bytes:
    """What a ticket is bound to: the tool, its exact arguments, and what was shown and is rested on.

    `until` is told for the moment of asking, and moves with it.
    """
    bound = {
        "tool": tool.name,
        "arguments": ask.model_dump(mode="json"),
        "given": sorted(ask.model_fields_set),
        "what": foreseen.what,
        "whom": foreseen.whom,
        "costs": foreseen.costs,
        "state": foreseen.state,
    }
    written = json.dumps(to_jsonable_python(bound), sort_keys=True)
    return sha256(written.encode()).digest()
