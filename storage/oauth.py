"""OAuth: clients, pending requests, codes, refresh tokens, consents and signing keys. Secrets are hashed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.signins import AUDIENCES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

CLIENT_KINDS = ("registered", "document")


class ClientRow(Base):
    """An OAuth client: registered by itself (RFC 7591), or known by its metadata document."""

    __tablename__ = "oauth_clients"
    __table_args__ = (
        CheckConstraint(f"kind in {CLIENT_KINDS}", name="kind"),
        Index("oauth_clients_created_at_idx", "created_at", postgresql_where=text("used_at is null")),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    metadata_: Mapped[dict[str, Any]] = mapped_column("metadata", JSONB)
    """Its public metadata. A client's secret is derived from its id and never stored."""

    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))
    used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    fresh_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """Until when a metadata document need not be fetched again."""


class RequestRow(Base):
    """An authorization request that waits for a person's consent."""

    __tablename__ = "oauth_requests"
    __table_args__ = (
        CheckConstraint(f"audience in {AUDIENCES}", name="audience"),
        Index("oauth_requests_expires_at_idx", "expires_at"),
        Index("oauth_requests_client_id_idx", "client_id"),
        Index("oauth_requests_person_id_idx", "person_id"),
    )

    id_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("oauth_clients.id", ondelete="cascade"))
    audience: Mapped[str]
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    state: Mapped[str | None]
    code_challenge: Mapped[str]
    redirect_uri: Mapped[str]
    redirect_uri_given: Mapped[bool]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="cascade"))
    """Who opened it first; nobody else may answer it."""

    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class AuthorizationCodeRow(Base):
    """An authorization code. A used one is kept for a day, so that a replay is recognised."""

    __tablename__ = "oauth_codes"
    __table_args__ = (
        CheckConstraint(f"audience in {AUDIENCES}", name="audience"),
        Index("oauth_codes_expires_at_idx", "expires_at"),
        Index("oauth_codes_person_id_idx", "person_id"),
        Index("oauth_codes_client_id_idx", "client_id"),
    )

    code_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("oauth_clients.id", ondelete="cascade"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"))
    audience: Mapped[str]
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    code_challenge: Mapped[str]
    redirect_uri: Mapped[str]
    redirect_uri_given: Mapped[bool]
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("sessions.id", ondelete="cascade"))
    """The session that this code began."""


class RefreshTokenRow(Base):
    """A refresh token of a session. Each serves once; one that is used again ends its session."""

    __tablename__ = "oauth_refresh_tokens"
    __table_args__ = (
        Index("oauth_refresh_tokens_session_id_idx", "session_id"),
        Index("oauth_refresh_tokens_expires_at_idx", "expires_at"),
    )

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id", ondelete="cascade"))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class ConsentRow(Base):
    """What a person has allowed a client to do on one of the servers, until it is withdrawn."""

    __tablename__ = "oauth_consents"
    __table_args__ = (
        CheckConstraint(f"audience in {AUDIENCES}", name="audience"),
        Index(
            "oauth_consents_standing_key",
            "person_id",
            "client_id",
            "audience",
            unique=True,
            postgresql_where=text("withdrawn_at is null"),
        ),
        Index("oauth_consents_client_id_idx", "client_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"))
    client_id: Mapped[str] = mapped_column(ForeignKey("oauth_clients.id", ondelete="cascade"))
    audience: Mapped[str]
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class SigningKeyRow(Base):
    """A key that signs access tokens. The private part is sealed with a key of the installation's secret."""

    __tablename__ = "signing_keys"

    kid: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))
    retired_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """When another took over. It verifies until every token that it signed has expired."""


class Client(NamedTuple):
    """A client as it is stored."""

    id: str
    kind: str
    metadata: dict[str, Any]
    fresh: bool
    """Whether what is stored of a metadata document may be used without fetching it again."""


_CLIENT: Final = """
select id, kind, metadata, coalesce(fresh_until > now(), false) from oauth_clients where id = :id"""


async def client(db: AsyncSession, client_id: str) -> Client | None:
    """The client of that id, if it is known."""
    found = (await db.execute(text(_CLIENT), {"id": client_id})).one_or_none()
    return None if found is None else Client(*found)


async def register(db: AsyncSession, client_id: str, metadata: Mapping[str, Any]) -> None:
    """Keep a client that has registered itself."""
    db.add(ClientRow(id=client_id, kind="registered", metadata_=dict(metadata)))
    await db.flush()


_DOCUMENT: Final = """
insert into oauth_clients (id, kind, metadata, fresh_until)
values (:id, 'document', cast(:metadata as jsonb), now() + :fresh)
on conflict (id) do update set metadata = excluded.metadata, fresh_until = excluded.fresh_until"""


async def keep_document(
    db: AsyncSession, client_id: str, metadata: str, fresh: timedelta = timedelta()
) -> None:
    """Keep what a metadata document says (JSON), and for how long it need not be fetched again."""
    await db.execute(text(_DOCUMENT), {"id": client_id, "metadata": metadata, "fresh": fresh})


async def used(db: AsyncSession, client_id: str) -> None:
    """Note that a client has been given tokens."""
    await db.execute(text("update oauth_clients set used_at = now() where id = :id"), {"id": client_id})


class Request(NamedTuple):
    """An authorization request that waits for an answer."""

    client_id: str
    audience: str
    scopes: list[str]
    state: str | None
    code_challenge: str
    redirect_uri: str
    redirect_uri_given: bool


_ADD_REQUEST: Final = """
insert into oauth_requests (id_hash, client_id, audience, scopes, state, code_challenge, redirect_uri,
                            redirect_uri_given, expires_at)
values (:id_hash, :client_id, :audience, :scopes, :state, :code_challenge, :redirect_uri,
        :redirect_uri_given, now() + :lifetime)"""
_OPEN: Final = """
update oauth_requests set person_id = :person_id
where id_hash = :id_hash and expires_at > now() and (person_id is null or person_id = :person_id)
returning client_id, audience, scopes, state, code_challenge, redirect_uri, redirect_uri_given"""
_ANSWER: Final = """
delete from oauth_requests
where id_hash = :id_hash and expires_at > now() and person_id = :person_id
returning client_id, audience, scopes, state, code_challenge, redirect_uri, redirect_uri_given"""


async def add_request(db: AsyncSession, id_hash: bytes, asked: Request, lifetime: timedelta) -> None:
    """Keep a request until somebody answers it."""
    await db.execute(text(_ADD_REQUEST), {**asked._asdict(), "id_hash": id_hash, "lifetime": lifetime})


async def waits(db: AsyncSession, id_hash: bytes) -> bool:
    """Whether that request waits for an answer."""
    wanted = text("select 1 from oauth_requests where id_hash = :id_hash and expires_at > now()")
    return (await db.execute(wanted, {"id_hash": id_hash})).scalar_one_or_none() is not None


async def open_request(db: AsyncSession, id_hash: bytes, person_id: int) -> Request | None:
    """That request, from now on this person's alone; None when it has expired or is somebody else's."""
    found = (await db.execute(text(_OPEN), {"id_hash": id_hash, "person_id": person_id})).one_or_none()
    return None if found is None else Request(*found)


async def answer_request(db: AsyncSession, id_hash: bytes, person_id: int) -> Request | None:
    """Take that request away to answer it; None when this person has not opened it, or it is answered."""
    found = (await db.execute(text(_ANSWER), {"id_hash": id_hash, "person_id": person_id})).one_or_none()
    return None if found is None else Request(*found)


_CONSENT: Final = """
insert into oauth_consents (person_id, client_id, audience, scopes)
values (:person_id, :client_id, :audience, :scopes)
on conflict (person_id, client_id, audience) where withdrawn_at is null
do update set scopes = array(select distinct unnest(oauth_consents.scopes || excluded.scopes) order by 1)"""
_ALLOWED: Final = """
select 1 from oauth_consents
where person_id = :person_id and client_id = :client_id and audience = :audience and withdrawn_at is null
  and scopes @> :scopes
for share"""


async def remember(
    db: AsyncSession, person_id: int, client_id: str, audience: str, scopes: Sequence[str]
) -> None:
    """Remember that a person allowed this, beside what they have allowed the client there before."""
    given = {"person_id": person_id, "client_id": client_id, "audience": audience, "scopes": list(scopes)}
    await db.execute(text(_CONSENT), given)


async def allowed(
    db: AsyncSession, person_id: int, client_id: str, audience: str, scopes: Sequence[str]
) -> bool:
    """Whether the person has allowed this client all of that, and cannot withdraw it before the end."""
    given = {"person_id": person_id, "client_id": client_id, "audience": audience, "scopes": list(scopes)}
    return (await db.execute(text(_ALLOWED), given)).scalar_one_or_none() is not None


class Consent(NamedTuple):
    """What a person allows a client to do."""

    id: int
    client_id: str
    client_kind: str
    client_name: str | None
    audience: str
    scopes: list[str]
    created_at: datetime
    used_at: datetime | None
    """When the client last used it; null when it never has."""


_CONSENTS: Final = """
select c.id, c.client_id, kind, metadata ->> 'client_name', c.audience, c.scopes, c.created_at,
       (select max(used_at) from sessions s
        where s.person_id = c.person_id and s.client_id = c.client_id and s.audience = c.audience)
from oauth_consents c join oauth_clients on oauth_clients.id = c.client_id
where c.person_id = :person_id and withdrawn_at is null
order by c.created_at desc, c.id desc"""


async def consents_of(db: AsyncSession, person_id: int) -> list[Consent]:
    """What this person allows, the latest first."""
    return [Consent(*row) for row in await db.execute(text(_CONSENTS), {"person_id": person_id})]


_WITHDRAW: Final = """
update oauth_consents set withdrawn_at = now()
where id = :id and person_id = :person_id and withdrawn_at is null
returning client_id, audience"""
_WITHDRAWN: Final = (
    # The codes first: one that is just being exchanged holds its row, and its session is then seen below.
    """delete from oauth_codes
    where person_id = :person_id and client_id = :client_id and audience = :audience and used_at is null""",
    """update sessions set ended_at = now()
    where person_id = :person_id and client_id = :client_id and audience = :audience and kind = 'oauth'
      and ended_at is null""",
)


async def withdraw(db: AsyncSession, person_id: int, consent_id: int) -> bool:
    """Withdraw a consent: everything that the client holds by it ends at once. False if it is not theirs."""
    taken = await db.execute(text(_WITHDRAW), {"id": consent_id, "person_id": person_id})
    found = taken.one_or_none()
    if found is None:
        return False
    for statement in _WITHDRAWN:
        given = {"person_id": person_id, "client_id": found.client_id, "audience": found.audience}
        await db.execute(text(statement), given)
    return True


_FORGET: Final = (
    "delete from oauth_requests where expires_at < now()",
    # A document can be fetched again, so it goes sooner. Nobody's pending answer goes with a client.
    """delete from oauth_clients
    where used_at is null
      and created_at < now() - case kind when 'document' then interval '1 day' else interval '30 days' end
      and not exists (select 1 from oauth_requests where client_id = oauth_clients.id)
      and not exists (select 1 from oauth_codes where client_id = oauth_clients.id)""",
)


async def forget(db: AsyncSession) -> None:
    """Delete requests that nobody answered in time, and clients that got no tokens: those that registered
    after 30 days, those of metadata documents after one."""
    for statement in _FORGET:
        await db.execute(text(statement))
