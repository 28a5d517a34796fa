"""One data folder and its server: made, started, joined, recovered after a kill, and stopped."""

import os
import secrets
import shlex
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from storage.embedded.account import Account
from storage.embedded.errors import EmbeddedError, Interrupted
from storage.embedded.machine import Binaries
from storage.embedded.processes import TAIL, living_in, run, works_in

SUPERUSER = "ghar"
SOCKET_PORT = 5432
LONGEST_SOCKET = 107
NOT_DURABLE = ("fsync", "synchronous_commit", "full_page_writes")
ORPHANS_GRACE = 5.0
START_TIMEOUT = 300
POLL = 0.01

Progress = Callable[[str, float], None]
FindBinaries = Callable[[int | None], Binaries]
"""Gives the programs for a major version, or for any when that is None."""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What the server is started with; who joins a running one takes it as it is."""

    port: int | None = None
    """On loopback, beside the socket: None for no TCP at all, 0 for any free port."""

    durable: bool = True
    """False forgoes safety against power loss, for speed; for tests."""

    shared_buffers: str = "128MB"
    max_connections: int = 100

    def parameters(self) -> dict[str, str | int]:
        """PostgreSQL's names and values."""
        relaxed = {} if self.durable else dict.fromkeys(NOT_DURABLE, "off")
        return relaxed | {
            "unix_socket_permissions": "0700",
            "max_connections": self.max_connections,
            "shared_buffers": self.shared_buffers,
            "maintenance_work_mem": "128MB",
            "work_mem": "8MB",
            "wal_level": "minimal",
            "max_wal_senders": 0,
            "random_page_cost": "1.1",
            "jit": "off",
            "timezone": "UTC",
            # Refused statements are the caller's business; they would fill a log that nobody rotates.
            "log_min_messages": "log",
            "log_min_error_statement": "panic",
            "log_checkpoints": "off",
        }


@dataclass(frozen=True, slots=True)
class Postmaster:
    """A running server, as its `postmaster.pid` tells."""

    pid: int
    port: int
    sockets: Path
    listens: bool
    ready: bool


class Cluster:
    """The server of one data folder. Its blocking methods are called under the folder's lock."""

    def __init__(self, home: Path, binaries: FindBinaries, settings: ServerSettings) -> None:
        self.home = home
        self.data = home / "data"
        self.settings = settings
        self.account = Account.of_server(self.data)
        self._find_binaries = binaries
        self._port = settings.port

    def lock(self) -> Path:
        """The file held while the server is started, joined or stopped."""
        return self.home / "start.lock"

    def users(self) -> Path:
        """The file of which every user holds a share."""
        return self.home / "users.lock"

    def password(self) -> str:
        """The superuser's password over TCP; the socket needs none, since only its owner can reach it."""
        return (self.home / "password").read_text()

    def running(self) -> Postmaster | None:
        """The living server of this data folder, whoever started it."""
        try:
            lines = [line.strip() for line in (self.data / "postmaster.pid").read_text().splitlines()]
        except FileNotFoundError:
            return None
        if len(lines) < 6 or not works_in(int(lines[0]), self.data):
            return None
        state = lines[7] if len(lines) > 7 else ""
        return Postmaster(int(lines[0]), int(lines[3]), Path(lines[4]), bool(lines[5]), state == "ready")

    def ensure(self, progress: Progress) -> Postmaster:
        """Join the running server, or start one, making the data folder if it does not exist."""
        if server := self._settled(progress):
            return self._joined(server)
        self._clear_stale_files()
        binaries = self._find_binaries(self._major())
        if not (self.data / "PG_VERSION").exists():
            progress("Making the database folder", 0.9)
            self._initialise(binaries)
        progress("Starting PostgreSQL", 0.95)
        try:
            self._start(binaries)
        except Interrupted:
            raise
        except EmbeddedError as error:
            # A starter that was killed may have left one that was about to come up.
            if server := self._settled(progress):
                return self._joined(server)
            raise EmbeddedError(f"PostgreSQL does not start. {self._log_tail()}") from error
        if server := self.running():
            return self._joined(server)
        raise EmbeddedError(f"PostgreSQL stopped right after its start. {self._log_tail()}")

    def stop(self) -> None:
        """Stop the server if it runs, waiting until all is written."""
        if self.running() is None:
            return
        binaries = self._find_binaries(self._major())
        self._control(binaries, "-m", "fast", "stop")
        self._settled(lambda _step, _fraction: None)

    def _joined(self, server: Postmaster) -> Postmaster:
        # After a crash it comes back at the same address, for those who hold its URL.
        self._port = server.port if server.listens else None
        return server

    def _settled(self, progress: Progress) -> Postmaster | None:
        """The ready server, or None once nothing of a stopping or killed one is left.

        Backends outlive a killed postmaster until their statement ends, and a new one must not meet them.
        """
        begun = time.monotonic()
        while True:
            server = self.running()
            orphans = [] if server else living_in(self.data)
            if (server and server.ready) or not (server or orphans):
                return server
            progress("Waiting for PostgreSQL to start or end", 0.0)
            waited = time.monotonic() - begun
            if waited > START_TIMEOUT:
                raise EmbeddedError(f"PostgreSQL in {self.data} neither starts nor ends.")
            if waited > ORPHANS_GRACE:
                _kill(orphans)
            time.sleep(POLL)

    def _clear_stale_files(self) -> None:
        """Another process may have got the pid that a killed server left: PostgreSQL would not start."""
        for stale in (self.data / "postmaster.pid", *self._sockets().glob(".s.PGSQL.*")):
            stale.unlink(missing_ok=True)

    def _major(self) -> int | None:
        try:
            return int((self.data / "PG_VERSION").read_text())
        except FileNotFoundError:
            return None

    def _initialise(self, binaries: Binaries) -> None:
        for leftover in self.home.glob("data.partial-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        # A killed start may leave its initdb running: a new name each time keeps it out of this one.
        partial = Path(tempfile.mkdtemp(prefix="data.partial-", dir=self.home))
        self.account.own(partial)
        secret = self.home / "password"
        secret.unlink(missing_ok=True)
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_urlsafe(24))
        self.account.own(secret)
        command = [binaries.bin / "initdb", "-D", partial, "-U", SUPERUSER, "--pwfile", secret, "-E", "UTF8"]
        command += ["--locale=C.UTF-8", "--auth-local=trust", "--auth-host=scram-sha-256"]
        command += [] if self.settings.durable else ["--no-sync"]
        run(command, env=binaries.environment(), account=self.account)
        os.chown(secret, os.geteuid(), os.getegid())
        partial.rename(self.data)

    def _start(self, binaries: Binaries) -> None:
        self._guard_sockets()
        port = _free_port() if self._port == 0 else self._port or SOCKET_PORT
        parameters = self.settings.parameters() | {
            "listen_addresses": "" if self._port is None else "127.0.0.1",
            "unix_socket_directories": f'"{self._sockets()}"',
            "port": port,
        }
        options = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in parameters.items())
        self._control(binaries, "-l", self.data / "server.log", "-o", options, "start")

    def _control(self, binaries: Binaries, *arguments: str | Path) -> None:
        command = [binaries.bin / "pg_ctl", "-D", self.data, "-w", "-t", str(START_TIMEOUT), *arguments]
        run(command, env=binaries.environment(), account=self.account)

    def _sockets(self) -> Path:
        folder = self.home / "run"
        if len(os.fsencode(folder / f".s.PGSQL.{65535}")) <= LONGEST_SOCKET:
            return folder
        name = f"ghar-{sha256(os.fsencode(self.home)).hexdigest()[:16]}"
        return Path("/tmp") / name  # noqa: S108 - the one short place that every account can reach

    def _guard_sockets(self) -> None:
        """Only the server's account and root may enter the folder: whoever reaches the socket is let in."""
        folder = self._sockets()
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.lstat().st_uid == os.geteuid():
            self.account.own(folder)
        entry = folder.lstat()
        if entry.st_uid != self.account.uid or entry.st_mode & 0o077 or folder.is_symlink():
            raise EmbeddedError(f"{folder} belongs to somebody else or is open to others; remove it.")

    def _log_tail(self) -> str:
        log = self.data / "server.log"
        return f"Its log ends with:\n{log.read_text(errors='replace')[-TAIL:]}" if log.exists() else ""


def _kill(orphans: list[int]) -> None:
    for pid in orphans:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
