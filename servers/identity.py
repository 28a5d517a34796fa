"""From a request to the viewer: an access token, or the cookie of a browser, or nobody."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args

from servers.lastuse import LastUse
from servers.signing import Signer
from servers.supabase import Supabase, SupabaseSignIn
from storage import linking
from storage.engine import Database
from storage.linking import Linked
from storage.standing import Standing, Standings
from tools import faults
from tools.contract import GUEST, READ_SCOPE, WRITE_SCOPE, AnyTool, Audience, Viewer
from tools.identity import Door, InvalidToken
from tools.refusals import Forbidden, Unavailable

if TYPE_CHECKING:
    from servers.runtime import Runtime
    from servers.signin.websession import WebSessions

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
ROLES: tuple[Audience, ...] = get_args(Audience)
T = TypeVar("T")


class CsrfTokenRequired(Forbidden):
    """A change made with the sign-in of a browser must bring its token in the header X-CSRF-Token."""


class Reach:
    """The scopes that somebody may use: by their role, and by the server that their token is for."""

    def __init__(self, tools: Iterable[AnyTool]) -> None:
        every = list(tools)
        self._of: dict[str, frozenset[str]] = {}
        for rank, role in enumerate(ROLES):
            below = ROLES[: rank + 1]
            own = {scope for tool in every if tool.audience in below for scope in tool.scopes}
            self._of[role] = frozenset() if role == "guest" else frozenset({READ_SCOPE, WRITE_SCOPE, *own})

    def of(self, role: str, door: Door = "any") -> frozenset[str]:
        """What the role can have. A token for the user server has no more than a member's, whoever it is."""
        return self._of["member" if door == "user" else role]


class Identity:
    """Answers who is asking. What a token was given is cached; whether it stands is asked every time."""

    def __init__(
        self,
        tools: Iterable[AnyTool],
        database: Database,
        signer: Signer,
        *,
        web: WebSessions | None = None,
        supabase: Supabase | None = None,
    ) -> None:
        """`web` and `supabase` are for REST and chat alone: MCP takes tokens of its own servers."""
        self._reach = Reach(tools)
        self._database = database
        self._signer = signer
        self._web = web
        self._supabase = supabase
        self._standings = Standings(database.line)
        self._uses = LastUse(database)
        self._audiences: dict[str, Door] = {
            f"{signer.issuer}/mcp": "user",
            f"{signer.issuer}/mcp-admin": "admin",
        }

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """For the server's lifespan: tries Supabase in the background, and at the end notes the last uses."""
        trying = None if self._supabase is None else asyncio.create_task(self._supabase.prewarm())
        try:
            yield
        finally:
            if trying is not None:
                trying.cancel()
                await asyncio.gather(trying, return_exceptions=True)
            await self._uses.close()

    async def identify(self, scope: Mapping[str, Any], door: Door) -> Viewer:
        """The viewer behind a request. A header counts before a cookie; an ended cookie counts as none."""
        authorization: bytes | None = None
        cookie = False
        for name, value in scope["headers"]:
            if name == b"authorization":
                if authorization is not None:
                    raise InvalidToken("Send one Authorization header.")
                authorization = value
            elif name == b"cookie":
                cookie = True
        if authorization is not None:
            return await self.bearer(authorization.decode("latin-1"), door)
        if cookie and door == "any" and self._web is not None:
            return await self._browser(self._web, scope)
        return GUEST

    async def bearer(self, authorization: str, door: Door) -> Viewer:
        """The viewer behind an `Authorization` header. Refuses a token that is not for this door."""
        scheme, _, token = authorization.partition(" ")
        token = token.strip()
        if scheme.lower() != "bearer" or not token:
            raise InvalidToken("The Authorization header must be: Bearer <token>.")
        if not token.isascii():
            raise InvalidToken
        if self._supabase is not None and door == "any" and self._supabase.issued(token):
            return await self._linked(await self._supabase.check(token))
        claims = await self._told(self._signer.verify(token))
        server = self._server(claims, door)
        session_id = claims.get("sid")
        if type(session_id) is not int or not 0 < session_id < 2**63:
            raise InvalidToken
        found = await self._ask(lambda: self._standings.by_id(session_id))
        if found is None or claims.get("sub") != str(found.person_id):
            raise InvalidToken
        return self._viewer(found, frozenset(str(claims.get("scope", "")).split()), server)

    def _server(self, claims: Mapping[str, Any], door: Door) -> Door:
        """Which server the token is for; the admin server where it is for both."""
        named: Any = claims.get("aud")
        given = cast("list[Any]", named) if isinstance(named, list) else [named]
        servers = {self._audiences.get(each) for each in given if isinstance(each, str)} - {None}
        if not servers or (door != "any" and door not in servers):
            raise InvalidToken
        return "admin" if "admin" in servers else "user"

    async def _linked(self, proven: SupabaseSignIn) -> Viewer:
        if proven.anonymous:
            return GUEST
        found = await self._ask(lambda: self._known(proven))
        if found is None or not (proven.synced or found.has_phone or proven.phone is None):
            found = await self._told(self._link(proven))
        proven.synced = True
        return Viewer(found.person_id, cast("Audience", found.role), self._reach.of(found.role), own=True)

    async def _known(self, proven: SupabaseSignIn) -> Linked | None:
        async with self._database.reading(primary=True) as db:
            return await linking.by_supabase(db, proven.subject)

    async def _link(self, proven: SupabaseSignIn) -> Linked:
        async with self._database.writing() as db:
            return await linking.link_supabase(db, proven.subject, proven.phone)

    async def _browser(self, web: WebSessions, scope: Mapping[str, Any]) -> Viewer:
        presented = web.presented(scope)
        if presented is None:
            return GUEST
        token_hash, csrf = presented
        found = await self._ask(lambda: self._standings.by_cookie(token_hash))
        if found is None:
            return GUEST
        if scope["method"] not in SAFE:
            sent = dict(scope["headers"]).get(b"x-csrf-token", b"")
            if not hmac.compare_digest(sent, csrf.encode()):
                raise CsrfTokenRequired
        return self._viewer(found, None, "any")

    def _viewer(self, found: Standing, scopes: frozenset[str] | None, door: Door) -> Viewer:
        if found.idle:
            self._uses.note(found.session_id)
        reach = self._reach.of(found.role, door)
        role = cast("Audience", found.role)
        own = scopes is None
        given = reach if scopes is None else scopes & reach
        return Viewer(found.person_id, role, given, found.session_id, own=own)

    async def _ask(self, question: Callable[[], Awaitable[T]]) -> T:
        """The answer to a question. A connection that died with a restarted server is tried once more."""
        try:
            return await question()
        except faults.DATABASE_ERRORS as error:
            if faults.waited(error) or not faults.gone(error):
                raise _unavailable(error) from error
        return await self._told(question())

    async def _told(self, work: Awaitable[T]) -> T:
        try:
            return await work
        except faults.DATABASE_ERRORS as error:
            raise _unavailable(error) from error


def of(runtime: Runtime, web: WebSessions | None = None) -> Identity:
    """The identity of an installation, with what its settings chose."""
    settings = runtime.settings
    chosen = settings.supabase_url and Supabase(settings.supabase_url, settings.supabase_audience)
    return Identity(runtime.catalog, runtime.database, runtime.signer, web=web, supabase=chosen or None)


async def of_token(runtime: Runtime, token: str | None, door: Door) -> Viewer:
    """The viewer of a program that was started with this token; a guest without one."""
    if token is None:
        return GUEST
    identity = of(runtime)
    async with identity.running():
        return await identity.bearer(f"Bearer {token}", door)


def _unavailable(error: Exception) -> Exception:
    return faults.refusal(error, {}) or Unavailable()
