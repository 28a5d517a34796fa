"""Warming: what is tried once the server answers, so that a fault is told before somebody runs into it."""

from __future__ import annotations

import asyncio
import logging
import socket
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from servers.runtime import plain
from tools.refusals import Unavailable

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from servers.runtime import Runtime
    from servers.settings import Settings

log = logging.getLogger(__name__)

AGAIN_SECONDS = 60.0
"""How long until an embedder that did not work is tried again."""

LOOK_UP_SECONDS = 10.0
PORTS = {"http": 80, "https": 443, "smtp": 587, "smtps": 465}


class Warming:
    """Tries the embedder until it works, and looks up the names of the hosts that will be needed."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self.embedder: Literal["untried", "ok", "failed"] = "untried"

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Do so in the background while the block lasts."""
        tasks = [
            asyncio.create_task(self._probe(), name="tries the embedder"),
            asyncio.create_task(look_up(self._runtime.settings), name="looks up names"),
        ]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _probe(self) -> None:
        await self._works()
        while self.embedder == "failed":
            await asyncio.sleep(AGAIN_SECONDS)
            await self._works()

    async def _works(self) -> None:
        embedder = self._runtime.ports.embedder
        try:
            (vector,) = await embedder.passages(["a home"])
        except Unavailable as error:
            said = str(error.__cause__ or error)
            if self.embedder != "failed":
                log.warning("the embedder %s does not work: %s", embedder.model, said)
            self.embedder = "failed"
        else:
            self.embedder = "ok" if len(vector) == embedder.dimensions else "failed"


def hosts(settings: Settings) -> dict[str, tuple[str, int]]:
    """The hosts outside that the settings name, by the setting."""
    named = {
        "GHAR_SMTP_URL": plain(settings.smtp_url),
        "GHAR_SMS_URL": settings.sms_url,
        "GHAR_SENTRY_DSN": plain(settings.sentry_dsn),
    }
    keyed = {
        "GHAR_GEMINI_API_KEY": (settings.gemini_api_key, "https://generativelanguage.googleapis.com"),
        "GHAR_GLM_API_KEY": (settings.glm_api_key, "https://api.z.ai"),
        "GHAR_FCM_SERVICE_ACCOUNT": (settings.fcm_service_account, "https://fcm.googleapis.com"),
    }
    named |= {name: address for name, (key, address) in keyed.items() if key is not None}
    found: dict[str, tuple[str, int]] = {}
    for name, address in named.items():
        parts = urlsplit(address or "")
        if parts.hostname:
            found[name] = parts.hostname, parts.port or PORTS[parts.scheme]
    return found


async def look_up(settings: Settings) -> None:
    """Look every host up, so that a resolver knows it and a name that does not exist is in the log."""
    every = hosts(settings)
    known = await asyncio.gather(*(_known(*where) for where in every.values()))
    for (name, (host, _)), found in zip(every.items(), known, strict=True):
        if not found:
            log.warning("%s: the host %s is not known", name, host)


async def _known(host: str, port: int) -> bool:
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(LOOK_UP_SECONDS):
            await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, TimeoutError):
        return False
    return True
