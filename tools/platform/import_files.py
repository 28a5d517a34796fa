"""Import files: staff send a list of listings, see what it would do, and have it imported once they agree."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import Field

from storage import blobs, import_files, imports, queue
from tools import addresses
from tools.consent import Foreseen
from tools.contract import Call, Model, Page, tool
from tools.jobs import later
from tools.offers import Id
from tools.platform.imports import Import
from tools.refusals import Conflict, Forbidden, NotFound, Refused, Unavailable

if TYPE_CHECKING:
    from storage.import_files import ImportFileRow
    from storage.queue import Standing

OPEN: Final = timedelta(hours=1)
"""How long an address takes a file."""

KEPT: Final = timedelta(days=1)
"""How long a file is kept that nobody has imported."""

FORGOTTEN: Final = timedelta(days=7)
MOST: Final = 10
PATH: Final = "/uploads/listings"
PURPOSE: Final = "listings"
_NAME_BYTES: Final = 16

State = Literal["waiting", "sent", "checking", "checked", "refused", "importing", "done"]
SourceName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{1,39}$")]
FileName = Annotated[
    str, Field(min_length=1, max_length=120, pattern=r"^[^\x00-\x1f\x7f/\\]*\S[^\x00-\x1f\x7f/\\]*$")
]


class NoSuchFile(NotFound):
    """You have sent no such file, or it was forgotten."""


class NotYourSource(Forbidden):
    """Somebody else brought the listings of this source. Choose another name, or ask an admin."""


class TooManyFiles(Refused):
    """Ten of your files wait already. Import some, or discard them."""


class NothingSent(Conflict):
    """The file has not arrived yet. Send it to the address first."""


class FileGone(Refused):
    """The file was removed, as each is after a day. Send it again."""


class BeingWorkedOn(Conflict):
    """This file is being worked on."""


class CheckFirst(Refused):
    """Nobody knows yet what this file would do, or more was imported since. Check it first."""


class NothingToImport(Refused):
    """This file would change nothing."""


class ImportUnderWay(Conflict):
    """Another file of this source is being imported. Wait until that is done."""


class NoStore(Unavailable):
    """This installation keeps no files."""


class BeginImport(Model):
    source: SourceName
    """Whose listings these are, such as `partner-homes`. A file changes what its source brought before."""

    file: FileName = "listings.csv"
    """What the file is called."""


class ImportUpload(Model):
    """Where to send a file of listings, and by when."""

    id: int
    """The file that it will be; `check_import` looks through it."""

    url: str
    """Send the CSV here by PUT, plain or gzipped, without any sign-in."""

    most_bytes: int
    expires_at: datetime

    def summary(self) -> str:
        return f"File {self.id}: send the CSV by PUT to {self.url}, then check it with check_import."


class WhichImport(Model):
    id: Id
    """The file, as `begin_import` gave it."""


class ImportFile(Model):
    """A file of listings on its way in."""

    id: int
    source: str
    file: str

    state: State
    """`sent`, then `checking` and `checked`, or `refused`; then `importing` and `done`."""

    problem: str | None
    """Why it cannot be read, in a sentence."""

    progress: int | None
    """Hundredths of the work that is being done; null where nothing is."""

    would: Import | None
    """What importing it would do, once it was checked: `import_report` with its id has the rows."""

    did: Import | None
    """What the import did."""

    added_at: datetime

    def summary(self) -> str:
        told = f"File {self.id}, {self.file} of {self.source}: {self.state}"
        told += "" if self.progress is None else f", {self.progress}%"
        counted = self.did or self.would
        if counted is not None:
            would = "" if self.did else "would be "
            told += (
                f"; {counted.added:,} {would}added, {counted.changed:,} changed, {counted.refused:,} refused"
            )
        return f"{told}: {self.problem}" if self.problem else f"{told}."


class ListImportFiles(Model):
    limit: Annotated[int, Field(ge=1, le=100)] = 20

    cursor: str | None = None
    """`next_cursor` of the page before."""


class Discarded(Model):
    id: int


@tool("staff", "write", scope="imports:write", http="POST /admin/imports/files", per_minute=30)
async def begin_import(call: Call, ask: BeginImport) -> ImportUpload:
    """An address that takes a CSV of listings by PUT within an hour, 64 MB at most. Then `check_import`."""
    if call.ports.blobs is None:
        raise NoStore
    await _may(call, ask.source)
    now = call.now()
    await import_files.forget(call.db, now - FORGOTTEN)
    if await import_files.unfinished(call.db, call.member.id) >= MOST:
        raise TooManyFiles
    row = await import_files.add(call.db, call.member.id, ask.source, ask.file)
    call.changed("import_file", row.id, after={"state": "waiting"})
    token = addresses.sign(call.ports, PURPOSE, {"id": row.id}, now + OPEN)
    return ImportUpload(
        id=row.id,
        url=f"{call.ports.url}{PATH}/{token}",
        most_bytes=import_files.MOST_BYTES,
        expires_at=now + OPEN,
    )


@tool("staff", "write", scope="imports:write", http="POST /admin/imports/files/{id}/check", idempotent=True)
async def check_import(call: Call, ask: WhichImport) -> ImportFile:
    """Have a file that was sent looked through: what importing it would add, change and refuse."""
    row, job = await _own(call, ask.id, hold=True)
    if row.blob is None:
        raise NothingSent
    if row.state == "done" or row.added_at < call.now() - KEPT:
        raise FileGone
    if row.state == "refused":
        raise FileGone(row.problem)
    if job is None:
        await _put(call, row, "checking", "check_listings_file")
    return await _shown(call, row)


async def _foretell(call: Call, ask: WhichImport) -> Foreseen:
    row, trial = await _checked(call, ask)
    added, changed, refused = (f"{each:,}" for each in (trial.added, trial.changed, trial.refused))
    return Foreseen(
        what=(
            f"{added} listings of “{row.source}” are added and {changed} changed, for everybody to find; "
            f"{refused} rows are refused.",
            f"“{row.source}” की {added} लिस्टिंग जुड़ेंगी और {changed} बदलेंगी, जिन्हें सब देख सकेंगे; "
            f"{refused} पंक्तियाँ नहीं ली जाएँगी।",
        ),
        whom=(row.file, row.file),
        state={"trial": trial.id},
    )


@tool(
    "staff",
    "write",
    scope="imports:write",
    http="POST /admin/imports/files/{id}/import",
    consent="page",
    foretell=_foretell,
    refuses={import_files.AT_ONCE: ImportUnderWay},
)
async def import_listings(call: Call, ask: WhichImport) -> ImportFile:
    """Import a file of listings that was checked, all of it or nothing, once the person has confirmed it."""
    row, trial = await _checked(call, ask, hold=True)
    assert row.blob is not None
    await blobs.doom(call.db, [row.blob], call.now() + 2 * KEPT)
    await _put(call, row, "importing", "load_listings_file")
    call.rests_on("import", trial.id)
    return await _shown(call, row)


@tool("staff", "destroy", scope="imports:write", http="DELETE /admin/imports/files/{id}")
async def discard_import(call: Call, ask: WhichImport) -> Discarded:
    """Remove a file of listings that was sent and not imported."""
    row, job = await _own(call, ask.id, hold=True)
    if row.state == "done":
        raise FileGone
    if job is not None:
        raise BeingWorkedOn
    if row.blob is not None:
        await blobs.doom(call.db, [row.blob], call.now())
    await import_files.remove(call.db, row.id)
    call.changed("import_file", row.id, before={"state": row.state}, whose=row.person_id)
    return Discarded(id=row.id)


@tool("staff", "read", scope="platform:read", http="GET /admin/imports/files/{id}", fresh=True)
async def import_file(call: Call, ask: WhichImport) -> ImportFile:
    """How a file of listings stands: how far it is, what it would do, and what came of it."""
    row, _ = await _own(call, ask.id)
    return await _shown(call, row)


@tool("staff", "read", scope="platform:read", http="GET /admin/imports/files", fresh=True)
async def list_import_files(call: Call, ask: ListImportFiles) -> Page[ImportFile]:
    """The files of listings that one has sent, newest first; for admins those of everybody."""
    before = call.ports.cursors.read("list_import_files", ask.cursor)["before"] if ask.cursor else None
    whose = None if call.member.role == "admin" else call.member.id
    rows = await import_files.some(call.db, whose, before=before, limit=ask.limit + 1)
    items = [await _shown(call, each) for each in rows[: ask.limit]]
    more = len(rows) > ask.limit
    after = call.ports.cursors.write("list_import_files", {"before": items[-1].id}) if more else None
    return Page[ImportFile](items=items, next_cursor=after, has_more=more)


def blob_name() -> str:
    """A name for a file in the store that nobody guesses."""
    return f"listings/{secrets.token_urlsafe(_NAME_BYTES)}"


async def _may(call: Call, source: str) -> None:
    """Refuse a source of ours, and one of somebody else but for admins: a file changes what it brought."""
    if source in import_files.RESERVED:
        raise NotYourSource(f"“{source}” is a source of ours. Choose another name.")
    known = await import_files.source(call.db, source)
    if known.used and known.person_id != call.member.id and call.member.role != "admin":
        raise NotYourSource


async def _own(call: Call, id_: int, *, hold: bool = False) -> tuple[ImportFileRow, Standing | None]:
    """A file that the caller has sent, or any for an admin, and the work that is being done on it."""
    row = await import_files.get(call.db, id_, hold=hold)
    if row is None or (row.person_id != call.member.id and call.member.role != "admin"):
        raise NoSuchFile
    return row, await _work(call, row)


async def _checked(
    call: Call, ask: WhichImport, *, hold: bool = False
) -> tuple[ImportFileRow, imports.Report]:
    """A file that was checked, and what importing it would do now."""
    row, job = await _own(call, ask.id, hold=hold)
    if row.state == "done" or row.added_at < call.now() - KEPT:
        raise FileGone
    if job is not None:
        raise BeingWorkedOn
    await _may(call, row.source)
    trial = None if row.trial_id is None else await imports.get(call.db, row.trial_id)
    if trial is None or await import_files.changed_since(call.db, row.source, trial.id):
        raise CheckFirst
    if trial.added + trial.changed == 0:
        raise NothingToImport
    return row, trial


async def _put(call: Call, row: ImportFileRow, state: State, job: str) -> None:
    """Have work done on a file, by somebody who is told how it went."""
    await import_files.settle(call.db, row.source)
    id_ = await later(call, job, {"id": row.id}, key=str(row.id), owner=call.member.id)
    was, row.state, row.job_id = row.state, state, id_
    await import_files.change(call.db, row.id, state=state, job_id=id_)
    call.changed("import_file", row.id, before={"state": was}, after={"state": state}, whose=row.person_id)


async def _work(call: Call, row: ImportFileRow) -> Standing | None:
    """The work on a file, while there is any."""
    if row.job_id is None or row.state not in ("checking", "importing"):
        return None
    job = await queue.get(call.db, row.job_id)
    return job if job is not None and job.state in ("queued", "running") else None


async def _counted(call: Call, import_id: int | None) -> Import | None:
    found = None if import_id is None else await imports.get(call.db, import_id)
    return (
        None if found is None else Import.model_validate({n: getattr(found, n) for n in Import.model_fields})
    )


async def _shown(call: Call, row: ImportFileRow) -> ImportFile:
    job, state = await _work(call, row), row.state
    if job is None:
        # Work that was cancelled, or failed for good, came to nothing.
        state = {"checking": "sent", "importing": "checked"}.get(state, state)
    return ImportFile.model_validate(
        {
            "id": row.id,
            "source": row.source,
            "file": row.file,
            "state": state,
            "problem": row.problem,
            "progress": None if job is None else min(job.done, 100),
            "would": await _counted(call, row.trial_id),
            "did": await _counted(call, row.import_id),
            "added_at": row.added_at,
        }
    )
