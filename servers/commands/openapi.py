"""`ghar openapi` and `ghar settings`: what is generated from the code, printed."""

import click

from facade import beside, openapi
from servers import settings
from tools import catalog


@click.command("openapi")
def openapi_command() -> None:
    """Print the OpenAPI 3.1 document, the same that is served at /openapi.json."""
    click.echo(openapi.text(catalog.whole(), beside=beside.PATHS))


@click.command("settings")
def settings_command() -> None:
    """Print every setting with its default, as a Markdown table."""
    click.echo(settings.table(), nl=False)
