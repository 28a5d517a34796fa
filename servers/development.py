"""Development sign-ins: real sessions of made-up people, for `ghar token` and never in production."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from servers.identity import Reach
from servers.signing import LONGEST, Signer
from storage import people
from storage.engine import Database
from storage.signins import SessionRow
from tools.catalog import Catalog
from tools.contract import Audience
from tools.ports import SystemClock
from tools.refusals import Invalid, NotFound

HOUR = timedelta(hours=1)
STAFF = ("staff", "admin")


@dataclass(frozen=True, slots=True)
class DevelopmentSignIns:
    """Signs made-up people in."""

    database: Database
    signer: Signer
    catalog: Catalog

    async def person(self, role: Audience) -> int:
        """The made-up person of this role, one for each; made when first asked for."""
        async with self.database.writing() as db:
            there = await people.ensure(db, f"{role}@360ghar.example")
            if there.role != role:
                await people.change(db, there.id, role=role)
            return there.id

    async def token(self, person_id: int, scopes: Collection[str] = (), lifetime: timedelta = HOUR) -> str:
        """An access token of a new session, with these scopes or all that the person's role can have.

        It is for the user server, and for the admin server too where the person is staff or an admin.
        """
        if not timedelta(0) < lifetime <= LONGEST:
            raise Invalid(f"A token can live for up to {LONGEST // HOUR} hours.")
        async with self.database.writing() as db:
            person = await people.get(db, person_id)
            if person is None:
                raise NotFound(f"No person {person_id}.")
            reach = Reach(self.catalog).of(person.role)
            unknown = sorted(set(scopes) - reach)
            if unknown:
                raise Invalid(f"{', '.join(unknown)}: a {person.role} can have {', '.join(sorted(reach))}.")
            until = SystemClock().now() + lifetime
            given = sorted(scopes or reach)
            row = SessionRow(
                person_id=person.id, kind="development", label="ghar token", scopes=given, expires_at=until
            )
            db.add(row)
            await db.flush()
            session_id, role = row.id, person.role
        servers = ("mcp", "mcp-admin") if role in STAFF else ("mcp",)
        claims = {
            "aud": [f"{self.signer.issuer}/{each}" for each in servers],
            "sub": str(person_id),
            "sid": session_id,
            "client_id": "ghar-token",
            "scope": " ".join(given),
            "exp": int(until.timestamp()),
        }
        return await self.signer.sign(claims)
