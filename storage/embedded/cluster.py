"""One data folder and its server: made, started, joined, recovered after a kill, and stopped."""

import os
import secrets
import shlex
import shutil
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from storage.embedded.account import Account
from storage.embedded.errors import EmbeddedError
from storage.embedded.machine import Binaries
from storage.embedded.processes import TAIL, living_in, run, works_in

SUPERUSER = "ghar"
SOCKET_PORT = 5432
LONGEST_SOCKET = 107
NOT_DURABLE = ("fsync", "synchronous_commit", "full_page_writes")
ORPHANS_GRACE = 5.0
START_TIMEOUT = 300
POLL = 0.01

FindBinaries = Callable[[int | None], Binaries]
"""Gives the programs for a major version, or for any when that is None."""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What the server is started with; who joins a running one takes it as it is."""

    port: int | None = None
    durable: bool = True
    shared_buffers: str = "128MB"
    max_connections: int = 100

    def parameters(self) -> dict[str, str | int]:
        """PostgreSQL's names and values."""
        relaxed = {} if self.durable else dict.fromkeys(NOT_DURABLE, "off")
        return relaxed | {
            "listen_addresses": "" if self.port is None else "127.0.0.1",
            "unix_socket_permissions": "0700",
            "max_connections": self.max_connections,
            "shared_buffers": self.shared_buffers,
            "maintenance_work_mem": "128MB",
            "work_mem": "8MB",
            "wal_level": "minimal",
            "max_wal_senders": 0,
            "max_wal_size": "2GB",
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

    def ensure(self, progress: Callable[[str, float], None]) -> Postmaster:
        """Join the running server, or start one, making the data folder if it does not exist."""
        server = self._settled()
        if server:
            return server
        self._clear_orphans(progress)
        binaries = self._find_binaries(self._major())
        if not (self.data / "PG_VERSION").exists():
            progress("Making the database folder", 0.9)
            self._initialise(binaries)
        progress("Starting PostgreSQL", 0.95)
        self._start(binaries)
        server = self.running()
        if server is None:
            raise EmbeddedError(f"PostgreSQL stopped right after its start. {self._log_tail()}")
        return server

    def stop(self) -> None:
        """Stop the server if it runs, waiting until all is written."""
        if self.running() is None:
            return
        binaries = self._find_binaries(self._major())
        self._control(binaries, "-m", "fast", "stop")

    def _settled(self) -> Postmaster | None:
        """The server once it is ready; one that is stopping is waited for until it is gone."""
        deadline = time.monotonic() + START_TIMEOUT
        while (server := self.running()) and not server.ready:
            if time.monotonic() > deadline:
                raise EmbeddedError(f"PostgreSQL (process {server.pid}) neither starts nor stops.")
            time.sleep(POLL)
        return server

    def _clear_orphans(self, progress: Callable[[str, float], None]) -> None:
        """Backends outlive a killed postmaster until their statement ends; a new one must not meet them."""
        deadline = time.monotonic() + ORPHANS_GRACE
        while orphans := living_in(self.data):
            progress("Waiting for the former PostgreSQL to end", 0.0)
            if time.monotonic() > deadline:
                for pid in orphans:
                    os.kill(pid, signal.SIGKILL)
            time.sleep(POLL)

    def _major(self) -> int | None:
        try:
            return int((self.data / "PG_VERSION").read_text())
        except FileNotFoundError:
            return None

    def _initialise(self, binaries: Binaries) -> None:
        partial = self.home / "data.partial"
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(mode=0o700)
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
        sockets = self._socket_folder()
        port = _free_port() if self.settings.port == 0 else self.settings.port or SOCKET_PORT
        parameters = self.settings.parameters() | {"unix_socket_directories": f'"{sockets}"', "port": port}
        options = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in parameters.items())
        try:
            self._control(binaries, "-l", self.data / "server.log", "-o", options, "start")
        except EmbeddedError as error:
            raise EmbeddedError(f"PostgreSQL does not start. {self._log_tail()}") from error

    def _control(self, binaries: Binaries, *arguments: str | Path) -> None:
        command = [binaries.bin / "pg_ctl", "-D", self.data, "-w", "-t", str(START_TIMEOUT), *arguments]
        run(command, env=binaries.environment(), account=self.account)

    def _socket_folder(self) -> Path:
        """A folder only the server's account may enter, short enough for a socket's path."""
        folder = self.home / "run"
        if len(os.fsencode(folder / f".s.PGSQL.{65535}")) > LONGEST_SOCKET:
            # The temporary folder is the one short place that every account can reach.
            folder = Path("/tmp") / f"ghar-{sha256(os.fsencode(self.home)).hexdigest()[:16]}"  # noqa: S108
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.lstat().st_uid == os.geteuid():
            self.account.own(folder)
        entry = folder.lstat()
        if entry.st_uid != self.account.uid or entry.st_mode & 0o077 or folder.is_symlink():
            raise EmbeddedError(f"{folder} belongs to somebody else or is open to others; remove it.")
        return folder

    def _log_tail(self) -> str:
        log = self.data / "server.log"
        return f"Its log ends with:\n{log.read_text(errors='replace')[-TAIL:]}" if log.exists() else ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
