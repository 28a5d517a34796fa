"""Running PostgreSQL's and Debian's programs, and reading which of them are alive."""

import asyncio
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from storage.embedded.account import Account
from storage.embedded.errors import EmbeddedError

TAIL = 2_000


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
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip())[-TAIL:]
        raise EmbeddedError(f"{Path(command[0]).name} failed ({done.returncode}): {said}")
    return done.stdout


def living_in(folder: Path) -> list[int]:
    """Processes that work in `folder`, as postmaster and backends do in their data folder."""
    place = str(folder.resolve())
    entries = (entry for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return [int(entry.name) for entry in entries if _cwd(entry) == place]


def works_in(pid: int, folder: Path) -> bool:
    """Whether `pid` is alive and works in `folder`, so that a reused process id is not mistaken."""
    return _cwd(Path("/proc") / str(pid)) == str(folder.resolve())


async def ended(pid: int) -> None:
    """Return once the process is gone."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    loop, gone = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(descriptor, gone.set)
    try:
        await gone.wait()
    finally:
        loop.remove_reader(descriptor)
        os.close(descriptor)


def _cwd(entry: Path) -> str | None:
    try:
        return os.readlink(entry / "cwd")
    except OSError:
        return None
