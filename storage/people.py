"""People: whoever has signed in, their role, and what staff look after."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    SmallInteger,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID, insert
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.engine import driver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

ROLES = ("member", "staff", "admin")
LANGUAGES = ("en", "hi")
_PREFERENCES = "select preferences from people where id = $1 and erased_at is null"
_ANEW = {"populate_existing": True}


class PersonRow(Base):
    """A person. Owners and tenants are members; staff are real-estate agents and relationship managers.

    Where there is an admin who stays, there is always one: a trigger refuses, as `people_last_admin`, what
    would take the role from the last one or begin to delete that account, also when two do it at once.
    """

    __tablename__ = "people"
    __table_args__ = (
        CheckConstraint(f"role in {ROLES}", name="role"),
        CheckConstraint(f"language in {LANGUAGES}", name="language"),
        CheckConstraint("phone ~ '^\\+[1-9][0-9]{6,14}$'", name="phone"),
        CheckConstraint("email = lower(email)", name="email"),
        CheckConstraint(
            "erased_at is null or (num_nonnulls(phone, email, name, supabase_id, deletes_at) = 0"
            " and preferences = '{}' and role = 'member')",
            name="erased",
        ),
        Index("people_erased_at_idx", "erased_at", postgresql_where=text("erased_at is not null")),
        Index("people_deletes_at_idx", "deletes_at", postgresql_where=text("deletes_at is not null")),
        Index("people_name_idx", "name", postgresql_using="gin", postgresql_ops={"name": "gin_trgm_ops"}),
        Index("people_role_idx", "role", postgresql_where=text("role <> 'member'")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    phone: Mapped[str | None] = mapped_column(unique=True)
    """E.164, such as +919876543210."""

    email: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str | None]
    role: Mapped[str] = mapped_column(server_default="member")
    language: Mapped[str] = mapped_column(server_default="en")
    preferences: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")
    supabase_id: Mapped[str | None] = mapped_column(UUID(as_uuid=False), unique=True)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))
    deletes_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """When the grace after "delete my account" ends."""

    erased_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    """When the personal data was erased; such a row can never sign in again."""


class AdminChangesRow(Base):
    """How often somebody ceased to be an admin: one row, which lets one at a time do so.

    Whoever does it in a snapshot that is older than the last change fails, and has to try again.
    """

    __tablename__ = "admin_changes"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    times: Mapped[int] = mapped_column(BigInteger)


class PortfolioRow(Base):
    """A property that a member of staff looks after."""

    __tablename__ = "portfolios"
    __table_args__ = (Index("portfolios_property_id_idx", "property_id"),)

    staff_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"), primary_key=True)
    property_id: Mapped[int] = mapped_column(
        ForeignKey("properties.id", ondelete="cascade"), primary_key=True
    )
    assigned_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))


async def get(db: AsyncSession, person_id: int) -> PersonRow | None:
    """The person of that id, unless erased."""
    return await db.scalar(select(PersonRow).where(PersonRow.id == person_id, PersonRow.erased_at.is_(None)))


async def preferences(db: AsyncSession, person_id: int) -> dict[str, Any]:
    """What somebody usually looks for; nothing where they never said so."""
    stored: str | None = await (await driver(db)).fetchval(_PREFERENCES, person_id)
    return json.loads(stored) if stored else {}


async def locked(db: AsyncSession, person_id: int) -> PersonRow | None:
    """The person of that id, unless erased, held against other writers until the transaction ends."""
    wanted = select(PersonRow).where(PersonRow.id == person_id, PersonRow.erased_at.is_(None))
    return await db.scalar(wanted.with_for_update(key_share=True).execution_options(**_ANEW))


async def other_admin(db: AsyncSession, person_id: int) -> bool:
    """Whether somebody else is an admin who stays."""
    standing = PersonRow.role == "admin", PersonRow.deletes_at.is_(None), PersonRow.erased_at.is_(None)
    other = select(PersonRow.id).where(PersonRow.id != person_id, *standing).limit(1)
    return await db.scalar(other) is not None


async def by_contact(db: AsyncSession, contact: str) -> PersonRow | None:
    """Whoever has this contact: a phone in E.164, or an e-mail address in lower case."""
    return await db.scalar(select(PersonRow).where(_column(contact) == contact))


async def ensure(db: AsyncSession, contact: str) -> PersonRow:
    """Whoever has this contact; a new member if nobody has. Two who ask at once get the same person."""
    there = await by_contact(db, contact)
    if there is not None:
        return there
    column = _column(contact)
    made = insert(PersonRow).values({column: contact})
    made = made.on_conflict_do_update(index_elements=[column], set_={column: contact})
    return (await db.scalars(made.returning(PersonRow))).one()


async def change(db: AsyncSession, person_id: int, **values: Any) -> PersonRow | None:
    """The person with these columns changed, or None where nobody of that id stands."""
    changed = (
        update(PersonRow)
        .where(PersonRow.id == person_id, PersonRow.erased_at.is_(None))
        .values(**values, updated_at=func.now())
        .returning(PersonRow)
    )
    return await db.scalar(changed.execution_options(**_ANEW))


async def found(
    db: AsyncSession,
    *,
    contact: str | None = None,
    name: str | None = None,
    role: str | None = None,
    before: int | None = None,
    limit: int,
) -> Sequence[PersonRow]:
    """People who fit all that is given, the newest first. `name` is any part of a name."""
    wanted = select(PersonRow).where(PersonRow.erased_at.is_(None))
    if contact is not None:
        wanted = wanted.where(_column(contact) == contact)
    if name is not None:
        wanted = wanted.where(PersonRow.name.icontains(name, autoescape=True))
    if role is not None:
        wanted = wanted.where(PersonRow.role == role)
    if before is not None:
        wanted = wanted.where(PersonRow.id < before)
    return (await db.scalars(wanted.order_by(PersonRow.id.desc()).limit(limit))).all()


def _column(contact: str) -> Any:
    return PersonRow.email if "@" in contact else PersonRow.phone
