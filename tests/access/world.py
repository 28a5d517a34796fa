"""The whole application over a handful of homes, and real people with real sign-ins to call its tools."""

import itertools
import json
from collections.abc import AsyncGenerator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, cast

import httpx
from pydantic_ai.messages import ModelMessage, ModelRequest, ToolReturnPart, UserPromptPart
from pydantic_ai.models.function import AgentInfo, DeltaToolCall, DeltaToolCalls, FunctionModel
from sqlalchemy import func, select, text
from starlette.applications import Starlette

from agent.chat import Chat
from facade import problems
from facade.challenges import Challenges
from servers import identity
from servers.app import Application
from servers.runtime import Runtime
from storage import people, signins
from storage.signins import SessionRow
from tests.homes import settle
from tests.servers.applications import hold_clocks, lifespan, settings
from tools.contract import AnyTool, Audience, Viewer

URL = "https://ghar.example"
UNLIMITED = 10_000_000
Server = Literal["user", "admin"]
PATHS: dict[Server, str] = {"user": "/mcp", "admin": "/mcp-admin"}

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Who:
    """A caller: what stands in their header, and what the server must make of it."""

    kind: str
    role: Audience = "guest"
    scopes: frozenset[str] = frozenset()
    token: str | None = None
    bad: bool = False
    """Whether the token must be refused wherever it is shown."""

    id: int = 0
    session: int = 0

    @property
    def headers(self) -> dict[str, str]:
        return {} if self.token is None else {"authorization": f"Bearer {self.token}"}


@dataclass
class World:
    """Everything that is asked, and the database behind it."""

    runtime: Runtime
    app: Any
    chat: Any
    digests: str = ""
    """The statement that reads a digest of every table, once it was written."""

    @asynccontextmanager
    async def client(self, app: Any) -> AsyncGenerator[httpx.AsyncClient]:
        """A client with an address of its own, so that no limit of one counts for another."""
        number = next(_numbers)
        peer = (f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}", 1)
        transport = httpx.ASGITransport(app, client=peer, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=URL) as client:
            yield client

    async def person(self, role: Audience = "member") -> int:
        """Somebody new."""
        async with self.runtime.database.writing() as db:
            there = await people.ensure(db, f"somebody{next(_numbers)}@ghar.test")
            if role != "member":
                await people.change(db, there.id, role=role)
            return there.id

    async def session(self, person: int, server: Server | None, scopes: Collection[str] = ()) -> int:
        """A new sign-in of theirs."""
        async with self.runtime.database.writing() as db:
            row = SessionRow(
                person_id=person,
                kind="development",
                audience=server,
                label="a test",
                scopes=sorted(scopes),
                expires_at=datetime.now(UTC) + timedelta(hours=2),
            )
            db.add(row)
            await db.flush()
            return row.id

    async def viewer(self, person: int) -> Viewer:
        """Somebody with all that their role can have, in the sign-in that they came with."""
        async with self.runtime.database.reading(primary=True) as db:
            there = await people.get(db, person)
            first = select(func.min(SessionRow.id)).where(SessionRow.person_id == person)
            session = await db.scalar(first)
        assert there is not None
        role = cast("Audience", there.role)
        return Viewer(person, role, self.reach(role), session=session)

    async def token(self, person: int, session: int, **told: Any) -> str:
        """An access token of a sign-in, as ours are but for what is told otherwise."""
        usual = {"sub": str(person), "sid": session, "client_id": "tests"}
        ends = {"exp": int((datetime.now(UTC) + timedelta(hours=1)).timestamp())}
        return await self.runtime.signer.sign({**usual, **ends, **told})

    async def signed_in(self, kind: str, role: Audience, server: Server, scopes: Collection[str]) -> Who:
        """Somebody new who has signed in for a server, with these scopes."""
        return await self.connected(kind, await self.person(role), role, server, scopes)

    async def connected(
        self, kind: str, person: int, role: Audience, server: Server, scopes: Collection[str]
    ) -> Who:
        """Another app of somebody's, with these scopes."""
        session = await self.session(person, server, scopes)
        token = await self.token(person, session, aud=URL + PATHS[server], scope=" ".join(sorted(scopes)))
        return Who(kind, role, frozenset(scopes), token, id=person, session=session)

    async def end(self, session: int) -> None:
        async with self.runtime.database.writing() as db:
            assert await signins.end(db, session)

    def reach(self, role: Audience) -> frozenset[str]:
        """Every scope of every tool that somebody in this role may call."""
        roles: list[Audience] = ["guest", "member", "staff", "admin"]
        below = roles[: roles.index(role) + 1]
        return frozenset(scope for tool in self.tools if tool.audience in below for scope in tool.scopes)

    @property
    def tools(self) -> list[AnyTool]:
        return list(self.runtime.catalog)

    async def contents(self) -> dict[str, str]:
        """A digest of every table's rows, without the times at which sign-ins were last used."""
        async with self.runtime.database.reading(primary=True) as db:
            if not self.digests:
                self.digests = " union all ".join(await db.scalars(text(_DIGESTS)))
            found = await db.execute(text(self.digests))
            return {str(name): str(digest) for name, digest in found}


_DIGESTS = """
select format(
  'select %L, count(*) || '' '' || coalesce(sum(hashtextextended(row(%s)::text, 0)), 0) from %I',
  relname, string_agg(quote_ident(attname), ', ' order by attnum), relname
)
from pg_class join pg_attribute on attrelid = pg_class.oid
where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'spatial_ref_sys'
  and attnum > 0 and not attisdropped and attname <> 'used_at'
group by relname order by relname"""


@asynccontextmanager
async def opened(database_url: str, home: Path) -> AsyncGenerator[World]:
    """The application, started, over the homes."""
    made: list[Runtime] = []

    async def prepare(runtime: Runtime) -> None:
        await settle(runtime.database, home)
        # What is looked at here is what callers change, and nothing that happens beside them.
        await hold_clocks(runtime)
        made.append(runtime)

    more = {"public_url": URL, "requests_per_minute": UNLIMITED, "worker": False}
    app = Application(settings(database_url, home, **more), prepare=prepare)
    async with lifespan(app):
        (runtime,) = made
        identified = identity.of(runtime)
        model = FunctionModel(stream_function=obedient)
        chat = Chat(runtime.dispatcher, identified.identify, lambda: model, f"{URL}/sign-in")
        async with identified.running(), chat.running():
            handlers = problems.handlers(Challenges(URL))
            yield World(runtime, app, Starlette(routes=chat.routes(), exception_handlers=handlers))


async def obedient(messages: list[ModelMessage], _info: AgentInfo) -> AsyncGenerator[str | DeltaToolCalls]:
    """A model that calls the tool that the question names, and says nothing more."""
    parts = [part for each in messages if isinstance(each, ModelRequest) for part in each.parts]
    if not isinstance(parts[-1], UserPromptPart):
        yield f"done: {[part.tool_name for part in parts if isinstance(part, ToolReturnPart)]}"
        return
    asked = json.loads(str(parts[-1].content))
    yield {0: DeltaToolCall(asked["tool"], json.dumps(asked["arguments"]), tool_call_id="call")}
