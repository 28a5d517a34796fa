"""OAuth: clients, pending requests, codes, refresh tokens, consents and signing keys. Secrets are hashed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

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
