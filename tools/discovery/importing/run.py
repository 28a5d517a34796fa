"""The import: one file into the database, in one transaction, with a report of mendings and refusals."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias

from storage import imports, loading, places, search_index, search_places
from tools.discovery import vectors
from tools.discovery.importing.names import Names, known_places
from tools.discovery.importing.rows import RowRefused, read
from tools.discovery.importing.source import Source
from tools.discovery.locating import gazetteer_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
    from pathlib import Path

    from sqlalchemy.ext.asyncio import AsyncSession

    from storage.engine import Database
    from storage.loading import Staged
    from tools.discovery.importing.source import Limits

    Progress: TypeAlias = Callable[[str, float], None]
    Hear: TypeAlias = Callable[[str, float], Awaitable[None]]
    Findings: TypeAlias = Mapping[tuple[str, str], list[int]]

CHUNK: Final = 250
_READ: Final = 0.7
"""The share of the work that is done once the file has been read."""


@dataclass(slots=True)
class _Tally:
    """How many rows were read, and the row numbers by outcome and reason."""

    read: int = 0
    found: defaultdict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))

    def note(self, outcome: str, found: Mapping[str, list[int]]) -> None:
        for reason, rows in found.items():
            if rows:
                self.found[outcome, reason].extend(rows)

    def forget(self, rows: Collection[int]) -> None:
        """Drop what was found in these rows, which are refused after all."""
        gone = frozenset(rows)
        kept = {key: [row for row in found if row not in gone] for key, found in self.found.items()}
        self.found = defaultdict(list, {key: found for key, found in kept.items() if found})

    @property
    def refused(self) -> int:
        return sum(len(rows) for (outcome, _), rows in self.found.items() if outcome == "refused")


def silent(_said: str, _fraction: float) -> None:
    """No progress bar."""


@dataclass(frozen=True, slots=True)
class Load:
    """What is imported, and how."""

    source: str
    """Under whose name."""

    file: str
    """What the file is called."""

    started: datetime
    trial: bool = False
    """Whether to say what it would do, for somebody who takes it all back."""


async def import_listings(
    database: Database, path: Path, source: str, progress: Progress = silent, limits: Limits | None = None
) -> imports.Report:
    """Load a CSV of listings, plain or gzipped, under the name of its source; all of it or nothing.

    Rows are known by (source, source id): new ones are added, changed ones changed, others left alone. Bad
    rows are refused one by one and reported with their numbers. Refuses the file as a whole, by
    `UnreadableFile`, where it is no such CSV. `progress` gets a word and a fraction, on the event loop.
    """

    async def hear(said: str, fraction: float) -> None:
        progress(said, fraction)

    load = Load(source, path.name, datetime.now(UTC))
    with await asyncio.to_thread(Source, path, limits) as file:
        async with database.writing("background") as db:
            done, findings = await load_listings(db, file, load, hear)
            report = await imports.save(db, done, findings)
    progress("Listings imported", 1.0)
    return report


async def load_listings(
    db: AsyncSession, file: Source, load: Load, hear: Hear
) -> tuple[imports.Import, Findings]:
    """Load an open file within somebody's transaction; what to keep of it, and what was found in its rows."""
    tally = _Tally()
    await loading.begin(db, load.source)
    await places.sync(db, known_places())
    await _stage(db, file, tally, hear)
    await hear("Comparing listings", _READ)
    await _judge(db, load.source, tally)
    await hear("Writing listings", 0.8)
    merged = await loading.merge(db, load.source)
    if not load.trial:
        await hear("Indexing listings", 0.9)
        await search_index.refresh(db, merged.added + merged.changed)
        if merged.added or merged.changed:
            await vectors.follow(db)
    done = imports.Import(
        source=load.source,
        file=load.file,
        started_at=load.started,
        ended_at=datetime.now(UTC),
        read=tally.read,
        added=len(merged.added),
        changed=len(merged.changed),
        unchanged=merged.unchanged,
        refused=tally.refused,
        trial=load.trial,
    )
    return done, tally.found


async def _stage(db: AsyncSession, file: Source, tally: _Tally, hear: Hear) -> None:
    """Read the file in a thread, a piece at a time, and copy each piece to the database."""
    known = await search_places.read(db)
    names, rows = Names(gazetteer_of(known, decided=True)), file.rows()
    while staged := await asyncio.to_thread(_piece, rows, names, tally):
        await loading.copy(db, staged.rows)
        await hear("Reading listings", file.fraction * _READ)


@dataclass(frozen=True, slots=True)
class _Piece:
    rows: list[Staged]


def _piece(rows: Iterator[tuple[int, dict[str, str] | str]], names: Names, tally: _Tally) -> _Piece | None:
    """The next rows of the file that can be loaded; None at its end."""
    staged: list[Staged] = []
    taken = list(islice(rows, CHUNK))
    for number, values in taken:
        tally.read += 1
        try:
            if isinstance(values, str):
                raise RowRefused(values)
            reading = read(number, values, names)
        except RowRefused as refusal:
            tally.found["refused", refusal.reason].append(number)
            continue
        staged.append(reading.staged)
        for mending in reading.mended:
            tally.found["mended", mending].append(number)
        for flag in reading.staged.trace.flags:
            tally.found["flagged", flag].append(number)
    return _Piece(staged) if taken else None


async def _judge(db: AsyncSession, source: str, tally: _Tally) -> None:
    """What shows only between rows: repeated ids and contents, outliers, and places."""
    repeated = await loading.refuse_repeated_ids(db)
    tally.forget(repeated)
    tally.note("refused", {"repeated_source_id": repeated})
    tally.note("flagged", {"duplicate": await loading.flag_repeated_content(db)})
    await loading.add_places(db)
    await loading.analyze(db)
    tally.note("flagged", await loading.locate(db))
    tally.note("flagged", await loading.flag_outliers(db, source))
