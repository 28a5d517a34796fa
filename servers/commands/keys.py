"""`ghar keys`: what signs access tokens."""

import click

from servers.commands.console import settings
from servers.commands.within import with_runtime
from servers.runtime import Runtime


@click.group("keys")
def keys_command() -> None:
    """Look at the keys that sign access tokens, or replace them."""


@keys_command.command("list")
def list_keys() -> None:
    """Print the name of every key that is accepted, the one that signs first."""

    async def work(runtime: Runtime) -> list[str]:
        return [each["kid"] for each in (await runtime.signer.jwks())["keys"]]

    click.echo("\n".join(with_runtime(work, settings())))


@keys_command.command("rotate")
@click.option("--leaked", is_flag=True, help="Refuse at once what the other keys have signed.")
def rotate(leaked: bool) -> None:
    """Let a new key take over now; it happens by itself every 30 days.

    What the other keys have signed is accepted until it expires. After --leaked it is refused within two
    minutes everywhere, and hosts get new tokens by themselves.
    """

    async def work(runtime: Runtime) -> str:
        return await runtime.signer.rotate(drop=leaked)

    click.echo(with_runtime(work, settings()))
