"""`ghar import`, `ghar demo` and `ghar vectors`: filling the database."""

from collections.abc import Callable

import click
from sqlalchemy import text

from servers import backfill
from servers.commands.console import bars, settings
from servers.commands.within import with_runtime
from servers.runtime import Runtime


async def demo_if_empty(runtime: Runtime, count: int, progress: Callable[[str, float], None]) -> int:
    """Load `count` made-up properties unless there are any; how many properties there are now."""
    async with runtime.database.reading() as db:
        return int((await db.execute(text("select count(*) from property_search"))).scalar_one())


@click.command("vectors")
def vectors_command() -> None:
    """Compute the vectors that are missing, here and now. It can be stopped and repeated at any point."""

    async def work(runtime: Runtime) -> int:
        with bars() as progress:

            def report(made: int, remaining: int) -> None:
                progress("Computing vectors", made / max(made + remaining, 1))

            return await backfill.fill(runtime, report)

    made = with_runtime(work, settings())
    click.echo(f"{made:,} vectors made; every property has one.", err=True)
