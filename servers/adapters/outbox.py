"""Where messages go in development: a list in this process, shown at `/outbox`."""

from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime

KEPT = 50


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that would have left."""

    to: str
    subject: str | None
    """None for a text message."""

    text: str
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


class Outbox:
    """Keeps the last messages instead of sending them."""

    def __init__(self) -> None:
        self.messages: deque[Sent] = deque(maxlen=KEPT)
        """The newest first."""

    @property
    def mailer(self) -> "OutboxMailer":
        """Takes e-mail."""
        return OutboxMailer(self)

    @property
    def sms(self) -> "OutboxSms":
        """Takes text messages."""
        return OutboxSms(self)


@dataclass(frozen=True, slots=True)
class OutboxMailer:
    """Puts e-mail into an outbox."""

    outbox: Outbox

    async def send(self, to: str, subject: str, text: str, html: str | None = None) -> None:
        self.outbox.messages.appendleft(Sent(to, subject, text))


@dataclass(frozen=True, slots=True)
class OutboxSms:
    """Puts text messages into an outbox."""

    outbox: Outbox

    async def send(self, to: str, text: str) -> None:
        self.outbox.messages.appendleft(Sent(to, None, text))
