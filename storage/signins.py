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
    func,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    idle: bool
    """Whether it was last noted as used more than a minute ago."""


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


_NEWS: Final = """
select created_at < now() - interval '1 hour' or exists (
    select 1 from sessions where person_id = people.id and id <> :session_id)
from people where id = :person_id and not exists (
    select 1 from sessions where token_hash = :before and person_id = people.id)"""


async def is_news(db: AsyncSession, person_id: int, session_id: int, before: bytes | None = None) -> bool:
    """Whether a sign-in that has begun is worth telling its person.

    It is not where it is the first of all, or where the browser still had the cookie of an earlier one.
    """
    given = {"person_id": person_id, "session_id": session_id, "before": before}
    return bool((await db.execute(text(_NEWS), given)).scalar_one_or_none())


_WEB: Final = """
select sessions.id, person_id, used_at < now() - interval '1 minute' as idle
from sessions join people on people.id = person_id
where token_hash = :token_hash and kind = 'web' and ended_at is null and expires_at > now()
  and erased_at is null"""
_USED: Final = "update sessions set used_at = now() where id = :id and used_at < now() - interval '1 minute'"


async def web(db: AsyncSession, token_hash: bytes) -> WebSignIn | None:
    """The standing session of this cookie."""
    found = (await db.execute(text(_WEB), {"token_hash": token_hash})).one_or_none()
    return None if found is None else WebSignIn(found.id, found.person_id, found.idle)


async def used(db: AsyncSession, session_id: int) -> None:
    """Note that a session is in use, once a minute at most."""
    await db.execute(text(_USED), {"id": session_id})


async def end(db: AsyncSession, session_id: int) -> bool:
    """End a session and everything that came from it; answers whether it stood until now."""
    ended = text("update sessions set ended_at = now() where id = :id and ended_at is null returning id")
    return (await db.execute(ended, {"id": session_id})).scalar_one_or_none() is not None


async def of_person(
    db: AsyncSession, person_id: int, *, before: int | None, limit: int
) -> Sequence[SessionRow]:
    """A person's standing sessions, the newest first."""
    wanted = select(SessionRow).where(
        SessionRow.person_id == person_id, SessionRow.ended_at.is_(None), SessionRow.expires_at > func.now()
    )
    if before is not None:
        wanted = wanted.where(SessionRow.id < before)
    return (await db.scalars(wanted.order_by(SessionRow.id.desc()).limit(limit))).all()


_END_OF_PERSON: Final = """
update sessions set ended_at = coalesce(ended_at, now()) where id = :id and person_id = :person_id
returning id"""


async def end_of_person(db: AsyncSession, person_id: int, session_id: int) -> bool:
    """End one of a person's sessions; whether there is such a one, ended before or not."""
    given = {"id": session_id, "person_id": person_id}
    return (await db.execute(text(_END_OF_PERSON), given)).scalar_one_or_none() is not None


_END_ALL: Final = (
    # The codes first: one that is just being exchanged holds its row, and its session is then seen below.
    "delete from oauth_codes where person_id = :person_id and used_at is null",
    """update sessions set ended_at = now()
    where person_id = :person_id and ended_at is null and id is distinct from :but
    returning expires_at > now()""",
)


async def end_all(db: AsyncSession, person_id: int, *, but: int | None) -> int:
    """End all of a person's sessions but one; how many stood until now."""
    codes, sessions = _END_ALL
    await db.execute(text(codes), {"person_id": person_id})
    ended = await db.execute(text(sessions), {"person_id": person_id, "but": but})
    return sum(ended.scalars())


_CLEAN_UP: Final = (
    "delete from sign_in_codes where expires_at < now() - cast(:kept as interval)",
    """delete from sessions
    where expires_at < now() - cast(:kept as interval) or ended_at < now() - cast(:kept as interval)""",
)


async def clean_up(db: AsyncSession, kept: timedelta) -> int:
    """Forget codes and sessions that ended this long ago, `kept` being at least the day over which codes
    are counted; answers how many there were."""
    done = [await db.execute(text(each), {"kept": kept}) for each in _CLEAN_UP]
    return sum(getattr(each, "rowcount", 0) for each in done)
