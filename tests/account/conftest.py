"""People who call tools, each signed in and with every permission that their role can have."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import pytest

from storage import people
from storage.engine import Database
from storage.people import PersonRow
from storage.signins import SessionRow
from tools.catalog import Catalog
from tools.consent import Preview
from tools.contract import Audience, Viewer
from tools.dispatch import Caller, Dispatcher
from tools.ports import Ports

ROLES: tuple[Audience, ...] = get_args(Audience)


@dataclass
class Clock:
    """A clock that a test can set."""

    shown: datetime = field(default_factory=lambda: datetime.now(UTC))

    def now(self) -> datetime:
        return self.shown

    def pass_(self, time: timedelta) -> None:
        self.shown += time


@dataclass(frozen=True)
class Somebody:
    """A person who calls tools through dispatch."""

    dispatcher: Dispatcher
    viewer: Viewer

    @property
    def id(self) -> int:
        assert self.viewer.id is not None
        return self.viewer.id

    @property
    def session(self) -> int:
        assert self.viewer.session is not None
        return self.viewer.session

    async def call(self, tool: str, /, **given: Any) -> Any:
        """The answer of a tool, which the person confirms where that is needed."""
        found = self.dispatcher.catalog[tool]
        answer = await self.dispatcher.run(found, given, Caller("rest", self.viewer))
        return await self.confirm(answer) if isinstance(answer, Preview) else answer

    async def confirm(self, preview: Preview) -> Any:
        """What comes of a preview that the person confirms on our own page."""
        page = Caller("rest", replace(self.viewer, own=True), decides=True)
        catalog = self.dispatcher.catalog
        given = {"ticket": preview.ticket}
        action: Any = await self.dispatcher.run(catalog["confirm_action"], given, page)
        return catalog[preview.tool].gives.model_validate(action.answer)

    def as_(self, role: Audience) -> "Somebody":
        """The same person in another role, as the next request would find them."""
        return replace(self, viewer=replace(self.viewer, role=role))


Join = Callable[..., Awaitable[Somebody]]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def dispatcher(catalog: Catalog, database: Database, ports: Ports, clock: Clock) -> Dispatcher:
    """The product's tools on the test's own empty database, at a time that the test sets."""
    return Dispatcher(catalog, database, replace(ports, clock=clock))


@pytest.fixture
def join(dispatcher: Dispatcher, database: Database, catalog: Catalog) -> Join:
    """Lets somebody with a contact sign in, in a role."""

    async def join(contact: str, role: Audience = "member") -> Somebody:
        async with database.writing() as db:
            person = await people.ensure(db, contact)
            await people.change(db, person.id, role=role)
            session = sign_in(person)
            db.add(session)
            await db.flush()
        scopes = [scope for tool in catalog if reaches(role, tool.audience) for scope in tool.scopes]
        return Somebody(dispatcher, Viewer(person.id, role, frozenset(scopes), session.id))

    return join


def sign_in(person: PersonRow, **told: Any) -> SessionRow:
    """A session of a person, in a browser unless told otherwise."""
    about = {"kind": "web", "label": "Firefox on Android", "expires_at": datetime(2099, 1, 1, tzinfo=UTC)}
    return SessionRow(person_id=person.id, **{**about, **told})


def reaches(role: Audience, audience: Audience) -> bool:
    return ROLES.index(role) >= ROLES.index(audience)


@pytest.fixture
async def asha(join: Join) -> Somebody:
    return await join("+919876543210")


@pytest.fixture
async def ravi(join: Join) -> Somebody:
    return await join("ravi@example.com")


@pytest.fixture
async def admin(join: Join) -> Somebody:
    return await join("+919811111111", "admin")
