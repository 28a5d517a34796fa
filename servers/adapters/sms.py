"""Text messages, through any provider or gateway that takes them over HTTPS."""

import asyncio
import importlib
import logging
from typing import Any
from uuid import UUID

from servers.adapters.answers import retry_after
from servers.adapters.breaker import Breaker
from tools.ports import Undeliverable

log = logging.getLogger(__name__)

SECONDS = 10.0
OURS = (401, 403, 404, 405, 408, 425, 429)
"""What says nothing of the message, but of our settings or of the provider's load."""


class HttpSms:
    """Posts `{"to": "+91...", "text": "..."}` with a bearer token; any 2xx answer says that it was taken.

    The message's id goes in `Idempotency-Key`. A 4xx answer says that this message is never taken, except for
    those that speak of our settings, and 429.
    """

    def __init__(self, url: str, token: str | None) -> None:
        self._url = url
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._client: Any = None
        self.breaker = Breaker("A text message")

    async def send(self, to: str, text: str, *, id_: UUID | None = None) -> None:
        """Hand one message over."""
        self.breaker.check()
        answer = await self._post({"to": to, "text": text}, {"Idempotency-Key": str(id_)} if id_ else {})
        if answer.is_success:
            self.breaker.found()
            return
        said = f"the provider answered {answer.status_code}"
        if 400 <= answer.status_code < 500 and answer.status_code not in OURS:
            self.breaker.found()
            log.warning("A text message was not taken: %s", said)
            raise Undeliverable
        raise self.breaker.lost(said, retry_after=retry_after(answer.headers))

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()

    async def _post(self, body: dict[str, str], headers: dict[str, str]) -> Any:
        httpx: Any = importlib.import_module("httpx")
        if self._client is None:
            self._client = httpx.AsyncClient(timeout=SECONDS, headers=self._headers, trust_env=False)
        try:
            async with asyncio.timeout(SECONDS):
                return await self._client.post(self._url, json=body, headers=headers)
        except (httpx.HTTPError, TimeoutError) as error:
            raise self.breaker.lost(type(error).__name__) from None
