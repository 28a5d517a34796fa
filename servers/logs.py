"""Log lines: readable in development, JSON in production, each with the id of the request it belongs to."""

import asyncio
import json
import logging
import sys
import time
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from servers.privacy import one_line, scrubbed
from servers.settings import Settings

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
"""The id of the request being answered, or None outside of one."""


def configure(settings: Settings) -> None:
    """Send every log line of this process to standard error, in the form that the settings ask for."""
    handler = _StandardError()
    form = settings.log_format or ("json" if settings.production else "text")
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    # No form shows them, and finding them out is half of what a line costs.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging.basicConfig(level=settings.log_level.upper(), handlers=[handler], force=True)
    for noisy in ("httpx", "httpcore", "mcp", "fastmcp", "alembic", "apscheduler", "asyncio", "uvicorn"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, logging.root.level))
    # What it tells with a trace, such as a database that is away, the worker says in a line.
    logging.getLogger("pgqueuer").setLevel(logging.CRITICAL)


def fallen(said: str) -> Callable[[asyncio.Task[None]], None]:
    """For a task that works until it is cancelled: says in the log what a defect has ended, and how."""

    def ended(task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (defect := task.exception()) is not None:
            logging.getLogger(__name__).error("%s", said, exc_info=defect)

    return ended


class _StandardError(logging.Handler):
    """Writes to whatever standard error is at that moment."""

    def emit(self, record: logging.LogRecord) -> None:
        sys.stderr.write(f"{self.format(record)}\n")


def _about(record: logging.LogRecord) -> dict[str, Any]:
    """What was given as `extra={"about": {...}}`."""
    return getattr(record, "about", {})


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": scrubbed(record.getMessage()),
            **_about(record),
        }
        if (current := request_id.get()) is not None:
            line["request_id"] = current
        if record.exc_info:
            line["exception"] = scrubbed(self.formatException(record.exc_info))
        return json.dumps(line, default=str)


class TextLines(logging.Formatter):
    """A time, a level and a sentence."""

    def format(self, record: logging.LogRecord) -> str:
        at = time.strftime("%H:%M:%S", time.localtime(record.created))
        about = "".join(f" {key}={value}" for key, value in _about(record).items())
        current = request_id.get()
        tail = f" [{current}]" if current else ""
        said = one_line(f"{scrubbed(record.getMessage())}{about}")
        text = f"{at} {record.levelname.lower():7} {said}{tail}"
        if not record.exc_info:
            return text
        trace = scrubbed(self.formatException(record.exc_info)).splitlines()
        # What an exception quotes may hold line breaks: set in, it cannot pass for a line of its own.
        return "\n    ".join([text, *map(one_line, trace)])
