"""What tools need from outside, as protocols; who provides them is decided in `servers/app.py`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
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


@dataclass(frozen=True, slots=True)
class Peek:
    """The size of a file, and how it begins."""

    size: int
    start: bytes


class StoreAway(Unavailable):
    """Files cannot be reached right now. Try again in a moment."""


class Blobs(Protocol):
    """Files by name. Names are ours; the store takes them as they are."""

    async def put(self, name: str, content: bytes) -> None:
        """Store a file, in the place of one of that name."""
        ...

    async def get(self, name: str) -> bytes | None:
        """A file's content; None where there is none of that name."""
        ...

    async def put_file(self, name: str, path: Path) -> None:
        """Store a file of this machine, which may be large, in the place of one of that name."""
        ...

    async def fetch(self, name: str, path: Path) -> bool:
        """Write a file's content to a path of this machine; whether there is one of that name."""
        ...

    async def peek(self, name: str) -> Peek | None:
        """A file's size, and its first bytes: 64, or all that there are."""
        ...

    async def delete(self, name: str) -> None:
        """Remove a file; nothing where there is none of that name."""
        ...

    async def upload_address(self, name: str, seconds: int) -> str | None:
        """Where anybody can PUT that file for so long; None where the store takes files from us alone."""
        ...


@dataclass(frozen=True, slots=True)
class Developed:
    """A picture, upright, without anything but its pixels."""

    width: int
    height: int
    placeholder: str
    likeness: int
    files: Mapping[str, bytes]
    """Every size by the name of its file."""


class BadPicture(Exception):
    """A picture cannot be used; the text is a code of the reason."""


class Imaging(Protocol):
    async def develop(self, content: bytes) -> Developed:
        """All sizes of a picture; `BadPicture` where it is none that can be used."""
        ...


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

    blobs: Blobs | None = None
    """None where this installation keeps no files."""

    imaging: Imaging | None = None
    """None where this process looks through no pictures."""

    limiter: Limiter = UNLIMITED
    cache: Cache = UNCACHED
    timetable: Timetable | None = None
    """None where nobody asks when a job is due."""

    embedder_of: Callable[[str], Embedder | None] = _no_other
    """The embedder of another model than `embedder`, for as long as that one's vectors are in use."""

    url: str = "http://localhost:3600"
    """Where people reach this installation, without a slash at the end."""
