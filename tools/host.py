"""The caller's program: what a tool may tell it, or ask of it, while a call runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from tools.refusals import Unavailable


class Host(Protocol):
    """A connected host. Surfaces without one use `Silent`."""

    @property
    def answers(self) -> Mapping[str, Any]:
        """What the host answered to the requests of an earlier `NeedsInput`, by request name."""
        ...

    @property
    def state(self) -> str | None:
        """The state that the earlier `NeedsInput` carried."""
        ...

    @property
    def capabilities(self) -> Mapping[str, Any]:
        """What the host says it can do, such as `elicitation` or `sampling`."""
        ...

    async def progress(self, done: float, total: float | None = None, said: str | None = None) -> None:
        """Show how far the call has come."""
        ...

    async def log(self, said: str) -> None:
        """Send one line to the host's log."""
        ...

    async def elicit(self, message: str, schema: dict[str, Any]) -> Any:
        """Ask the person a question while the call waits. Refuses where the host cannot."""
        ...

    async def sample(self, prompt: str, *, max_tokens: int) -> Any:
        """Ask the host's model while the call waits. Refuses where the host cannot."""
        ...


@dataclass(frozen=True, slots=True)
class Silent:
    """A caller that listens to nothing and can be asked nothing."""

    answers: Mapping[str, Any] = field(default_factory=dict[str, Any])
    state: str | None = None
    capabilities: Mapping[str, Any] = field(default_factory=dict[str, Any])

    async def progress(self, done: float, total: float | None = None, said: str | None = None) -> None:
        return None

    async def log(self, said: str) -> None:
        return None

    async def elicit(self, message: str, schema: dict[str, Any]) -> Any:
        raise Unavailable("This connection cannot ask the person a question.", retry_after=None)

    async def sample(self, prompt: str, *, max_tokens: int) -> Any:
        raise Unavailable("This connection has no model to ask.", retry_after=None)


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


class NeedsInput(Exception):
    """The call cannot go on without the host, which must answer `requests` and call again."""

    def __init__(self, requests: Mapping[str, Question | Sampling | Roots], state: str | None = None) -> None:
        self.requests = requests
        self.state = state
        super().__init__("input required")
