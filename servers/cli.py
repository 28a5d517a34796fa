"""The command line: what commands there are. Each is imported only when it is run."""

import importlib

import click

COMMANDS = {
    "run": ("servers.commands.serve", "Bring up everything with demo data, and serve it."),
    "serve": ("servers.commands.serve", "Serve MCP, REST and the chat."),
    "worker": ("servers.commands.worker", "Do the jobs of the queue, and serve nobody."),
    "stdio": ("servers.commands.stdio", "Serve MCP over standard input and output."),
    "call": ("servers.commands.call", "Call a tool."),
    "tools": ("servers.commands.tools", "List the tools."),
    "import": ("servers.commands.load", "Load properties from a file."),
    "demo": ("servers.commands.load", "Load made-up properties."),
    "vectors": ("servers.commands.load", "Compute the vectors that are missing, here and now."),
    "run-due": ("servers.commands.due", "Do what is due and what waits, once, for a clock outside."),
    "job": ("servers.commands.jobs", "Run a job, such as the erasure of accounts that are due."),
    "grant-role": ("servers.commands.jobs", "Make somebody a member, staff or an admin."),
    "db": ("servers.commands.db", "Look at the database, migrate it, or start anew."),
    "token": ("servers.commands.token", "Give out a development token."),
    "keys": ("servers.commands.keys", "Replace the keys that sign access tokens."),
    "openapi": ("servers.commands.openapi", "Print the OpenAPI document."),
    "settings": ("servers.commands.openapi", "Print every setting with its default."),
}


class Commands(click.Group):
    """A group that knows its commands by name and short help, and imports the one that is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        found: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_text) for name, (_, help_text) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ghar", prog_name="ghar")
def main() -> None:
    """360 Ghar: real estate as typed tools, served over MCP, REST, chat and this command line."""
