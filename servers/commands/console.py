"""What the commands share: running with a runtime, failing with a sentence, and showing progress."""

import asyncio
import json
import logging
import sys
from collections.abc import Awaitable, Callable, Coroutine, Generator
from contextlib import contextmanager
from typing import Any, TypeVar

import click
import uvloop
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from servers import logs
from servers.runtime import Runtime, running
from servers.settings import BadSettings, Settings, load
from storage.embedded import EmbeddedError
from tools.faults import DATABASE_ERRORS
from tools.refusals import Refused

T = TypeVar("T")
ERRORS = Console(stderr=True)

REFUSED = 1
USAGE = 2


class Failed(click.ClickException):
    """The command could not do its work; shown as a sentence, with the code in front where there is one."""

    exit_code = REFUSED

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.code = code

    def show(self, file: Any = None) -> None:
        text = f"{self.code}: {self.message}" if self.code else self.message
        click.echo(text, err=True)


class Misused(Failed):
    """The command was not given what it needs."""

    exit_code = USAGE


def settings(**given: Any) -> Settings:
    """The settings, with those that the command line gave; a bad one ends the command."""
    try:
        loaded = load(**{name: value for name, value in given.items() if value is not None})
    except BadSettings as error:
        raise Misused(str(error)) from None
    logs.configure(loaded)
    return loaded


def with_runtime(
    work: Callable[[Runtime], Awaitable[T]], chosen: Settings, *, migrates: bool | None = None
) -> T:
    """Do `work` with a runtime of its own. What can be foreseen to go wrong ends the command with a sentence."""
    logging.getLogger().setLevel(max(logging.WARNING, logging.root.level))

    async def within() -> T:
        with bars() as progress:
            async with running(chosen, progress, migrates=migrates) as runtime:
                return await work(runtime)

    return complete(within())


def complete(work: Coroutine[Any, Any, T]) -> T:
    """The outcome of `work`, run in a loop of its own."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        try:
            return runner.run(work)
        except Refused as refused:
            raise Failed(refused.message, code=refused.code) from None
        except EmbeddedError as error:
            raise Failed(str(error)) from None
        except DATABASE_ERRORS as error:
            raise Failed(f"The database could not be used: {_first_line(error)}") from None


@contextmanager
def bars() -> Generator[Callable[[str, float], None]]:
    """Progress bars on standard error, one a step, gone when done. Nothing is shown where nobody looks."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=ERRORS, transient=True, disable=not ERRORS.is_terminal) as shown:
        steps: dict[str, TaskID] = {}

        def progress(step: str, done: float) -> None:
            if step not in steps:
                steps[step] = shown.add_task(step, total=1.0)
            shown.update(steps[step], completed=done)

        yield progress


def print_json(value: Any) -> None:
    """Print JSON, indented for a person and compact for a program."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None, default=str))


def _first_line(error: BaseException) -> str:
    said = str(error).strip().splitlines()
    return said[0] if said else type(error).__name__
