"""`ghar import`, `ghar demo` and `ghar vectors`: filling the database."""

import sys
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from servers import backfill
from servers.commands.console import bars, print_json, settings
from servers.commands.within import with_runtime
from servers.runtime import Progress, Runtime
from storage import status
from storage.cache import FACETS
from storage.imports import Report
from tools.discovery.demo.load import COUNT, SEED, load_demo
from tools.discovery.importing.run import import_listings
from tools.staff.demo import look_after_demo

ROWS_SHOWN = 8


@click.group("import")
def import_command() -> None:
    """Load properties from a file."""


@import_command.command("listings")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", help="Whose listings these are; by default the name of the file.")
def import_listings_command(file: Path, source: str | None) -> None:
    """Load a CSV of listings, plain or gzipped. Doing it again changes nothing but what has changed."""
    name = source or file.name.partition(".")[0]

    async def work(runtime: Runtime) -> Report:
        with bars() as progress:
            report = await import_listings(runtime.database, file, name, progress)
        await runtime.ports.cache.forget(FACETS)
        return report

    report = with_runtime(work, settings())
    if not sys.stdout.isatty():
        print_json(asdict(report))
        return
    _show(report)


def _show(report: Report) -> None:
    seconds = (report.ended_at - report.started_at).total_seconds()
    click.echo(
        f"{report.file}: {report.read:,} rows read in {seconds:.1f} s. {report.added:,} added, "
        f"{report.changed:,} changed, {report.unchanged:,} unchanged, {report.refused:,} refused."
    )
    if report.findings:
        table = Table("outcome", "reason", "rows", "which")
        for each in report.findings:
            which = ", ".join(str(row) for row in each.row_numbers[:ROWS_SHOWN])
            more = ", ..." if each.rows > ROWS_SHOWN else ""
            table.add_row(each.outcome, each.reason.replace("_", " "), f"{each.rows:,}", which + more)
        Console().print(table)
    click.echo("A running server now makes their vectors; without one: ghar vectors")


@click.command("vectors")
def vectors_command() -> None:
    """Compute the vectors that are missing, here and now. It can be stopped and repeated at any point."""

    async def work(runtime: Runtime) -> int:
        with bars() as progress:

            def report(made: int, remaining: int) -> None:
                said = f"Computing vectors, {remaining:,} to go"
                progress(said, made / max(made + remaining, 1))

            await backfill.want(runtime)
            return await backfill.fill(runtime, report)

    made = with_runtime(work, settings())
    click.echo(f"{made:,} vectors made; every property has one.", err=True)


@click.command("demo")
@click.option("--count", type=click.IntRange(1, 2_000_000), default=COUNT, show_default=True)
@click.option("--seed", type=int, default=SEED, show_default=True, help="Another one makes up others.")
def demo_command(count: int, seed: int) -> None:
    """Load made-up properties, labelled as such in every answer. Doing it again adds nothing."""

    async def work(runtime: Runtime) -> int:
        with bars() as progress:
            added = await load_demo(runtime.database, count, seed, progress)
        await look_after_demo(runtime.database)
        await runtime.ports.cache.forget(FACETS)
        return added

    added = with_runtime(work, settings())
    click.echo(f"{added:,} made-up properties added." if added else "They were all there.", err=True)


async def demo_if_empty(runtime: Runtime, count: int, progress: Progress) -> int:
    """Load `count` made-up properties unless there are any; how many properties there are then."""
    async with runtime.database.reading() as db:
        there = (await status.listed(db, runtime.ports.embedder.model)).live
    if there or not count:
        return there
    added = await load_demo(runtime.database, count, progress=progress)
    await look_after_demo(runtime.database)
    return added
