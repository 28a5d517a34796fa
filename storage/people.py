"""People: whoever has signed in, their role, and what staff look after."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, DateTime, ForeignKey, Identity, Index, text
from sqlalchemy.dialects.postgresql import JSONB, UUID
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base

ROLES = ("member", "staff", "admin")
LANGUAGES = ("en", "hi")


class PersonRow(Base):
    """A person. Owners and tenants are members; staff are real-estate agents and relationship managers."""

    __tablename__ = "people"
    __table_args__ = (
        CheckConstraint(f"role in {ROLES}", name="role"),
        CheckConstraint(f"language in {LANGUAGES}", name="language"),
        CheckConstraint("phone ~ '^\\+[1-9][0-9]{6,14}$'", name="phone"),
        CheckConstraint("email = lower(email)", name="email"),
        Index("people_deletes_at_idx", "deletes_at", postgresql_where=text("deletes_at is not null")),
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


class PortfolioRow(Base):
    """A property that a member of staff looks after."""

    __tablename__ = "portfolios"
    __table_args__ = (Index("portfolios_property_id_idx", "property_id"),)

    staff_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="cascade"), primary_key=True)
    property_id: Mapped[int] = mapped_column(
        ForeignKey("properties.id", ondelete="cascade"), primary_key=True
    )
    assigned_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=text("now()"))
