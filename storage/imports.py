"""Imports: what each run read, and what it mended, flagged or refused."""

from datetime import datetime

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, DateTime, ForeignKey, Identity, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base

OUTCOMES = ("mended", "flagged", "refused")


class Import(Base):
    """One run of an import."""

    __tablename__ = "imports"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    source: Mapped[str]
    file: Mapped[str]
    started_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    read: Mapped[int]
    added: Mapped[int]
    changed: Mapped[int]
    unchanged: Mapped[int]
    refused: Mapped[int]


class ImportFinding(Base):
    """What an import mended, flagged or refused, by reason, with the rows concerned."""

    __tablename__ = "import_findings"
    __table_args__ = (
        UniqueConstraint("import_id", "outcome", "reason"),
        CheckConstraint(f"outcome in {OUTCOMES}", name="outcome"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id", ondelete="cascade"))
    outcome: Mapped[str]
    reason: Mapped[str]
    rows: Mapped[int]
    row_numbers: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    """The first thousand, counted from 1 for the first row of data."""
