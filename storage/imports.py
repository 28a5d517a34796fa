"""Imports: what each run read, and what it mended, flagged or refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    UniqueConstraint,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.listings import FLAGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

DEMO = "demo"
"""The source of properties that are made up."""

OUTCOMES = ("mended", "flagged", "refused")
REASONS = FLAGS | {
    "wrong_number_of_fields": "The row has more or fewer values than the file has columns.",
    "unreadable_row": "The row cannot be read as CSV.",
    "no_source_id": "The row has no id.",
    "repeated_source_id": "An earlier row has the same id.",
    "unknown_purpose": "The row says neither sale, rent nor PG.",
    "unknown_kind": "The row's kind of property is not one that is known here.",
    "no_price": "The row has no price.",
    "bad_price": "The row's price is not an amount of money above zero.",
    "title_made": "The row had no title; one was made from its other values.",
    "area_dropped": "The area was not a number above zero.",
    "bhk_dropped": "The number of bedrooms was not a whole number below 100.",
    "balconies_dropped": "The number of balconies was not a whole number below 100.",
    "society_not_a_name": "The society's name was a description and was left out.",
    "coordinates_swapped": "Latitude and longitude were the wrong way round.",
    "coordinates_unreadable": "The coordinates were not numbers.",
    "coordinates_out_of_region": "The coordinates lay outside the region.",
    "encoding_mended": "Some bytes were not UTF-8 and were read as Windows text.",
    "invisible_characters_removed": "Control or invisible characters were taken out.",
    "markup_removed": "HTML was taken out.",
    "contact_removed": "A phone number or an e-mail address was taken out.",
    "text_shortened": "A text was too long and was cut.",
}
"""What each reason of a finding means."""


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
    trial: Mapped[bool] = mapped_column(server_default="false")
    """Whether nothing was written: it says what an import would do."""


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


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason, and the rows that it concerns."""

    outcome: str
    reason: str
    rows: int
    row_numbers: list[int]


@dataclass(frozen=True, slots=True)
class Report:
    """What one import did. `findings` are in the order refused, flagged, mended, the most frequent first."""

    id: int
    source: str
    file: str
    started_at: datetime
    ended_at: datetime
    read: int
    added: int
    changed: int
    unchanged: int
    refused: int
    trial: bool
    findings: list[Finding]


KEPT_ROW_NUMBERS = 1000


async def save(db: AsyncSession, done: Import, findings: Mapping[tuple[str, str], Sequence[int]]) -> Report:
    """Keep what an import did; `findings` are the row numbers by outcome and reason."""
    db.add(done)
    await db.flush()
    for (outcome, reason), rows in findings.items():
        kept = sorted(rows)[:KEPT_ROW_NUMBERS]
        db.add(
            ImportFinding(import_id=done.id, outcome=outcome, reason=reason, rows=len(rows), row_numbers=kept)
        )
    await db.flush()
    return await _report(db, done)


async def get(db: AsyncSession, import_id: int) -> Report | None:
    """What that import did."""
    found = await db.get(Import, import_id)
    return None if found is None else await _report(db, found)


async def latest(db: AsyncSession, *, before: int | None = None, limit: int = 20) -> list[Import]:
    """The imports of the past, newest first, from before that id on. Trials are none."""
    wanted = select(Import).where(~Import.trial).order_by(Import.id.desc()).limit(limit)
    if before is not None:
        wanted = wanted.where(Import.id < before)
    return list((await db.scalars(wanted)).all())


async def _report(db: AsyncSession, done: Import) -> Report:
    wanted = select(ImportFinding).where(ImportFinding.import_id == done.id)
    found = (await db.scalars(wanted)).all()
    ordered = sorted(found, key=lambda each: (-OUTCOMES.index(each.outcome), -each.rows, each.reason))
    return Report(
        id=done.id,
        source=done.source,
        file=done.file,
        started_at=done.started_at,
        ended_at=done.ended_at,
        read=done.read,
        added=done.added,
        changed=done.changed,
        unchanged=done.unchanged,
        refused=done.refused,
        trial=done.trial,
        findings=[Finding(each.outcome, each.reason, each.rows, each.row_numbers) for each in ordered],
    )
