"""`ghar job` and `ghar grant-role`: what whoever runs this system does without signing in."""

from contextlib import aclosing
from typing import Any

import click

from servers.commands import fields
from servers.commands.console import settings
from servers.commands.within import with_runtime
from servers.jobs import jobs, operator, rounds
from servers.runtime import Runtime
from storage.people import ROLES
from tools import catalog
from tools.contract import AnyTool

_ALL = click.Option(["--all", "every"], is_flag=True, help="Run it until nothing remains to be done.")


class Jobs(click.Group):
    """Every job as a command."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [tool.name for tool in jobs(catalog.whole())]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        name = cmd_name.replace("-", "_")
        found = next((tool for tool in jobs(catalog.whole()) if tool.name == name), None)
        return None if found is None else fields.command(found, _run, [_ALL])


@click.group("job", cls=Jobs)
def job_command() -> None:
    """Run a job once, here and now. `ghar job JOB --help` shows its fields."""


def _run(tool: AnyTool, given: dict[str, Any]) -> None:
    ask = fields.asked(given)

    async def work(runtime: Runtime) -> None:
        async with aclosing(rounds(runtime.dispatcher, tool.name, ask)) as answers:
            async for answer in answers:
                fields.show(answer, given)
                if not given["every"]:
                    return

    with_runtime(work, settings())


@click.command("grant-role")
@click.argument("contact")
@click.argument("role", type=click.Choice(ROLES))
def grant_role_command(contact: str, role: str) -> None:
    """Give the person with a phone or e-mail address a role, and add them if they are not known yet."""

    async def work(runtime: Runtime) -> Any:
        add, grant = runtime.catalog["add_person"], runtime.catalog["grant_role"]
        person: Any = await runtime.dispatcher.run(add, {"contact": contact}, operator(add))
        return await runtime.dispatcher.run(grant, {"id": person.id, "role": role}, operator(grant))

    click.echo(with_runtime(work, settings()).summary())
