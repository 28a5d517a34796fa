"""The caller's program: what a tool may tell it, or ask of it, while a call runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from tools.refusals import Refused

Capability = Literal["elicitation", "sampling", "roots"]


class Host(Protocol):
    """A connected host. Surfaces without one use `Silent`."""

    @property
    def answers(self) -> Mapping[str, Any]:
        """What came back for the requests of an earlier `NeedsInput`, by request name.

        A `Question` is answered by the fields of its form, a `Sampling` by text, `Roots` by a list of URIs.
        Raises `Declined` or `Dismissed` where the person did not answer.
        """
        ...

    @property
    def state(self) -> str | None:
        """The state that the earlier `NeedsInput` carried. Nobody else can have written it."""
        ...

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What may be asked of this host."""
        ...

    async def progress(self, done: float, total: float | None = None, said: str | None = None) -> None:
        """Show how far the call has come."""
        ...

    async def log(self, said: str) -> None:
        """Send one line to the host's log."""
        ...


@dataclass(frozen=True, slots=True)
class Silent:
    """A caller that listens to nothing and can be asked nothing."""

    answers: Mapping[str, Any] = field(default_factory=dict[str, Any])
    state: str | None = None
    capabilities: frozenset[Capability] = frozenset()

    async def progress(self, done: float, total: float | None = None, said: str | None = None) -> None:
        return None

    async def log(self, said: str) -> None:
        return None


SILENT = Silent()


@dataclass(frozen=True, slots=True)
class Question:
    """Something the host must put to its person: a message and the JSON schema of the answer."""

    message: str
    schema: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sampling:
    """Something the host must put to its model."""

    prompt: str
    max_tokens: int = 100


@dataclass(frozen=True, slots=True)
class Roots:
    """The host must say which folders it works in."""


Request = Question | Sampling | Roots


class NeedsInput(Exception):
    """The call cannot go on without the host, which must answer `requests`; then the tool runs again.

    No transaction is held open while somebody thinks: what must survive goes into `state`.
    """

    def __init__(self, requests: Mapping[str, Request], state: str | None = None) -> None:
        self.requests = requests
        self.state = state
        super().__init__("input required")


class CannotAsk(Refused):
    """This needs an answer from you, and this connection cannot ask for one."""


class Declined(Refused):
    """You chose not to answer, so nothing was done."""


class Dismissed(Refused):
    """You closed the question without an answer, so nothing was done."""
