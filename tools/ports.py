"""What tools need from outside, as protocols; who provides them is decided in `servers/app.py`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from storage.bus import Bus
from tools.cursors import Cursors
from tools.refusals import Unavailable


class Embedder(Protocol):
    """Turns text into vectors of `dimensions` floats, length one. Two models are never compared."""

    @property
    def model(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    async def query(self, text: str) -> list[float]:
        """The vector of a question."""
        ...

    async def passages(self, texts: Sequence[str]) -> list[list[float]]:
        """The vectors of things to be found, in order."""
        ...


class Clock(Protocol):
    def now(self) -> datetime:
        """The current time, in UTC, timezone-aware."""
        ...


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, for one person's devices."""

    whom: int
    name: str
    about: dict[str, Any]


class Mailer(Protocol):
    async def send(self, to: str, subject: str, text: str, html: str | None = None) -> None:
        """Hand a message to the mail system; `Undelivered` where it does not take it."""
        ...


class Sms(Protocol):
    async def send(self, to: str, text: str) -> None:
        """Hand a text message for a phone (E.164) to the provider; `Undelivered` where it is not taken."""
        ...


class Undelivered(Unavailable):
    """The message could not be sent. Try again in a moment."""


class Limiter(Protocol):
    async def take(self, key: str, most: int, seconds: int = 60) -> int:
        """Count one more of `key`: 0 where that makes at most `most` within any `seconds`, else how many
        seconds to wait. What is refused is not counted."""
        ...


class Unlimited:
    """Lets everything pass, for work that nobody sends us, and for tests of something else."""

    async def take(self, key: str, most: int, seconds: int = 60) -> int:
        return 0


UNLIMITED = Unlimited()


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything a tool may reach besides the database."""

    embedder: Embedder
    bus: Bus
    clock: Clock
    cursors: Cursors
    mailer: Mailer | None = None
    """None where this installation cannot send e-mail."""

    sms: Sms | None = None
    """None where this installation cannot send text messages."""

    limiter: Limiter = UNLIMITED
    url: str = "http://localhost:3600"
    """Where people reach this installation, without a slash at the end."""
