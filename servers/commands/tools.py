"""`ghar tools`: what the catalog holds."""

import sys

import click
from rich.console import Console
from rich.table import Table

from servers.commands.console import print_json
from tools import catalog
from tools.contract import AnyTool


@click.command("tools")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, as is done wherever no terminal listens.")
def tools_command(as_json: bool) -> None:
    """List every tool: who may call it, what it does, and where it is offered."""
    found = sorted(catalog.whole(), key=lambda tool: (tool.domain, tool.name))
    if as_json or not sys.stdout.isatty():
        print_json([_described(tool) for tool in found])
        return
    table = Table("domain", "tool", "for", "effect", "where", "what")
    for tool in found:
        where = " ".join(sorted(tool.surfaces)) or "job"
        table.add_row(tool.domain, tool.name, tool.audience, tool.effect, where, tool.summary)
    Console().print(table)


def _described(tool: AnyTool) -> dict[str, object]:
    return {
        "name": tool.name,
        "domain": tool.domain,
        "summary": tool.summary,
        "audience": tool.audience,
        "effect": tool.effect,
        "scopes": list(tool.scopes),
        "surfaces": sorted(tool.surfaces),
    }
