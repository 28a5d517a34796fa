"""Runs commands one after the other in one process, since starting one costs more than its work."""

import json
import os
import sys

import click
from click.testing import CliRunner

from servers.cli import main


def run() -> None:
    """Read lists of arguments, one JSON a line; write exit code, output and complaints of each."""
    runner = CliRunner()
    for line in sys.stdin:
        arguments, given = json.loads(line)
        done = runner.invoke(main, arguments, input=os.fsencode(given), prog_name="ghar")
        crashed = done.exception is not None and not isinstance(done.exception, SystemExit)
        said = repr(done.exception) if crashed else done.stderr
        click.echo(json.dumps([done.exit_code, done.stdout, said]))


if __name__ == "__main__":
    run()
