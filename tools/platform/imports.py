"""Imports, for staff: what was read, mended, flagged and refused."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from storage import imports
from tools.contract import Call, Model, Page, tool
from tools.refusals import NotFound


class ListImports(Model):
    limit: Annotated[int, Field(ge=1, le=100)] = 20

    cursor: str | None = None
    """`next_cursor` of the page before."""


class Import(Model):
    """One run of an import, counted in rows."""

    id: int

    source: str
    """The name that the imported properties carry as their source."""

    file: str
    started_at: datetime
    ended_at: datetime
    read: int
    added: int
    changed: int
    unchanged: int
    refused: int

    trial: bool = False
    """Whether nothing was written: it says what an import would do."""


class Finding(Model):
    outcome: Literal["mended", "flagged", "refused"]
    reason: str

    meaning: str
    """The reason in a sentence."""

    rows: int

    row_numbers: list[int]
    """The first thousand of them; 1 is the first row below the header."""


class ImportReport(Import):
    findings: list[Finding]
    """Refusals first, then flags, then mendings; the most frequent first."""

    def summary(self) -> str:
        counts = f"{self.added:,} added, {self.changed:,} changed, {self.unchanged:,} unchanged"
        told = ", ".join(f"{each.reason} {each.rows:,}" for each in self.findings)
        return (
            f"{'Trial' if self.trial else 'Import'} {self.id} of {self.file} read {self.read:,} rows: "
            f"{counts}, {self.refused:,} refused." + (f" Findings: {told}." if told else "")
        )


class AskImportReport(Model):
    id: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    """The import's id; 0 is the latest one."""


@tool("staff", "read", scope="platform:read", http="GET /admin/imports")
async def list_imports(call: Call, ask: ListImports) -> Page[Import]:
    """The imports of the past, newest first, with how many rows each read, added, changed and refused."""
    before = call.ports.cursors.read("list_imports", ask.cursor)["before"] if ask.cursor else None
    found = await imports.latest(call.db, before=before, limit=ask.limit + 1)
    has_more = len(found) > ask.limit
    items = [Import.model_validate(each) for each in found[: ask.limit]]
    after = call.ports.cursors.write("list_imports", {"before": items[-1].id}) if has_more else None
    return Page[Import](items=items, next_cursor=after, has_more=has_more)


@tool("staff", "read", scope="platform:read", http="GET /admin/imports/{id}")
async def import_report(call: Call, ask: AskImportReport) -> ImportReport:
    """What an import mended, flagged and refused, by reason with row numbers. Id 0 is the latest import."""
    wanted = ask.id or max((each.id for each in await imports.latest(call.db, limit=1)), default=0)
    report = await imports.get(call.db, wanted)
    if report is None:
        raise NotFound(f"There is no import {wanted}." if wanted else "Nothing has been imported yet.")
    kept = {name: getattr(report, name) for name in Import.model_fields}
    return ImportReport(**kept, findings=[_finding(each) for each in report.findings])


def _finding(found: imports.Finding) -> Finding:
    return Finding.model_validate(
        {**asdict(found), "meaning": imports.REASONS.get(found.reason, found.reason)}
    )
