"""`ghar token`: a development sign-in."""

from datetime import timedelta

import click

from servers.commands.console import Misused, settings
from servers.commands.within import with_runtime
from servers.development import DevelopmentSignIns
from servers.runtime import Runtime
from tools.contract import Audience


@click.command("token")
@click.option("--as", "role", type=click.Choice(["member", "staff", "admin"]), help="The role to act as.")
@click.option("--id", "person", type=click.IntRange(1), help="The id of a person to act as, instead.")
@click.option("--scope", "scopes", multiple=True, help="A permission; by default all that the role can have.")
@click.option("--hours", type=click.FloatRange(0.001, 24), default=24.0, show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), help="Where the server listens, if told by --port.")
def token_command(
    role: Audience | None, person: int | None, scopes: tuple[str, ...], hours: float, port: int | None
) -> None:
    """Sign in for development and print the token. Send it as `Authorization: Bearer TOKEN`."""
    chosen = settings(port=port)
    if chosen.production:
        raise Misused("Development tokens are not given out in production.")
    if (role is None) == (person is None):
        raise Misused("Name either a role with --as or a person with --id.")

    async def work(runtime: Runtime) -> str:
        signing_in = DevelopmentSignIns(runtime.database, runtime.signer, runtime.catalog)
        whom = person if role is None else await signing_in.person(role)
        assert whom is not None
        return await signing_in.token(whom, scopes, timedelta(hours=hours))

    click.echo(with_runtime(work, chosen))
