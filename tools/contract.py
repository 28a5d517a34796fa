"""What a tool is: its declaration, the models it takes and gives, and the call it receives."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Generic, Literal, Protocol, Self, TypeVar, get_type_hints

from pydantic import ConfigDict, Field

from tools.activity import Change, State, Undo
from tools.blocks import Block, Text
from tools.docstrings import Described
from tools.host import SILENT, Host
from tools.ports import Event, Ports
from tools.refusals import AuthProviderUnreachable, Refused, SignInRequired
from tools.viewers import GUEST as GUEST
from tools.viewers import UNCHECKED as UNCHECKED
from tools.viewers import Audience as Audience
from tools.viewers import Person as Person
from tools.viewers import Viewer as Viewer
from tools.work import Work

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

    from tools.catalog import Catalog
    from tools.consent import Foreseen
    from tools.flags import Flag

Effect = Literal["read", "write", "destroy"]
Consent = Literal["page", "host"]
Surface = Literal["mcp", "rest", "agent", "cli"]
READ_SCOPE, WRITE_SCOPE = "mcp:read", "mcp:write"
"""What every tool for people who have signed in asks of a connection, before any finer scope."""

EVERYWHERE: frozenset[Surface] = frozenset({"mcp", "rest", "agent", "cli"})

CONFIRMING = "confirm-action"
"""The widget of every tool for members that needs consent: a call of it answers with a preview."""

_put = object.__setattr__


class Model(Described):
    """Base of everything a tool takes or gives. Unknown fields are refused. Built when first needed."""

    model_config = ConfigDict(extra="forbid", from_attributes=True, defer_build=True)

    @classmethod
    def of(cls, **values: Any) -> Self:
        """An instance of values that we made ourselves: all of its fields, none checked. For hot paths.

        It is `model_construct` without the search for aliases and defaults, which is most of what that costs.
        """
        made = cls.__new__(cls)
        _put(made, "__dict__", values)
        _put(made, "__pydantic_fields_set__", set(values))
        _put(made, "__pydantic_extra__", None)
        _put(made, "__pydantic_private__", None)
        return made

    def summary(self) -> str:
        """The answer in a sentence or two, for hosts that show only text."""
        return self.model_dump_json(exclude_none=True)

    def blocks(self) -> list[Block]:
        """What is read or looked at beside the structured answer. The first is the summary."""
        return [Text(self.summary())]


T = TypeVar("T")


class Page(Model, Generic[T]):
    """One page of a list. Pass `next_cursor` back as `cursor` for the page after it."""

    items: list[T]

    next_cursor: str | None
    """Opaque and signed; null on the last page."""

    has_more: bool

    def summary(self) -> str:
        """A line for each item, where items say themselves in one; otherwise all that there is."""
        if not self._in_lines():
            return super().summary()
        lines = [f"- {item.summary()}" for item in self.items if isinstance(item, Model)]
        return "\n".join((*lines, "There are more.") if self.has_more else lines) or "Nothing was found."

    def _in_lines(self) -> bool:
        (kind,) = type(self).__pydantic_generic_metadata__["args"] or (None,)
        return isinstance(kind, type) and issubclass(kind, Model) and kind.summary is not Model.summary


class Batch(Model):
    """What a job is asked that is repeated until nothing remains."""

    limit: Annotated[int, Field(ge=1, le=10_000)] = 1_000
    """How many to see to in one round."""


class Round(Model):
    """What one run of a job did that is repeated until nothing remains."""

    done: int
    remaining: int

    def summary(self) -> str:
        return f"{self.done:,} done, {self.remaining:,} remain."


@dataclass(slots=True)
class Call:
    """One invocation: who asks, the transaction it runs in, and what it may reach."""

    viewer: Viewer
    db: AsyncSession
    ports: Ports
    catalog: Catalog
    surface: Surface
    host: Host = SILENT
    turn: str | None = None
    key: str | None = None
    client: str = ""
    """The address that a guest is counted by; empty where there is none. It is kept nowhere."""

    decides: bool = False
    """Whether a person makes this very call, having seen what it does."""

    told: list[Event] = field(default_factory=list[Event])
    hints: set[str] = field(default_factory=set[str])
    """Topics that every process hears of, once the transaction has been committed."""

    changes: list[Change] = field(default_factory=list[Change])
    whose: int | None = None
    """On whose behalf, where that is somebody else."""

    back: Mapping[str, Any] | None = None
    """What the undo is to be called with."""

    within: Within | None = None
    opens: Callable[[], AbstractAsyncContextManager[AsyncSession]] | None = None
    brought: Any = None
    """What the tool's `ahead` has answered."""

    delegated: bool = False
    """Whether another tool was run within this one."""

    @property
    def member(self) -> Person:
        """The person who asks. Refuses a guest."""
        if self.viewer.id is None:
            raise AuthProviderUnreachable if self.viewer.unchecked else SignInRequired
        return Person(self.viewer.id, self.viewer.role)

    def now(self) -> datetime:
        """The time of this call, in UTC."""
        return self.ports.clock.now()

    def tell(self, whom: int, event: str, **about: Any) -> None:
        """Queue an event for a person; it is published only once the transaction has been committed."""
        self.told.append(Event(whom, event, about))

    def changed(
        self,
        kind: str,
        which: int | str,
        *,
        before: State = None,
        after: State = None,
        whose: int | None = None,
    ) -> None:
        """Say what this write touches, for the record; `whose` it is, where that is somebody else.

        Personal fields are masked when it is kept.
        """
        self.changes.append(Change(kind, which, before, after))
        if whose is not None and whose != self.viewer.id:
            self.whose = whose

    def rests_on(self, kind: str, which: int | str) -> None:
        """Say what else this write needs to stay as it is: as long as it stands, that is not taken back."""
        self.changes.append(Change(kind, which, how="needed"))

    def concerns(self, kind: str, which: int | str) -> None:
        """Say what else this write has to do with, so that it is found under that, too."""
        self.changes.append(Change(kind, which, how="about"))

    def undo_with(self, **arguments: Any) -> None:
        """Say with which arguments the declared undo restores what was before."""
        self.back = arguments

    def apart(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A transaction of its own, committed with its block: what takes long after it then holds nothing.

        It comes from the other pool, so that those who hold one connection and want a second cannot starve.
        """
        assert self.opens is not None, "only a write has anything to keep apart"
        return self.opens()

    async def do(self, name: str, given: Mapping[str, Any] | bytes, **because: Any) -> Model:
        """Run another tool through dispatch, in this transaction and as a write of its own.

        `because` says why: the `ticket` that was confirmed, with its `turn` and `key`, or what it `undoes`.
        """
        assert self.within is not None, "only a write can run another tool"
        self.delegated = True
        return await self.within(self, name, given, **because)


class Within(Protocol):
    """Runs a tool within the call of another."""

    async def __call__(
        self,
        call: Call,
        name: str,
        given: Mapping[str, Any] | bytes,
        *,
        ticket: UUID | None = None,
        turn: str | None = None,
        key: str | None = None,
        undoes: int | None = None,
    ) -> Model: ...


In = TypeVar("In", bound=Model)
Out = TypeVar("Out", bound=Model)
Function = Callable[[Call, In], Awaitable[Out]]


@dataclass(frozen=True, kw_only=True)
class Tool(Generic[In, Out]):
    """One capability, declared once. Calling it runs the function itself; surfaces go through dispatch."""

    name: str
    domain: str
    summary: str
    """What the caller gets, in at most 300 characters; a model reads it."""

    run: Function[In, Out]
    takes: type[In]
    gives: type[Out]
    audience: Audience
    effect: Effect
    scope: str | None
    idempotent: bool
    open_world: bool
    consent: Consent | None
    widget: str | None
    """The folder under `widgets/` of what shows its answer."""

    http: str | None
    resource: str | None
    """A URI, such as `amenities://all` or `property://{id}`, under which MCP hosts can read the answer."""

    resource_mime: str
    """What such a read gives: JSON of the answer, or the type of the document that the answer carries."""

    surfaces: frozenset[Surface]
    refuses: Mapping[str, type[Refused]]
    """Database constraints that may fail, and the refusal each one means."""

    per_minute: int | None = None
    """How often one person, or one guest's address, may call this in a minute, over all surfaces."""

    foretell: Callable[[Call, Any], Awaitable[Foreseen]] | None = None
    """What it would do, looked up without doing it. Every tool that needs consent has one; another may, for
    whoever approves it in our own chat."""

    undo: Undo | None = None
    """How it is taken back."""

    fresh: bool = False
    """Whether a read must see what was written just now, and so never asks a replica."""

    snapshot: Callable[[Call, Any], Awaitable[bool]] | None = None
    """Whether, given this input, it must see the database as it was when it began (REPEATABLE READ)."""

    ahead: Callable[[Call, Any], Awaitable[Any]] | None = None
    """What a write does before its transaction begins, since somebody outside takes part who may take their
    time: no connection is held meanwhile but within `call.apart()`. The answer is `call.brought`. It may be
    done again without the write being done: it leaves nothing behind that nobody removes."""

    app_only: bool = False
    """Whether it is for widgets, which hosts keep from their models."""

    work: Work | None = None
    """How it is done, where it is a job."""

    flag: Flag | None = None
    """What switches it off, or opens it to some people first."""

    async def __call__(self, call: Call, ask: In) -> Out:
        return await self.run(call, ask)

    @cached_property
    def title(self) -> str:
        """The name as a person would read it."""
        return self.name.replace("_", " ").capitalize()

    @property
    def reads(self) -> bool:
        return self.effect == "read"

    @cached_property
    def scopes(self) -> tuple[str, ...]:
        """What a connection must have been given to call this: the door's scope, then the tool's own."""
        if self.audience == "guest":
            return ()
        door = READ_SCOPE if self.reads else WRITE_SCOPE
        return (door,) if self.scope is None else (door, self.scope)


AnyTool = Tool[Any, Any]


def tool(
    audience: Audience,
    effect: Effect,
    *,
    scope: str | None = None,
    widget: str | None = None,
    http: str | None = None,
    resource: str | None = None,
    resource_mime: str = "application/json",
    idempotent: bool | None = None,
    open_world: bool = False,
    consent: Consent | None = None,
    surfaces: frozenset[Surface] = EVERYWHERE,
    refuses: Mapping[str, type[Refused]] | None = None,
    per_minute: int | None = None,
    foretell: Callable[[Call, Any], Awaitable[Foreseen]] | None = None,
    undo: Undo | None = None,
    fresh: bool = False,
    snapshot: Callable[[Call, Any], Awaitable[bool]] | None = None,
    ahead: Callable[[Call, Any], Awaitable[Any]] | None = None,
    app_only: bool = False,
    flag: Flag | None = None,
) -> Callable[[Function[In, Out]], Tool[In, Out]]:
    """Declare a tool. Its name, input model, output model and description are read off the function.

    `audience` is the least that a caller must be. A read runs in a read-only transaction. `http` is a method
    and path such as `GET /properties/{id}`; without it one is derived.
    """
    if consent is not None and foretell is None:
        raise TypeError("a tool that needs consent foretells what it would do")

    def declare(function: Function[In, Out]) -> Tool[In, Out]:
        hints = get_type_hints(function)
        return Tool(
            name=function.__name__,
            domain=_domain(function.__module__),
            summary=" ".join((function.__doc__ or "").split()),
            run=function,
            takes=hints["ask"],
            gives=hints["return"],
            audience=audience,
            effect=effect,
            scope=scope,
            idempotent=effect == "read" if idempotent is None else idempotent,
            open_world=open_world,
            consent=consent,
            widget=widget or _confirming(audience, consent),
            http=http,
            resource=resource,
            resource_mime=resource_mime,
            surfaces=surfaces,
            refuses=refuses or {},
            per_minute=per_minute,
            foretell=foretell,
            undo=undo,
            fresh=fresh,
            snapshot=snapshot,
            ahead=ahead,
            app_only=app_only,
            flag=flag,
        )

    return declare


def _confirming(audience: Audience, consent: Consent | None) -> str | None:
    """The widget of a tool that needs consent, on the server that has what the widget itself calls."""
    return CONFIRMING if consent and audience in ("guest", "member") else None


def _domain(module: str) -> str:
    package, _, rest = module.partition(".")
    return rest.split(".")[0] if package == "tools" and rest else package
