"""Reports of unforeseen failures to Sentry: which exception, where in the code, in which request; no more."""

import asyncio
import importlib
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from servers.logs import request_id
from servers.settings import Settings

SECONDS_TO_SEND = 2.0
"""How long a stop waits for reports that are on their way."""

_TOLD = (
    "event_id",
    "timestamp",
    "platform",
    "level",
    "logger",
    "release",
    "environment",
    "tags",
    "exception",
)


@asynccontextmanager
async def reporting(settings: Settings) -> AsyncGenerator[None]:
    """While the block lasts, every exception that is logged as an error is also reported, where to is set."""
    if settings.sentry_dsn is None:
        yield
        return
    sentry: Any = await asyncio.to_thread(importlib.import_module, "sentry_sdk")
    client = sentry.Client(
        dsn=settings.sentry_dsn.get_secret_value(),
        environment=settings.environment,
        release=f"ghar@{version('ghar')}",
        # Nothing is gathered by itself: not what libraries see, nor what stood in variables.
        default_integrations=False,
        auto_enabling_integrations=False,
        include_local_variables=False,
        max_breadcrumbs=0,
        max_request_body_size="never",
        send_client_reports=False,
        # An empty one keeps it from those of the environment.
        http_proxy="",
        https_proxy="",
        auto_session_tracking=False,
        before_send=_stripped,
    )
    handler = _Reports(client)
    logging.root.addHandler(handler)
    try:
        yield
    finally:
        logging.root.removeHandler(handler)
        await asyncio.to_thread(client.close, timeout=SECONDS_TO_SEND)


class _Reports(logging.Handler):
    """Reports the exceptions of error lines, from wherever they are logged."""

    def __init__(self, client: Any) -> None:
        super().__init__(logging.ERROR)
        self._client = client
        self._utils: Any = importlib.import_module("sentry_sdk.utils")

    def emit(self, record: logging.LogRecord) -> None:
        # The server logs once more what has been logged at the door.
        if not record.exc_info or record.exc_info[0] is None or record.name.startswith("uvicorn"):
            return
        event, hint = self._utils.event_from_exception(record.exc_info, client_options=self._client.options)
        event |= {"level": record.levelname.lower(), "logger": record.name}
        event["tags"] = {"request_id": request_id.get() or "none"}
        self._client.capture_event(event, hint)


def _stripped(event: dict[str, Any], _hint: Any) -> dict[str, Any]:
    """The event without anything that could name a person: an exception's own words are among it."""
    told = {name: event[name] for name in _TOLD if name in event}
    for raised in told.get("exception", {}).get("values", ()):
        raised["value"] = "see the log"
        for frame in raised.get("stacktrace", {}).get("frames", ()):
            frame.pop("vars", None)
    return told
