"""Stopping a server in good order: at the first signal it drains, at the second it ends at once."""

from __future__ import annotations

import logging
import os
import signal
import time
from typing import TYPE_CHECKING, Any

import uvicorn
from uvicorn.supervisors import multiprocess

from servers.app import Application

if TYPE_CHECKING:
    from collections.abc import Callable
    from socket import socket
    from types import FrameType

log = logging.getLogger(__name__)

SAME_SECONDS = 2.0
"""A signal that comes again so soon is the same one, sent to a group of processes and passed on within it."""


class Draining(uvicorn.Server):
    """A server that tells its application when it is asked to stop."""

    _asked: tuple[int, float] | None = None

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        log.info("Stopping")
        served: Any = vars(self.config)["loaded_app"]
        if isinstance(served, Application):
            served.leave()
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        now = time.monotonic()
        if self._asked is None:
            self._asked = sig, now
        elif self._asked[0] == sig and now > self._asked[1] + self._patience():
            # Transactions are rolled back, and jobs taken up by others: as after any other death.
            signal.signal(sig, signal.SIG_DFL)
            os.kill(os.getpid(), sig)
        super().handle_exit(sig, frame)

    def _patience(self) -> float:
        return SAME_SECONDS if self.config.workers > 1 else 0.0


class Announcing(Draining):
    """A server that tells when it answers."""

    def __init__(self, config: uvicorn.Config, told: Callable[[], None]) -> None:
        super().__init__(config)
        self._told = told

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and not self.should_exit:
            self._told()


class _Process(multiprocess.Process):
    """A process of a supervisor, with our server."""

    @property
    def server(self) -> uvicorn.Server:
        if self._server is None:
            self._server = Draining(config=self.config)
        return self._server


class Supervisor(multiprocess.Multiprocess):
    """Runs several server processes, and has them end at once when it is asked to stop a second time."""

    def __init__(self, config: uvicorn.Config, sockets: list[socket]) -> None:
        super().__init__(config, sockets)
        # It makes its processes by this name, and has no other way to say of what kind.
        multiprocess.Process = _Process

    def join_all(self) -> None:
        """Wait for the processes to end, and end them where somebody does not want to wait."""
        ends = time.monotonic() + SAME_SECONDS
        self.signal_queue.clear()
        while any(process.process.is_alive() for process in self.processes):
            if time.monotonic() < ends:
                self.signal_queue.clear()
            elif self.signal_queue:
                for process in self.processes:
                    process.process.kill()
            time.sleep(0.05)
        super().join_all()
