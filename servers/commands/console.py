"""What the commands share: settings, failing with a sentence, showing progress. Light to import."""

import json
import logging
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from servers import logs
from servers.settings import BadSettings, Settings, load

log = logging.getLogger(__name__)

ERRORS = Console(stderr=True)


class Failed(click.ClickException):
    """The command could not do its work; shown as a sentence, with the code in front where there is one."""

    exit_code = 1

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.code = code

    def show(self, file: Any = None) -> None:
        text = f"{self.code}: {self.message}" if self.code else self.message
        click.echo(text, err=True)


class Misused(Failed):
    """The command was not given what it needs."""

    exit_code = 2


def settings(**given: Any) -> Settings:
    """The settings, with those that the command line gave; a bad one ends the command."""
    try:
        loaded = load(**{name: value for name, value in given.items() if value is not None})
    except BadSettings as error:
        raise Misused(str(error)) from None
    logs.configure(loaded)
    return loaded


@contextmanager
def bars(*, lines: bool = False) -> Generator[Callable[[str, float], None]]:
    """A progress bar on standard error, gone when done. Off a terminal: a line a step, or nothing."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=ERRORS, transient=True, disable=not ERRORS.is_terminal) as shown:
        task = shown.add_task("Starting", total=1.0)
        last = ""

        def progress(step: str, done: float) -> None:
            nonlocal last
            if lines and shown.disable and step != last:
                log.info(step)
            last = step
            shown.update(task, description=step, completed=done)

        yield progress


def print_json(value: Any) -> None:
    """Print JSON, indented for a person and compact for a program."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None, default=str))
