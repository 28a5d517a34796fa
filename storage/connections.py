"""Connections: where a person is signed in and what apps were allowed, as the person sees and ends them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from storage.oauth import AuthorizationCodeRow, ClientRow, ConsentRow
from storage.signins import SessionRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncSession


async def sessions_of(
    db: AsyncSession, person_id: int, now: datetime, *, before: int | None, limit: int
) -> Sequence[SessionRow]:
    """A person's standing sessions, the newest first."""
    wanted = select(SessionRow).where(
        SessionRow.person_id == person_id, SessionRow.ended_at.is_(None), SessionRow.expires_at > now
    )
    if before is not None:
        wanted = wanted.where(SessionRow.id < before)
    return (await db.scalars(wanted.order_by(SessionRow.id.desc()).limit(limit))).all()


async def end_session(db: AsyncSession, person_id: int, session_id: int, now: datetime) -> bool:
    """End one of a person's sessions; whether there is such a one, standing or ended before."""
    theirs = select(SessionRow.id).where(SessionRow.id == session_id, SessionRow.person_id == person_id)
    ended = update(SessionRow).where(SessionRow.id.in_(theirs), SessionRow.ended_at.is_(None))
    await db.execute(ended.values(ended_at=now))
    return await db.scalar(theirs) is not None


async def end_sessions(db: AsyncSession, person_id: int, now: datetime, *, but: int | None) -> int:
    """End a person's sessions, all but one; how many stood until now."""
    await db.execute(
        delete(AuthorizationCodeRow).where(
            AuthorizationCodeRow.person_id == person_id, AuthorizationCodeRow.used_at.is_(None)
        )
    )
    ended = update(SessionRow).where(
        SessionRow.person_id == person_id, SessionRow.ended_at.is_(None), SessionRow.id != (but or 0)
    )
    gone = await db.scalars(ended.values(ended_at=now).returning(SessionRow.expires_at))
    return sum(each > now for each in gone)


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person has allowed a client to do on one of the servers."""

    id: int
    client_id: str
    client: str
    """The client's name, as it calls itself."""

    audience: str
    scopes: list[str]
    created_at: datetime


async def consents_of(db: AsyncSession, person_id: int, *, before: int | None, limit: int) -> list[Consent]:
    """A person's standing consents, the newest first."""
    name = ClientRow.metadata_["client_name"].astext
    wanted = (
        select(ConsentRow, name)
        .join(ClientRow, ClientRow.id == ConsentRow.client_id)
        .where(ConsentRow.person_id == person_id, ConsentRow.withdrawn_at.is_(None))
    )
    if before is not None:
        wanted = wanted.where(ConsentRow.id < before)
    found = await db.execute(wanted.order_by(ConsentRow.id.desc()).limit(limit))
    return [
        Consent(
            id=row.id,
            client_id=row.client_id,
            client=called or row.client_id,
            audience=row.audience,
            scopes=row.scopes,
            created_at=row.created_at,
        )
        for row, called in found
    ]


async def withdraw(db: AsyncSession, person_id: int, consent_id: int, now: datetime) -> bool:
    """Withdraw one of a person's consents and end what came from it; whether there is such a one."""
    theirs = select(ConsentRow).where(ConsentRow.id == consent_id, ConsentRow.person_id == person_id)
    consent = await db.scalar(theirs.with_for_update())
    if consent is None:
        return False
    if consent.withdrawn_at is None:
        consent.withdrawn_at = now
        await _end_client(db, consent, now)
    return True


async def _end_client(db: AsyncSession, consent: ConsentRow, now: datetime) -> None:
    # Codes first: one that is being redeemed at this moment has begun its session when the delete returns.
    await db.execute(
        delete(AuthorizationCodeRow).where(
            AuthorizationCodeRow.person_id == consent.person_id,
            AuthorizationCodeRow.client_id == consent.client_id,
            AuthorizationCodeRow.audience == consent.audience,
            AuthorizationCodeRow.used_at.is_(None),
        )
    )
    ended = update(SessionRow).where(
        SessionRow.person_id == consent.person_id,
        SessionRow.client_id == consent.client_id,
        SessionRow.audience == consent.audience,
        SessionRow.ended_at.is_(None),
    )
    await db.execute(ended.values(ended_at=now))
