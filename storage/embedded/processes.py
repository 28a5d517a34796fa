"""Running PostgreSQL's and Debian's programs, and reading which of them are alive."""

import asyncio
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from storage.embedded.account import Account
from storage.embedded.errors import EmbeddedError, Interrupted

TAIL = 2_000
INTERRUPTED = (-signal.SIGINT, -signal.SIGTERM)
POLL = 0.5


def run(
    command: Sequence[str | Path],
    *,
    cwd: Path = Path("/"),
    env: Mapping[str, str] | None = None,
    account: Account | None = None,
) -> str:
    """What the command printed. A failure is an `EmbeddedError` with the end of what it complained about."""
    switch = account if account and account.other else None
    try:
        done = subprocess.run(  # noqa: S603 - every command is a list made in this package, never a shell line
            command,
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            umask=0o022,
            user=switch.uid if switch else None,
            group=switch.gid if switch else None,
            extra_groups=[] if switch else None,
        )
    except OSError as error:
        raise EmbeddedError(f"{Path(command[0]).name} cannot be run: {error}.") from error
    if done.returncode in INTERRUPTED:
        raise Interrupted(f"Stopped while {Path(command[0]).name} was at work.")
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip())[-TAIL:]
        raise EmbeddedError(f"{Path(command[0]).name} failed ({done.returncode}): {said}")
    return done.stdout


def living_in(folder: Path) -> list[int]:
    """Postmaster and backends that work in `folder`, their data folder."""
    place = str(folder.resolve())
    entries = (entry for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return [int(entry.name) for entry in entries if _is_postgres_in(entry, place)]


def works_in(pid: int, folder: Path) -> bool:
    """Whether `pid` is a PostgreSQL process of `folder`, and not another that got the same id."""
    return _is_postgres_in(Path("/proc") / str(pid), str(folder.resolve()))


async def ended(pid: int) -> None:
    """Return once the process is gone."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    except OSError:
        # Old kernels and some sandboxes know no pidfd.
        await _polled(pid)
        return
    loop, gone = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(descriptor, gone.set)
    try:
        await gone.wait()
    finally:
        loop.remove_reader(descriptor)
        os.close(descriptor)


async def _polled(pid: int) -> None:
    # Nothing announces the end of another's child here.
    while (Path("/proc") / str(pid)).exists():  # noqa: ASYNC110
        await asyncio.sleep(POLL)


def _is_postgres_in(entry: Path, place: str) -> bool:
    # A shell that somebody left in the folder is not ours to wait for, still less to kill.
    try:
        return os.readlink(entry / "cwd") == place and (entry / "comm").read_text() == "postgres\n"
    except OSError:
        return False
