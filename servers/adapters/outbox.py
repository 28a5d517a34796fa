"""Where messages go in development: a list in this process, shown at `/outbox`."""

import itertools
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

from tools.ports import Shown

KEPT = 50
Way = Literal["email", "sms", "push"]


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that would have left."""

    way: Way
    to: str
    text: str
    subject: str | None = None
    """What stands above the text; None for a text message."""

    html: str | None = None
    link: str | None = None
    """Where a push notification leads."""

    unsubscribe: str | None = None
    id: UUID | None = None
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    number: int = field(default_factory=itertools.count(1).__next__)
    """By which it is shown alone."""


class Outbox:
    """Keeps the last messages instead of sending them. Of two with the same id it keeps the first."""

    def __init__(self) -> None:
        self.messages: deque[Sent] = deque(maxlen=KEPT)
        """The newest first."""

    def find(self, number: int) -> Sent | None:
        """The message of that number, while it is kept."""
        return next((each for each in self.messages if each.number == number), None)

    def put(self, sent: Sent) -> None:
        """Keep a message."""
        if sent.id is None or all(each.id != sent.id for each in self.messages):
            self.messages.appendleft(sent)

    @property
    def mailer(self) -> "OutboxMailer":
        """Takes e-mail."""
        return OutboxMailer(self)

    @property
    def sms(self) -> "OutboxSms":
        """Takes text messages."""
        return OutboxSms(self)

    @property
    def push(self) -> "OutboxPush":
        """Takes push notifications."""
        return OutboxPush(self)


@dataclass(frozen=True, slots=True)
class OutboxMailer:
    """Puts e-mail into an outbox."""

    outbox: Outbox

    async def send(
        self,
        to: str,
        subject: str,
        text: str,
        html: str | None = None,
        *,
        id_: UUID | None = None,
        unsubscribe: str | None = None,
    ) -> None:
        self.outbox.put(Sent("email", to, text, subject, html, id=id_, unsubscribe=unsubscribe))


@dataclass(frozen=True, slots=True)
class OutboxSms:
    """Puts text messages into an outbox."""

    outbox: Outbox

    async def send(self, to: str, text: str, *, id_: UUID | None = None) -> None:
        self.outbox.put(Sent("sms", to, text, id=id_))


@dataclass(frozen=True, slots=True)
class OutboxPush:
    """Puts push notifications into an outbox."""

    outbox: Outbox

    async def send(self, token: str, shown: Shown) -> None:
        # Whoever has a token can reach the device, so that no more than its beginning is shown.
        to = f"{token[:8]}…"
        self.outbox.put(Sent("push", to, shown.body, shown.title, id=shown.id, link=shown.link))
