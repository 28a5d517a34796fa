"""Files of listings that staff sent: tried, and then imported, by the queue."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from storage import blobs, import_files, imports
from storage.cache import FACETS
from tools.contract import Call, Model
from tools.discovery.importing.run import Load, load_listings
from tools.discovery.importing.source import Limits, Source, UnreadableFile
from tools.jobs import job
from tools.notices import announce
from tools.offers import Id
from tools.refusals import NotFound, Unavailable

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from sqlalchemy.ext.asyncio import AsyncSession

    from storage.import_files import ImportFileRow
    from storage.imports import Report
    from tools.discovery.importing.run import Hear

LIMITS: Final = Limits(rows=200_000, characters=1_000_000_000)
"""What a file that is sent may hold."""


class FileGone(NotFound):
    """The file is not there any more. Send it again."""


class NoStore(Unavailable):
    """This installation keeps no files."""


class WhichFile(Model):
    id: Id


class Worked(Model):
    """What was done with a file."""

    state: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0

    def summary(self) -> str:
        if self.state == "refused":
            return "The file cannot be read as a list of listings."
        counts = f"{self.added:,} added, {self.changed:,} changed, {self.unchanged:,} unchanged"
        return f"{counts}, {self.refused:,} refused."


@job(minutes=60, at_once=1, steps=True, tells=True)
async def check_listings_file(call: Call, ask: WhichFile) -> Worked:
    """Read a file of listings as an import would, and keep what it would do. Nothing of it is loaded."""
    row = await _row(call, ask.id)
    if row.state != "checking":
        return Worked(state=row.state)
    try:
        async with _fetched(call, row) as file, call.apart() as db:
            async with db.begin_nested() as all_of_it:
                done, findings = await load_listings(db, file, _load(call, row, trial=True), _hear(call))
                await all_of_it.rollback()
            report = await imports.save(db, done, findings)
            await _ended(db, row, "checking", state="checked", trial_id=report.id, problem=None)
            await _tell(call, db, row, "import_checked", report)
    except UnreadableFile as no:
        return await _unreadable(call, row, no)
    return _worked("checked", report)


@job(minutes=60, at_once=1, steps=True, tells=True)
async def load_listings_file(call: Call, ask: WhichFile) -> Worked:
    """Import a file of listings, all of it or nothing, and remove it."""
    row = await _row(call, ask.id)
    if row.state != "importing":
        return Worked(state=row.state)
    async with _fetched(call, row) as file, call.apart() as db:
        done, findings = await load_listings(db, file, _load(call, row), _hear(call))
        report = await imports.save(db, done, findings)
        await _ended(db, row, "importing", state="done", import_id=report.id)
        await _remove(call, db, row)
        await _tell(call, db, row, "import_done", report)
    await call.ports.cache.forget(FACETS)
    return _worked("done", report)


async def _row(call: Call, id_: int) -> ImportFileRow:
    async with call.apart() as db:
        row = await import_files.get(db, id_)
    if row is None:
        raise FileGone
    return row


@asynccontextmanager
async def _fetched(call: Call, row: ImportFileRow) -> AsyncGenerator[Source]:
    """The file, on this machine for as long as the block lasts. No connection is held until it has come."""
    if call.ports.blobs is None:
        raise NoStore
    if row.blob is None:
        raise FileGone
    with tempfile.TemporaryDirectory(prefix="ghar-import-") as folder:
        path = Path(folder) / "listings"
        if not await call.ports.blobs.fetch(row.blob, path):
            raise FileGone
        with await asyncio.to_thread(Source, path, LIMITS) as file:
            yield file


async def _remove(call: Call, db: AsyncSession, row: ImportFileRow) -> None:
    if row.blob is not None:
        await blobs.doom(db, [row.blob], call.now())


def _load(call: Call, row: ImportFileRow, *, trial: bool = False) -> Load:
    return Load(row.source, row.file, call.now(), trial)


def _hear(call: Call) -> Hear:
    async def hear(said: str, fraction: float) -> None:
        await call.host.progress(100 * fraction, 100, said)

    return hear


async def _ended(db: AsyncSession, row: ImportFileRow, was: str, **values: Any) -> None:
    """Write down how it ended, unless somebody took the file away meanwhile."""
    held = await import_files.get(db, row.id, hold=True)
    if held is None or held.state != was:
        raise FileGone
    await import_files.change(db, row.id, **values)


async def _tell(call: Call, db: AsyncSession, row: ImportFileRow, type_: str, report: Report) -> None:
    if row.person_id is None:
        return
    counts = {name: getattr(report, name) for name in ("added", "changed", "refused")}
    await announce(db, call.now(), row.person_id, type_, report=report.id, file=row.file, **counts)


async def _unreadable(call: Call, row: ImportFileRow, no: UnreadableFile) -> Worked:
    async with call.apart() as db:
        await _ended(db, row, "checking", state="refused", problem=no.message)
        await _remove(call, db, row)
        if row.person_id is not None:
            told = {"upload": row.id, "file": row.file, "problem": no.message}
            await announce(db, call.now(), row.person_id, "import_refused", **told)
    return Worked(state="refused")


def _worked(state: str, report: Report) -> Worked:
    return Worked(
        state=state,
        added=report.added,
        changed=report.changed,
        unchanged=report.unchanged,
        refused=report.refused,
    )
