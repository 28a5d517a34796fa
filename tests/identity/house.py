"""A house with people who have signed in: its keys, its clock, and requests to its doors."""

import base64
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import text

from servers.development import DevelopmentSignIns
from servers.identity import Identity
from servers.keys import Keys
from servers.signin.websession import WebSessions
from servers.signing import Signer
from servers.supabase import Supabase
from storage.engine import Database
from tools.catalog import Catalog
from tools.contract import Audience, Viewer
from tools.identity import Door

ISSUER = "https://ghar.example"
KEYS = Keys(b"a secret of the tests")
HOUR = timedelta(hours=1)


class Moving:
    """A clock that begins now and moves when it is told to."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC)

    def now(self) -> datetime:
        return self.at

    def move(self, by: timedelta) -> None:
        """Let that much time pass."""
        self.at += by


@dataclass
class House:
    """One replica on a database."""

    database: Database
    catalog: Catalog
    clock: Moving
    supabase: Supabase | None = None
    keys: Keys = KEYS
    issuer: str = ISSUER
    signer: Signer = field(init=False)
    web: WebSessions = field(init=False)
    identity: Identity = field(init=False)
    people: DevelopmentSignIns = field(init=False)

    def __post_init__(self) -> None:
        self.signer = Signer(self.database, self.keys, self.issuer, self.clock)
        self.web = WebSessions(self.database, self.keys, secure=False)
        self.identity = Identity(
            self.catalog, self.database, self.signer, web=self.web, supabase=self.supabase
        )
        self.people = DevelopmentSignIns(self.database, self.signer, self.catalog)

    async def token(self, role: Audience = "member", *scopes: str) -> str:
        """A fresh token of the made-up person of that role."""
        return await self.people.token(await self.people.person(role), scopes)

    async def signed(self, **changed: Any) -> str:
        """A token of a fresh session with claims changed; None leaves one out."""
        person = await self.people.person("member")
        await self.people.token(person)
        sid = await self.value("select max(id) from sessions")
        now = int(self.clock.now().timestamp())
        claims: dict[str, Any] = {"aud": f"{self.issuer}/mcp", "sub": str(person), "sid": sid}
        claims |= {"client_id": "tests", "scope": "mcp:read", "exp": now + 3600, **changed}
        return await self.signer.sign({name: value for name, value in claims.items() if value is not None})

    async def viewer(self, token: str, door: Door = "any") -> Viewer:
        """Who a request with that token is taken for."""
        return await self.identity.identify(request(authorization=f"Bearer {token}"), door)

    async def value(self, sql: str, **given: Any) -> Any:
        """One value from the database."""
        async with self.database.writing() as db:
            found = await (await db.connection()).execute(text(sql), given)
            return found.scalar() if found.returns_rows else None

    async def key(self, kid: str) -> Ed25519PrivateKey:
        """The private key of that name, which nobody but us can unseal."""
        sealed = await self.value("select sealed from signing_keys where kid = :kid", kid=kid)
        seal = Fernet(base64.urlsafe_b64encode(self.keys.of("signing keys")))
        return Ed25519PrivateKey.from_private_bytes(seal.decrypt(sealed))

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Run what identity does beside the requests."""
        async with self.identity.running():
            yield


def request(method: str = "GET", **headers: str) -> Mapping[str, Any]:
    """An HTTP request with these headers, as ASGI has it."""
    sent = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()]
    return {"type": "http", "method": method, "path": "/", "headers": sent}
