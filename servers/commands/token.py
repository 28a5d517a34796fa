"""`ghar token`: a development identity."""

from datetime import timedelta
from typing import get_args

import click

from servers.commands.console import Misused, settings
from servers.keys import keys
from servers.tokens import IDS, development_tokens
from tools import catalog
from tools.contract import Audience

DOOR = ("mcp:read", "mcp:write")


@click.command("token")
@click.option("--as", "role", type=click.Choice(list(IDS)), required=True, help="The role to act as.")
@click.option("--id", "person", type=click.IntRange(1), help="The person's id; by default one per role.")
@click.option("--scope", "scopes", multiple=True, help="A permission; by default all that the role can have.")
@click.option("--hours", type=click.FloatRange(0.001, 24 * 365), default=24.0, show_default=True)
def token_command(role: Audience, person: int | None, scopes: tuple[str, ...], hours: float) -> None:
    """Print a signed token for development. Send it as `Authorization: Bearer TOKEN`."""
    chosen = settings()
    issuer = development_tokens(chosen, keys(chosen))
    if issuer is None:
        raise Misused("Development tokens are not given out in production.")
    given = scopes or every_scope(role)
    click.echo(issuer.issue(role, given, person=person or IDS[role], lifetime=timedelta(hours=hours)))


def every_scope(role: Audience) -> tuple[str, ...]:
    """The scopes of all tools that somebody in this role may call."""
    roles: tuple[Audience, ...] = get_args(Audience)
    reached = roles[: roles.index(role) + 1]
    reachable = [tool for tool in catalog.whole() if tool.audience in reached]
    return tuple(sorted({scope for tool in reachable for scope in tool.scopes} | set(DOOR)))
