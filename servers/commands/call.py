"""`ghar call`: any tool, its input fields as options."""

from typing import Any

import click

from servers.commands import fields
from servers.commands.console import settings
from servers.commands.within import with_runtime
from servers.identity import of_token
from servers.runtime import Runtime
from tools import catalog, keys
from tools.contract import AnyTool, Model
from tools.dispatch import Caller

_TOKEN = click.Option(["--token"], help="Who is calling; see `ghar token`.")
_KEY = click.Option(
    ["--key"], help="An idempotency key: with the same one, the same is done once and answered alike."
)


class Tools(click.Group):
    """Every tool of the command line as a command."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [tool.name for tool in catalog.whole().on("cli")]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        name = cmd_name.replace("-", "_")
        found = next((tool for tool in catalog.whole().on("cli") if tool.name == name), None)
        return None if found is None else fields.command(found, _call, _own(found))


@click.group("call", cls=Tools)
def call_command() -> None:
    """Call a tool. `ghar call TOOL --help` shows its fields."""


def _own(tool: AnyTool) -> list[click.Parameter]:
    return [_TOKEN] if tool.reads else [_TOKEN, _KEY]


def _call(tool: AnyTool, given: dict[str, Any]) -> None:
    ask = fields.asked(given)
    chosen = settings()

    async def work(runtime: Runtime) -> Model:
        key = None if given.get("key") is None else keys.checked(given["key"])
        viewer = await of_token(runtime, given["token"], "any")
        return await runtime.dispatcher.run(tool, ask, Caller("cli", viewer, key=key))

    fields.show(with_runtime(work, chosen), given)
