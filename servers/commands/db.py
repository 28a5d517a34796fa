"""`ghar db`: the database itself."""

import asyncio
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import click

from servers.commands.console import Failed, print_json, settings
from servers.commands.within import with_runtime
from servers.jobs import operator
from servers.runtime import Runtime
from storage import migrate


@click.group("db")
def db_command() -> None:
    """Look at the database, migrate it, or start anew."""


@db_command.command("info")
def info() -> None:
    """Print where the database is, what it holds, and whether migrations are missing."""

    async def work(runtime: Runtime) -> dict[str, Any]:
        pending = await migrate.pending(runtime.direct_url)
        known = {
            "url": _without_password(runtime.database.options.url),
            "home": str(runtime.server.home) if runtime.server.home else None,
            "pending_migrations": pending,
        }
        if pending:
            return known
        tool = runtime.catalog["database_status"]
        status = await runtime.dispatcher.run(tool, {}, operator(tool))
        return known | status.model_dump(mode="json")

    print_json(with_runtime(work, settings(), migrates=False))


@db_command.command("migrate")
def migrate_command() -> None:
    """Apply the migrations that are missing."""

    async def work(runtime: Runtime) -> list[str]:
        return await migrate.upgrade(runtime.direct_url)

    applied = with_runtime(work, settings(), migrates=False)
    click.echo(f"Applied {', '.join(applied)}." if applied else "Nothing to apply.", err=True)


@db_command.command("reset")
@click.option("--yes", is_flag=True, help="Do not ask.")
def reset(yes: bool) -> None:
    """Delete everything in the database and start with empty tables."""
    chosen = settings()
    if chosen.production:
        raise Failed("The database of a production system is not reset by this command.")

    where = str(chosen.home)
    if chosen.database_url is not None:
        where = _without_password(chosen.database_url.get_secret_value())
    if not yes:
        click.confirm(f"Delete everything in {where}?", abort=True, err=True)

    async def emptied(runtime: Runtime) -> None:
        await _empty(runtime.direct_url)
        await migrate.upgrade(runtime.direct_url)

    with_runtime(emptied, chosen, migrates=False)
    click.echo("The database is empty.", err=True)


async def _empty(url: str) -> None:
    """Drop every schema of ours, and end whoever holds a lock on it."""
    connection = await asyncpg.connect(url)
    try:
        async with asyncio.timeout(60):
            await connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity "
                "where datname = current_database() and pid <> pg_backend_pid()"
            )
            await connection.execute("drop schema public cascade; create schema public")
    finally:
        await connection.close()


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    user = f"{parts.username}@" if parts.username else ""
    return urlunsplit(parts._replace(netloc=user + host))
