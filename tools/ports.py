"""What tools need from outside, as protocols; who provides them is decided in `servers/app.py`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from storage.bus import Bus
from storage.cache import UNCACHED, Cache
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
        """Hand a message to the mail system; `Undelivered` where it does not take it.

        One that is sent again with the same `id_` is the same message, for whoever receives both.
        `unsubscribe` is the address at which mail programs can say that there shall be no more.
        """
        ...


class Sms(Protocol):
    async def send(self, to: str, text: str, *, id_: UUID | None = None) -> None:
        """Hand a text message for a phone (E.164) to the provider; `Undelivered` where it is not taken.

        The provider is told the `id_`, so that it can tell a second attempt from a second message.
        """
        ...


@dataclass(frozen=True, slots=True)
class Shown:
    """What a device shows when nobody looks at the app."""

    id: UUID
    """A device that is sent the same once more shows it in the place of the first."""

    title: str
    body: str
    link: str
    """Where a touch leads: an address of ours."""

    urgent: bool = False
    """Whether a sleeping device is woken for it."""

    lives: timedelta = timedelta(days=1)
    """How long it waits for a device that cannot be reached."""

    about: Mapping[str, str] = field(default_factory=dict[str, str])
    """What apps are told beside it."""


class Push(Protocol):
    async def send(self, token: str, shown: Shown) -> None:
        """Hand a notification for one device to the provider; `Undelivered` where it is not taken."""
        ...


class Undelivered(Unavailable):
    """The message could not be sent. Try again in a moment."""


class Undeliverable(Undelivered):
    """This message is not taken, now or later."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message, retry_after=None)


class NoSuchAddress(Undeliverable):
    """No message is taken for that address."""


class Timetable(Protocol):
    def following(self, cron: str, after: datetime) -> datetime:
        """The first time after `after` that a crontab expression names in India's time; in UTC."""
        ...


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


def _no_other(_model: str) -> None:
    """There is no other embedder than the one that was chosen."""


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

    push: Push | None = None
    """None where this installation cannot reach devices."""

    limiter: Limiter = UNLIMITED
    cache: Cache = UNCACHED
    timetable: Timetable | None = None
    """None where nobody asks when a job is due."""

    embedder_of: Callable[[str], Embedder | None] = _no_other
    """The embedder of another model than `embedder`, for as long as that one's vectors are in use."""

    url: str = "http://localhost:3600"
    """Where people reach this installation, without a slash at the end."""
