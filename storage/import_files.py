"""Import files: lists of listings that staff sent, checked first, then imported once they confirm it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    delete,
    func,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage import imports, listing_forms
from storage.base import Base

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

RESERVED: Final = frozenset({listing_forms.SOURCE, imports.DEMO})
"""Sources of our own, which no file brings."""

MOST_BYTES: Final = 64 * 1024 * 1024
STATES: Final = ("waiting", "sent", "checking", "checked", "refused", "importing", "done")
AT_ONCE: Final = "import_files_at_once_idx"
"""Of the files of one source, one is imported at a time."""


class ImportFileRow(Base):
    """A file of listings on its way in. The file itself is removed once it was imported, or after a day."""

    __tablename__ = "import_files"
    __table_args__ = (
        CheckConstraint(f"state in {STATES}", name="state"),
        Index(AT_ONCE, "source", unique=True, postgresql_where=text("state = 'importing'")),
        Index("import_files_person_id_idx", "person_id", postgresql_where=text("person_id is not null")),
        Index("import_files_source_idx", "source", postgresql_where=text("import_id is not null")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="set null"))
    """Whoever sent it."""

    source: Mapped[str]
    file: Mapped[str]
    """What they call it."""

    blob: Mapped[str | None] = mapped_column(unique=True)
    """Under which name it is stored, once it was sent."""

    state: Mapped[str] = mapped_column(server_default="waiting")
    size: Mapped[int | None] = mapped_column(BigInteger)
    problem: Mapped[str | None]
    """Why it cannot be read, in a sentence."""

    job_id: Mapped[int | None] = mapped_column(BigInteger)
    """The work on it, which is forgotten sooner than the file."""

    trial_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id", ondelete="set null"))
    """What importing it would do, as it was last looked at."""

    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id", ondelete="set null"))
    added_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class Source(NamedTuple):
    """Who brought the listings of a source."""

    used: bool
    """Whether there are any."""

    person_id: int | None
    """Whoever imported them first by sending a file; None where nobody did, or they have left."""


_SOURCE: Final = text("""
select exists (select from properties where source = :source) as used, (
  select person_id from import_files where source = :source and import_id is not null order by id limit 1)""")
_NEWER: Final = text("""
select exists (select from imports where source = :source and not trial and id > :than)""")
_SETTLE: Final = text("""
update import_files f set state = 'checked'
where f.source = :source and f.state = 'importing'
  and not exists (select from jobs j where j.id = f.job_id and j.state in ('queued', 'running'))""")


async def add(db: AsyncSession, person_id: int, source: str, file: str) -> ImportFileRow:
    """A file that is waited for."""
    row = ImportFileRow(person_id=person_id, source=source, file=file)
    db.add(row)
    await db.flush()
    await db.refresh(row)
    return row


async def get(db: AsyncSession, id_: int, *, hold: bool = False) -> ImportFileRow | None:
    """That file; with `hold` nobody else changes it until the transaction ends."""
    wanted = select(ImportFileRow).where(ImportFileRow.id == id_).execution_options(populate_existing=True)
    return await db.scalar(wanted.with_for_update() if hold else wanted)


async def some(
    db: AsyncSession, person_id: int | None, *, before: int | None, limit: int
) -> Sequence[ImportFileRow]:
    """The files of one person, or of all; the newest first."""
    wanted = select(ImportFileRow).order_by(ImportFileRow.id.desc()).limit(limit)
    if person_id is not None:
        wanted = wanted.where(ImportFileRow.person_id == person_id)
    if before is not None:
        wanted = wanted.where(ImportFileRow.id < before)
    return (await db.scalars(wanted)).all()


async def unfinished(db: AsyncSession, person_id: int) -> int:
    """How many files of a person were not imported yet."""
    wanted = select(func.count()).where(ImportFileRow.person_id == person_id, ImportFileRow.state != "done")
    return await db.scalar(wanted) or 0


async def change(db: AsyncSession, id_: int, **values: Any) -> None:
    """Write down what became of a file."""
    await db.execute(update(ImportFileRow).where(ImportFileRow.id == id_).values(**values))


async def arrived(db: AsyncSession, id_: int, blob: str, size: int) -> bool:
    """Write down that a file was sent, in place of one sent before; whether one was still waited for."""
    sent = update(ImportFileRow).where(ImportFileRow.id == id_, ImportFileRow.state.in_(("waiting", "sent")))
    done = await db.scalar(sent.values(state="sent", blob=blob, size=size).returning(ImportFileRow.id))
    return done is not None


async def settle(db: AsyncSession, source: str) -> None:
    """Give up imports of a source whose work was cancelled or failed for good: nothing came of them."""
    await db.execute(_SETTLE, {"source": source})


async def remove(db: AsyncSession, id_: int) -> None:
    """Forget a file."""
    await db.execute(delete(ImportFileRow).where(ImportFileRow.id == id_))


async def forget(db: AsyncSession, before: datetime) -> None:
    """Forget files that were begun before a time and came to nothing."""
    ended = ("waiting", "sent", "checked", "refused")
    old = delete(ImportFileRow).where(ImportFileRow.added_at < before, ImportFileRow.state.in_(ended))
    await db.execute(old)


async def source(db: AsyncSession, name: str) -> Source:
    """Who brought the listings of that source."""
    return Source(*(await db.execute(_SOURCE, {"source": name})).one())


async def changed_since(db: AsyncSession, name: str, trial_id: int) -> bool:
    """Whether anything of that source was imported since a trial."""
    return bool(await db.scalar(_NEWER, {"source": name, "than": trial_id}))
