"""Connections to a mail server: each carries a burst of messages, and is closed when nothing follows."""

from __future__ import annotations

import asyncio
import importlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import EmailMessage

IDLE_SECONDS: Final = 5.0
"""How long a connection waits for the next message: servers do so for minutes, but not for everybody."""

MOST_IDLE: Final = 4
MOST_MESSAGES: Final = 100
"""Over one connection: many servers take no more."""

FIT_SECONDS: Final = 2.0
"""How long a connection that was idle may take to say that it still stands, and to say goodbye."""


@dataclass(slots=True, eq=False)
class _Line:
    client: Any
    sent: int = 0
    until: asyncio.TimerHandle | None = None


class Lines:
    """Connections to one server. Each is used by one message at a time."""

    def __init__(self, server: Mapping[str, Any], *, idle: float = IDLE_SECONDS) -> None:
        """`server` is how aiosmtplib reaches it."""
        self._server = server
        self._idle_seconds = idle
        self._idle: list[_Line] = []
        self._leaving: set[asyncio.Task[None]] = set()

    async def send(self, message: EmailMessage, sender: str, to: str) -> None:
        """Hand one message over; whatever aiosmtplib raises tells that it was not taken, or may not be.

        No message is tried twice: a connection that has been idle is asked first whether it still stands.
        """
        smtp: Any = importlib.import_module("aiosmtplib")
        line = await self._taken(smtp)
        stands = False
        try:
            line.sent += 1
            await line.client.send_message(message, sender=sender, recipients=[to])
            stands = True
        except (smtp.SMTPRecipientsRefused, smtp.SMTPDataError):
            # The server said no to this message, and goes on to the next.
            stands = True
            raise
        finally:
            if stands:
                self._keep(line)
            else:
                line.client.close()

    async def close(self) -> None:
        """Close what is idle; what is in use is closed by its own end."""
        self._idle_seconds = 0
        while self._idle:
            self._leave(self._idle.pop())
        if self._leaving:
            await asyncio.wait(self._leaving)

    async def _taken(self, smtp: Any) -> _Line:
        while self._idle:
            line = self._idle.pop()
            if line.until is not None:
                line.until.cancel()
            if await _stands(smtp, line):
                return line
        line, stands = _Line(smtp.SMTP(**self._server)), False
        try:
            await line.client.connect()
            stands = True
        finally:
            if not stands:
                line.client.close()
        return line

    def _keep(self, line: _Line) -> None:
        if not self._idle_seconds or len(self._idle) >= MOST_IDLE or line.sent >= MOST_MESSAGES:
            self._leave(line)
            return
        line.until = asyncio.get_running_loop().call_later(self._idle_seconds, self._expired, line)
        self._idle.append(line)

    def _expired(self, line: _Line) -> None:
        self._idle.remove(line)
        self._leave(line)

    def _leave(self, line: _Line) -> None:
        if line.until is not None:
            line.until.cancel()
        task = asyncio.create_task(_goodbye(line), name="leaves the mail server")
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)


async def _stands(smtp: Any, line: _Line) -> bool:
    stands = False
    try:
        with suppress(smtp.SMTPException, OSError):
            await line.client.rset(timeout=FIT_SECONDS)
            stands = True
    finally:
        if not stands:
            line.client.close()
    return stands


async def _goodbye(line: _Line) -> None:
    smtp: Any = importlib.import_module("aiosmtplib")
    try:
        with suppress(smtp.SMTPException, OSError):
            await line.client.quit(timeout=FIT_SECONDS)
    finally:
        line.client.close()
