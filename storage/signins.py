"""Sign-ins: one-time codes, and the sessions that they and other proofs begin. Secrets are kept as hashes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    SmallInteger,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

KINDS = ("web", "oauth", "development")
AUDIENCES = ("user", "admin")


class CodeRow(Base):
    """A one-time code that was sent to a phone or an e-mail address."""

    __tablename__ = "sign_in_codes"
    __table_args__ = (
        Index("sign_in_codes_contact_sent_at_idx", "contact", "sent_at"),
        Index("sign_in_codes_expires_at_idx", "expires_at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    contact: Mapped[str]
    """A phone in E.164, or an e-mail address in lower case."""

    code_hash: Mapped[bytes] = mapped_column(LargeBinary)
    """A keyed hash over contact and code."""

    sent_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    attempts: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class SessionRow(Base):
    """One sign-in of one person: a browser's, an OAuth client's, or one made for development."""

    __tablename__ = "sessions"
    __table_args__ = (
        CheckConstraint(f"kind in {KINDS}", name="kind"),
        CheckConstraint(f"audience in {AUDIENCES}", name="audience"),
        Index("sessions_person_id_idx", "person_id"),
        Index("sessions_expires_at_idx", "expires_at"),
        Index("sessions_client_id_idx", "client_id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"))
    kind: Mapped[str]
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True)
    """SHA-256 of the cookie of a web session."""

    client_id: Mapped[str | None] = mapped_column(ForeignKey("oauth_clients.id", ondelete="cascade"))
    audience: Mapped[str | None]
    """The server that an OAuth session's tokens are for; null where they are for all."""

    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    label: Mapped[str]
    """What the person knows it by: the client's name, or the kind of browser."""

    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))
    used_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))
    """When it was last used, to about a minute."""

    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class WebSignIn(NamedTuple):
    """A standing session of a browser."""

    id: int
    person_id: int


_BEGIN_WEB: Final = """
insert into sessions (person_id, kind, token_hash, label, expires_at)
values (:person_id, 'web', :token_hash, :label, now() + :lifetime)
returning id"""


async def begin_web(
    db: AsyncSession, person_id: int, token_hash: bytes, label: str, lifetime: timedelta
) -> int:
    """Begin a browser's session; answers its id."""
    given = {"person_id": person_id, "token_hash": token_hash, "label": label, "lifetime": lifetime}
    return (await db.execute(text(_BEGIN_WEB), given)).scalar_one()


_WEB: Final = """
select sessions.id, person_id, used_at < now() - interval '1 minute' as idle
from sessions join people on people.id = person_id
where token_hash = :token_hash and kind = 'web' and ended_at is null and expires_at > now()
  and erased_at is null"""
_USED: Final = "update sessions set used_at = now() where id = :id and used_at < now() - interval '1 minute'"


async def web(db: AsyncSession, token_hash: bytes) -> WebSignIn | None:
    """The standing session of this cookie, which is noted as used."""
    found = (await db.execute(text(_WEB), {"token_hash": token_hash})).one_or_none()
    if found is None:
        return None
    if found.idle:
        await db.execute(text(_USED), {"id": found.id})
    return WebSignIn(found.id, found.person_id)


async def end(db: AsyncSession, session_id: int) -> bool:
    """End a session and everything that came from it; answers whether it stood until now."""
    ended = text("update sessions set ended_at = now() where id = :id and ended_at is null returning id")
    return (await db.execute(ended, {"id": session_id})).scalar_one_or_none() is not None
