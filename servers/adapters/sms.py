"""Text messages, through any provider or gateway that takes them over HTTPS."""

import asyncio
import importlib
import logging
from typing import Any

from tools.ports import Undelivered

log = logging.getLogger(__name__)

SECONDS = 10.0


class HttpSms:
    """Posts `{"to": "+91...", "text": "..."}` with a bearer token; any 2xx answer says that it was taken."""

    def __init__(self, url: str, token: str | None) -> None:
        self._url = url
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._client: Any = None

    async def send(self, to: str, text: str) -> None:
        """Hand one message over."""
        httpx: Any = importlib.import_module("httpx")
        if self._client is None:
            self._client = httpx.AsyncClient(timeout=SECONDS, headers=self._headers)
        try:
            async with asyncio.timeout(SECONDS):
                answer = await self._client.post(self._url, json={"to": to, "text": text})
        except (httpx.HTTPError, TimeoutError) as error:
            log.warning("A text message could not be sent: %s", type(error).__name__)
            raise Undelivered from None
        if not answer.is_success:
            log.warning("A text message was not taken: the provider answered %d", answer.status_code)
            raise Undelivered

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()
