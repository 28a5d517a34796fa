"""`ghar stdio`: an MCP server for a host on this machine."""

from typing import Literal

import click

from servers import stdio
from servers.commands.console import settings
from servers.commands.within import with_runtime
from servers.identity import of_token
from servers.runtime import Runtime


@click.command("stdio")
@click.option("--server", type=click.Choice(["user", "admin"]), default="user", show_default=True)
@click.option("--token", help="Who is calling; see `ghar token`. The admin server is for staff.")
def stdio_command(server: Literal["user", "admin"], token: str | None) -> None:
    """Serve MCP over standard input and output, for hosts that start their servers themselves."""

    async def work(runtime: Runtime) -> None:
        viewer = await of_token(runtime, token, server)
        await stdio.run(runtime.dispatcher, server, viewer)

    with_runtime(work, settings())
